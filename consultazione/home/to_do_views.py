"""The reader's to-do list on the home page, according to their roles and mandates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import shorten

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.core.permissions import Permission, may
from consultazione.minutes.models import Minutes
from consultazione.minutes.queries import (
    drafts_to_read,
    open_request_counts,
    to_write,
    unpublished,
)
from consultazione.minutes.signing.signers import unsigned_minutes
from consultazione.moderation.queries import queue_of
from consultazione.outcomes.answers import days_left, state_of
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.queries import awaited_of, open_at_tables
from consultazione.people.confirming import confirmable, proposed_mandates
from consultazione.people.queries import valid_mandates
from consultazione.plan.queries import plan_status
from consultazione.proposals.amendments.queries import awaiting_author
from consultazione.proposals.answers.queries import asked_of, ready_at
from consultazione.proposals.answers.rights import may_evaluate
from consultazione.proposals.answers.waiting import late_at
from consultazione.proposals.cosigners.queries import invitations
from consultazione.proposals.lineage.queries import superseded_for
from consultazione.proposals.models import ProposalState
from consultazione.proposals.queries import (
    changed_since_admitted,
    changed_since_supported,
    count_submitted,
)
from consultazione.sittings.places.queries import moved_up
from consultazione.sittings.queries import not_held
from consultazione.sittings.record.commitments import awaited_commitments
from consultazione.surveys.queries import left_open
from consultazione.tables.models import ThematicTable
from consultazione.web.current_zone import Cycle, Zone, current_place

_OF_LATE = timedelta(days=30)  # for so long somebody hears that their signature lacks
_SOON = timedelta(days=7)  # before its last day the chair hears of a sign-off


@dataclass(frozen=True)
class ToDo:
    """A task: its sentence, and the address of the page where it is done."""

    sentence: str
    url: str


def to_do(
    session: Session, cycle: Cycle, places: Sequence[ThematicTable], actor: Actor
) -> list[ToDo]:
    """The tasks of an actor at the tables `places`; none for a visitor."""
    if actor.person_id is None:
        return []
    return [
        *_outcomes(session, cycle.zone, actor.person_id),
        *_sign_offs(session, places, actor),
        *_mandates(session, cycle.zone, actor),
        *_commitments(session, cycle.zone, actor.person_id),
        *_invitations(session, cycle, actor.person_id),
        *_amendments(session, cycle, actor.person_id),
        *_evaluations(session, cycle, actor),
        *_supports(session, cycle, actor.person_id),
        *_superseded(session, cycle, actor.person_id),
        *_places(session, cycle, actor.person_id),
        *_proposals(session, places, actor),
        *_answers(session, cycle, places, actor),
        *_surveys(session, places, actor),
        *_moderation(session, places, actor),
        *_not_held(session, cycle, places, actor),
        *_minutes(session, places, actor),
        *_own_drafts(session, cycle, actor),
        *_signatures(session, cycle, actor.person_id),
        *_contributions(session, cycle, actor),
    ]


def _outcomes(session: Session, zone: Zone, person_id: int) -> Iterator[ToDo]:
    for outcome in awaited_of(session, zone.id, person_id, at=clock.now()):
        title = outcome.minutes.sitting.title
        waits = _("The outcome of “%(title)s” waits for the answer of your union.", title=title)
        url = url_for("outcomes.show", outcome_id=outcome.id)
        yield ToDo(f"{waits} {_until(outcome)}".strip(), url)


def _until(outcome: Outcome) -> str:
    """How long the unions can still answer an outcome; "" if no last day is set."""
    days = days_left(outcome)
    if days is None:
        return ""
    day = format_date(outcome.due_on, "long")
    if days < 0:
        return str(_("The deadline has passed: %(day)s.", day=day))
    if days == 0:
        return str(_("Today is the last day."))
    left = ngettext(
        "%(num)s day left, until %(day)s.", "%(num)s days left, until %(day)s.", days, day=day
    )
    return str(left)


def _sign_offs(session: Session, places: Sequence[ThematicTable], actor: Actor) -> Iterator[ToDo]:
    """For the chair: sign-offs that end soon or are past their last day, or have none."""
    soon = clock.today() + _SOON
    for outcome in open_at_tables(session, _where(places, actor, Permission.CLOSE_OUTCOME)):
        if outcome.due_on is None or outcome.due_on <= soon:
            title = outcome.minutes.sitting.title
            state, until = state_of(outcome), _until(outcome) or _("No last day is set.")
            yield ToDo(
                _("Outcome of “%(title)s”: %(state)s. %(until)s", title=title, state=state,
                  until=until),
                url_for("outcomes.show", outcome_id=outcome.id),
            )  # fmt: skip


def _mandates(session: Session, zone: Zone, actor: Actor) -> Iterator[ToDo]:
    """The proposed mandates that wait for this person to confirm them."""
    now = clock.now()
    waiting = proposed_mandates(session, zone.id, at=now)
    for mandate in confirmable(session, waiting, actor, at=now):
        yield ToDo(
            _(
                "The mandate of %(name)s for %(organisation)s waits for your confirmation.",
                name=mandate.person.shown_name,
                organisation=mandate.organisation.name,
            ),
            url_for("admin.proposed_mandates"),
        )


def _commitments(session: Session, zone: Zone, person_id: int) -> Iterator[ToDo]:
    today, years = clock.today(), {cycle.id: cycle.years for cycle in current_place().cycles}
    for commitment in awaited_commitments(session, zone.id, person_id, at=clock.now()):
        due = format_date(commitment.due_on, "long")
        what = shorten(commitment.body, 90, placeholder="…")
        yield ToDo(
            _("Overdue since %(day)s: %(what)s", day=due, what=what)
            if commitment.due_on < today
            else _("To be done by %(day)s: %(what)s", day=due, what=what),
            url_for(
                "sittings.commitments",
                zone=zone.slug,
                cycle=years[commitment.sitting.table.cycle_id],
                slug=commitment.sitting.table.slug,
            ),
        )


def _proposals(session: Session, places: Sequence[ThematicTable], actor: Actor) -> Iterator[ToDo]:
    own = _where(places, actor, Permission.DECIDE_ON_PROPOSALS)
    waiting = count_submitted(session, own)
    for table_id, number in waiting.items():
        yield ToDo(
            ngettext(
                "%(num)s proposal waits for admission: %(table)s.",
                "%(num)s proposals wait for admission: %(table)s.",
                number,
                table=own[table_id].name,
            ),
            url_for(
                "proposals.index",
                tavolo=own[table_id].slug,
                stato=ProposalState.SUBMITTED.value,
            ),
        )

    for proposal in changed_since_admitted(session, own.keys()):
        yield ToDo(
            _("Changed since it was admitted: “%(title)s”. Read it again.", title=proposal.title),
            url_for("proposals.show", proposal_id=proposal.id),
        )


def _answers(
    session: Session, cycle: Cycle, places: Sequence[ThematicTable], actor: Actor
) -> Iterator[ToDo]:
    """For who runs a table: answers that are ready, and proposals whose answer is late."""
    own = _where(places, actor, Permission.PUBLISH_PROPOSAL_ANSWERS)
    for table_id, number in ready_at(session, own, actor.person_id).items():
        told = ngettext(
            "%(num)s answer is ready to be published: %(table)s.",
            "%(num)s answers are ready to be published: %(table)s.",
            number,
            table=own[table_id].name,
        )
        yield ToDo(told, url_for("proposals.publish_answers", slug=own[table_id].slug))
    for table_id, number in late_at(session, cycle.zone.id, own).items():
        told = ngettext(
            "%(num)s proposal waits for an answer that is late: %(table)s.",
            "%(num)s proposals wait for answers that are late: %(table)s.",
            number,
            table=own[table_id].name,
        )
        yield ToDo(told, url_for("proposals.waiting", tavolo=own[table_id].slug))


def _moderation(session: Session, places: Sequence[ThematicTable], actor: Actor) -> Iterator[ToDo]:
    """Reported texts and appeals that wait for this person."""
    own = _where(places, actor, Permission.RULE_ON_TEXT)
    waiting = queue_of(session, own.keys(), person_id=actor.person_id or 0)
    if waiting.since is not None:
        day = format_date(clock.in_rome(waiting.since).date(), "long")
        sentence = ngettext(
            "%(num)s text waits for moderation, since %(day)s.",
            "%(num)s texts wait for moderation, the oldest since %(day)s.",
            waiting.cases + waiting.held,
            day=day,
        )
        yield ToDo(sentence, url_for("moderation.queue"))
    if waiting.appeals and waiting.due_on is not None:
        day = format_date(waiting.due_on, "long")
        sentence = ngettext(
            "%(num)s appeal of an author waits for a decision, due by %(day)s.",
            "%(num)s appeals of authors wait for a decision, the first due by %(day)s.",
            waiting.appeals,
            day=day,
        )
        yield ToDo(sentence, url_for("moderation.queue", _anchor="ricorsi"))


def _invitations(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """The proposals that this person is invited to sign, or an organisation that they speak for."""
    held = valid_mandates(session, person_id, at=clock.now())
    wanted = [mandate.organisation_id for mandate in held]
    for proposal in invitations(session, cycle.id, person_id, wanted):
        yield ToDo(
            _("You are invited to sign a proposal: “%(title)s”.", title=proposal.title),
            url_for("proposals.show", proposal_id=proposal.id, _anchor="cofirma"),
        )


def _evaluations(session: Session, cycle: Cycle, actor: Actor) -> Iterator[ToDo]:
    """The proposals that this person is asked to evaluate."""
    for proposal in asked_of(session, cycle.id, actor.person_id or 0):
        if may_evaluate(session, actor, proposal):
            yield ToDo(
                _("You are asked to evaluate the proposal “%(title)s”.", title=proposal.title),
                url_for("proposals.evaluation", proposal_id=proposal.id),
            )


def _amendments(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """This person's proposals to whose text somebody has proposed a change."""
    for proposal in awaiting_author(session, cycle.id, person_id):
        yield ToDo(
            _("An amendment to your proposal waits for you: “%(title)s”.", title=proposal.title),
            url_for("proposals.amendments", proposal_id=proposal.id),
        )


def _supports(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """The proposals whose text is another one than this person supports."""
    for proposal in changed_since_supported(session, cycle.id, person_id):
        yield ToDo(
            _("A proposal that you support has another text now: “%(title)s”.",
              title=proposal.title),
            url_for("proposals.show", proposal_id=proposal.id, _anchor="sostegni"),
        )  # fmt: skip


def _superseded(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """The proposals that this person supports, and that continue in another."""
    for proposal in superseded_for(session, cycle.id, person_id):
        yield ToDo(
            _("A proposal that you support continues in another: “%(title)s”.",
              title=proposal.title),
            url_for("proposals.show", proposal_id=proposal.id, origine=1),
        )  # fmt: skip


def _places(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """The places in halls that this person has got from a waiting list."""
    for registration in moved_up(session, cycle.id, person_id):
        sitting = registration.sitting
        yield ToDo(
            _("There is a place for you in the hall now: “%(title)s”, %(day)s. If you cannot come, "
              "withdraw.", title=sitting.title, day=format_date(sitting.day, "long")),
            url_for("sittings.show", sitting_id=sitting.id, _anchor="posti"),
        )  # fmt: skip


def _surveys(session: Session, places: Sequence[ThematicTable], actor: Actor) -> Iterator[ToDo]:
    """For who runs a table: surveys that are open though what they were for is over."""
    for survey in left_open(session, _where(places, actor, Permission.CLOSE_SURVEY)):
        told = _("The survey “%(title)s” is still open: close it.", title=survey.title)
        yield ToDo(told, url_for("surveys.show", survey_id=survey.id))


def _not_held(
    session: Session, cycle: Cycle, places: Sequence[ThematicTable], actor: Actor
) -> Iterator[ToDo]:
    """The sittings whose day has passed, for those who postpone or cancel them."""
    own = _where(places, actor, Permission.CANCEL_SITTING)
    for sitting in not_held(session, cycle.id):
        if sitting.table_id in own:
            day = format_date(sitting.day, "long")
            yield ToDo(
                _(
                    "“%(title)s” was not held on %(day)s: postpone it or cancel it.",
                    title=sitting.title,
                    day=day,
                ),
                url_for("sittings.show", sitting_id=sitting.id),
            )


def _minutes(session: Session, places: Sequence[ThematicTable], actor: Actor) -> Iterator[ToDo]:
    found = unpublished(session, _where(places, actor, Permission.EDIT_MINUTES).keys())
    waiting = open_request_counts(session, [minutes.id for minutes in found])
    for minutes in found:
        yield _minutes_task(minutes, waiting.get(minutes.id, 0))


def _minutes_task(minutes: Minutes, requests: int) -> ToDo:
    """What those who write minutes have to do next with them."""
    title = minutes.sitting.title
    url = url_for("minutes.show", minutes_id=minutes.id)
    if requests:
        sentence = ngettext(
            "%(num)s request for correction of the minutes of “%(title)s” waits for a decision.",
            "%(num)s requests for correction of the minutes of “%(title)s” wait for a decision.",
            requests,
            title=title,
        )
        return ToDo(sentence, f"{url}#rettifiche")
    return ToDo(
        _("The minutes of “%(title)s” are to be completed and published.", title=title), url
    )


def _own_drafts(session: Session, cycle: Cycle, actor: Actor) -> Iterator[ToDo]:
    """The drafts that this person was named to write, or was there and can have corrected."""
    person_id = actor.person_id or 0
    named = [
        minutes for minutes in to_write(session, cycle.id, person_id) if not _edits(actor, minutes)
    ]
    waiting = open_request_counts(session, [minutes.id for minutes in named])
    for minutes in named:
        yield _minutes_task(minutes, waiting.get(minutes.id, 0))
    for minutes in drafts_to_read(session, cycle.id, person_id, today=clock.today()):
        if minutes.sitting.secretary_id == person_id or _edits(actor, minutes):
            continue
        yield ToDo(
            _(
                "Read the draft of the minutes of “%(title)s”: until %(day)s you can ask for "
                "corrections.",
                title=minutes.sitting.title,
                day=format_date(minutes.corrections_until, "long"),
            ),
            url_for("minutes.show", minutes_id=minutes.id),
        )


def _signatures(session: Session, cycle: Cycle, person_id: int) -> Iterator[ToDo]:
    """Minutes that were approved of late, and that this person has not signed yet."""
    since = clock.now() - _OF_LATE
    for minutes in unsigned_minutes(session, cycle.id, person_id, approved_after=since):
        sentence = _("Sign the minutes of “%(title)s”.", title=minutes.sitting.title)
        yield ToDo(sentence, url_for("minutes.sign", minutes_id=minutes.id))


def _edits(actor: Actor, minutes: Minutes) -> bool:
    """Whether the actor's role lets them write minutes, which are in their list already."""
    table = minutes.sitting.table
    return may(actor, Permission.EDIT_MINUTES, zone_id=table.zone_id, table_id=table.id)


def _contributions(session: Session, cycle: Cycle, actor: Actor) -> Iterator[ToDo]:
    if not may(actor, Permission.ANSWER_CONTRIBUTIONS, zone_id=cycle.zone.id):
        return
    number = sum(status.waiting for status in plan_status(session, cycle.id))
    if number:
        yield ToDo(
            ngettext(
                "%(num)s contribution to the plan waits for an answer.",
                "%(num)s contributions to the plan wait for an answer.",
                number,
            ),
            url_for("plan.office"),
        )


def _where(
    places: Sequence[ThematicTable], actor: Actor, permission: Permission
) -> dict[int, ThematicTable]:
    """The tables where the actor may run a command, by id."""
    return {
        table.id: table
        for table in places
        if may(actor, permission, zone_id=table.zone_id, table_id=table.id)
    }
