"""Pages of outcomes: the document to be signed, and the unions' answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock, log
from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.outcomes import labels
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.commands.answering import (
    Signature,
    decline_outcome,
    sign_outcome,
    sign_outcome_with_note,
)
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.methods import DEFAULT, METHODS
from consultazione.outcomes.models import Answer, Party
from consultazione.outcomes.queries import answerable, get_outcome, latest_outcomes
from consultazione.outcomes.schemas import AnswerSchema
from consultazione.people.credentials.identity_proof import credentials_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, read, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.brakes import attempt_to_confirm
from consultazione.web.url_converters import asked_id

_A_PAGE = 20
_COMMANDS: dict[Answer, Callable[[Transaction, Signature, str], Party]] = {
    Answer.SIGNED: lambda tx, signature, _note: sign_outcome(tx, signature=signature),
    Answer.SIGNED_WITH_NOTE: lambda tx, signature, note: sign_outcome_with_note(
        tx, signature=signature, note=note
    ),
    Answer.DECLINED: lambda tx, signature, note: decline_outcome(
        tx, signature=signature, reason=note
    ),
}


@pages.get(f"{IN_CYCLE}/esiti")
def index() -> str:
    """The cycle's outcomes, latest first."""
    before = asked_id("prima")
    rows = latest_outcomes(snapshot(), current_cycle().id, before=before, limit=_A_PAGE + 1)
    shown, last = paged(rows, _A_PAGE)
    more = url_for("outcomes.index", prima=last.id) if last else None
    return render_template("outcomes/index.html", outcomes=shown, next_url=more, labels=labels)


@pages.get("/esiti/<int:outcome_id>")
def show(outcome_id: int) -> ResponseReturnValue:
    """An outcome with its parties' answers, and the form for a delegate who may answer."""
    return _page(outcome_id, Form(AnswerSchema()))


@pages.post("/esiti/<int:outcome_id>/risposta", endpoint="answer")
@limiter.limit(WRITING)
@auth.sign_in_required
def answer_form(outcome_id: int) -> ResponseReturnValue:
    """Answer an outcome for a union."""
    form = Form(AnswerSchema())
    if form.perform(partial(_answer, outcome_id=outcome_id), before=_proved):
        flash(_("The answer of your organisation is on the record."), "success")
        return redirect(url_for("outcomes.show", outcome_id=outcome_id))
    return _page(outcome_id, form)


def _proved(*, digest: str, password: str, **rest: Any) -> Mapping[str, object]:
    """The fields of an answer, with the proof of who gives it in place of the password."""
    person_id = acting_person(actor())
    credentials = read(partial(credentials_of, person_id=person_id))
    with attempt_to_confirm(person_id) as attempt:
        proof = METHODS[DEFAULT].prove(
            credentials,
            digest=digest,
            given={"password": password},
            at_the_front=attempt.at_the_front,
        )
    return {**rest, "digest": digest, "proof": proof}


def _answer(tx: Transaction, *, outcome_id: int, answer: Answer, note: str, **over: Any) -> Party:
    """Run the command for the chosen answer; `over` is the rest of the signature."""
    signature = Signature(outcome_id=outcome_id, **over)
    return _COMMANDS[answer](tx, signature, note)


def _page(outcome_id: int, form: Form) -> ResponseReturnValue:
    session = renew_snapshot()
    outcome = get_outcome(session, outcome_id)
    person_id = actor().person_id
    owed = answerable(session, outcome, person_id, at=clock.now()) if person_id else []
    page = render_template(
        "outcomes/show.html",
        outcome=outcome,
        table=outcome.minutes.sitting.table,
        owed=owed,
        organisations=[(party.organisation_id, party.organisation.name) for party in owed],
        form=form,
        stream=outcome_stream(outcome.id),
        head=log.head(session, outcome_stream(outcome.id)),
        answered=sum(party.answer is not None for party in outcome.parties),
        words=HEADINGS,
        labels=labels,
    )
    return page, form.status, form.headers
