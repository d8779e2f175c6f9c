"""Brings a past sitting to its end: minutes, the unions' answers, and what the plan made of it.

By the commands that people and workers use, some days after one another. The jobs that the
entries call for find their work done.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from consultazione.core.actor import SYSTEM
from consultazione.documents.signatures import DEFAULT, METHODS
from consultazione.documents.signatures.base import Given
from consultazione.importing.approval import approve
from consultazione.importing.context import Context
from consultazione.importing.days import morning_of
from consultazione.importing.faults import Fault
from consultazione.importing.items import (
    ConclusionItem,
    ItemAnswerItem,
    MinutesItem,
    PlanAnswerItem,
    SignatureItem,
)
from consultazione.italian import italian
from consultazione.minutes.commands.approving import publish_minutes, seal_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import add_conclusion, write_note
from consultazione.minutes.models import Minutes
from consultazione.outcomes.commands.answering import (
    Otherwise,
    Signature,
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.commands.ending import end_sign_off
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.models import Answer, Outcome, OutcomeState
from consultazione.people.credentials.identity_proof import credentials_by_email
from consultazione.plan.answers import answer_contribution
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.models import Contribution
from consultazione.sittings.models import Sitting
from consultazione.zones.queries import chapters

# When the draft is complete, after the sitting; when unions answer (one a day) and the plan office
# does, after what they answer.
_COMPLETE, _SIGNED, _ANSWERED = (timedelta(days=days) for days in (4, 8, 21))
_DAY = timedelta(days=1)


def conclude(context: Context, sitting: Sitting, item: MinutesItem) -> None:
    """Publish the minutes of a closed sitting, and go on as far as the file tells."""
    context.tx.append()  # the minutes are written from the log
    outcome = _outcome(context, _published(context, sitting, item))
    if outcome is None:
        return
    with italian():  # the record of the consultation is an act
        for number, signature in enumerate(item["sign_off"]):
            _answer(context, outcome, signature, after=_SIGNED + number * _DAY)
        _end(context, outcome)
    if outcome.state is OutcomeState.CLOSED:
        _bring_to_plan(context, outcome, item)


def _published(context: Context, sitting: Sitting, item: MinutesItem) -> Minutes:
    tx, ended = context.tx, sitting.closed_at or context.tx.now
    with italian(), tx.acting_as(SYSTEM, at=ended + timedelta(minutes=1)):
        minutes = draft_minutes(tx, sitting_id=sitting.id)
    with context.acting_as(item["by"], "by", ended + _COMPLETE):
        _write(context, sitting, minutes, item)
    approved_at = approve(context, minutes, item, ended + _COMPLETE)
    with tx.acting_as(SYSTEM, at=approved_at):
        seal_minutes(tx, minutes_id=minutes.id, public_url=context.public_url)
    with context.acting_as(item["by"], "by", approved_at + _DAY):
        return publish_minutes(tx, minutes_id=minutes.id)


def _write(context: Context, sitting: Sitting, minutes: Minutes, item: MinutesItem) -> None:
    """Write the notes and the conclusions of the draft."""
    points = {point.rank: point.id for point in sitting.agenda}
    numbered = {c.number: c.id for c in chapters(context.tx.session, context.cycle.id)}
    of = {"minutes_id": minutes.id}
    for note in item["notes"]:
        point_id = context.lookup(points, note["point"], "notes")
        write_note(context.tx, **of, point_id=point_id, body=note["body"], version=0)
    for conclusion in item["conclusions"]:
        add_conclusion(
            context.tx,
            **of,
            point_id=context.lookup(points, conclusion["point"], "conclusions"),
            chapter_id=context.lookup(numbered, conclusion["chapter"], "conclusions"),
            proposal_id=_proposal_id(context, conclusion),
            body=conclusion["body"],
        )


def _proposal_id(context: Context, item: ConclusionItem) -> int | None:
    linked = item["proposal"]
    return context.lookup(context.proposals, linked, "conclusions").id if linked else None


def _outcome(context: Context, minutes: Minutes) -> Outcome | None:
    context.tx.session.refresh(minutes, ["conclusions"])
    with context.tx.acting_as(SYSTEM, at=minutes.published_at):
        return open_outcome(context.tx, minutes_id=minutes.id)


def _answer(context: Context, outcome: Outcome, item: SignatureItem, *, after: timedelta) -> None:
    """Answer for a union, with the password that the file has for the account."""
    with context.acting_as(item["who"], "sign_off", outcome.opened_at + after):
        signature = Signature(
            outcome_id=outcome.id,
            organisation_id=context.lookup(
                context.organisations, item["organisation"], "sign_off"
            ).id,
            digest=outcome.digest,
            proof=_proof(context, item["who"], outcome.digest),
        )
        given: dict[str, Any] = {
            "signature": signature,
            "otherwise": [_otherwise(context, outcome, one) for one in item["items"]],
        }
        if item["answer"] is Answer.SIGNED:
            sign_outcome(context.tx, **given)
        elif item["answer"] is Answer.SIGNED_WITH_NOTE:
            sign_outcome_with_note(context.tx, note=item["note"], **given)
        else:
            decline_outcome(context.tx, reason=item["note"], **given)


def _otherwise(context: Context, outcome: Outcome, item: ItemAnswerItem) -> Otherwise:
    numbered = {one.rank: one.id for one in outcome.items}
    item_id = context.lookup(numbered, item["conclusion"], "items")
    return Otherwise(item_id=item_id, answer=item["answer"], note=item["note"])


def _end(context: Context, outcome: Outcome) -> None:
    """Do what the deadline does, if it has passed and nothing ended the sign-off before."""
    due_on = outcome.due_on
    if due_on is not None and due_on < context.tx.today:
        with context.tx.acting_as(SYSTEM, at=morning_of(context.tx, due_on + _DAY)):
            end_sign_off(context.tx, outcome_id=outcome.id)


def _proof(context: Context, email: str, digest: str) -> Any:
    """That the file knows the password; dated as the story, since a proof lasts a minute."""
    proof = METHODS[DEFAULT].prove(
        credentials_by_email(context.tx.session, email),
        digest=digest,
        given=Given(password=context.password(email)),
        at_the_front=lambda: None,
    )
    return replace(proof, at=context.tx.now)


def _bring_to_plan(context: Context, outcome: Outcome, item: MinutesItem) -> None:
    """Forward a closed outcome, and answer what the file says how it was answered."""
    tx, closed = context.tx, outcome.closed_at or context.tx.now
    with tx.acting_as(SYSTEM, at=closed):
        contributions = forward_outcome(tx, outcome_id=outcome.id)
    for contribution, conclusion in zip(contributions, item["conclusions"], strict=True):
        if conclusion["plan"]:
            _answer_as_office(context, item, contribution, conclusion["plan"])


def _answer_as_office(
    context: Context, item: MinutesItem, contribution: Contribution, answer: PlanAnswerItem
) -> None:
    if item["plan_office"] is None:
        raise Fault(("minutes", "plan_office"), "say who of the plan office answered")
    at = contribution.forwarded_at + _ANSWERED
    with context.acting_as(item["plan_office"], "plan_office", at):
        answer_contribution(context.tx, contribution_id=contribution.id, **answer)
