"""What became of promises: the plan office's assessment, and what organisations say of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.memory.events import (
    PromiseAssessed,
    PromiseCommented,
    PromiseCommentHidden,
    memory_stream,
)
from consultazione.memory.models import Assessment, AssessmentComment, Fulfilment
from consultazione.outcomes.models import Outcome, OutcomeItem, OutcomeState
from consultazione.people.queries import lock_voice
from consultazione.zones.models import Chapter, Cycle, Priority

NO_PROMISE = _("There is no such priority or conclusion.")


def assess_promise(
    tx: Transaction,
    *,
    fulfilment: Fulfilment,
    evidence: str,
    source: str,
    priority_id: int | None = None,
    item_id: int | None = None,
    demo: bool = False,
) -> Assessment:
    """Say whether a priority, or a conclusion of a closed outcome, was carried out.

    A later assessment takes the place of the one before; the log keeps both. Locks what is
    assessed FOR NO KEY UPDATE. NotFound without exactly one of the two; Conflict while the
    years of its cycle are not over.
    """
    cycle = _cycle_of(tx, priority_id, item_id)
    require(tx.actor, Permission.ASSESS_PROMISE, zone_id=cycle.zone_id)
    if cycle.last_year >= clock.in_rome(tx.now).year:
        raise Conflict(_("These years are not over: what was promised is assessed afterwards."))
    assessment = _of_promise(tx, cycle, priority_id, item_id)
    assessment.fulfilment, assessment.evidence = fulfilment, evidence
    assessment.source, assessment.assessed_at, assessment.demo = source, tx.now, demo
    tx.session.add(assessment)
    tx.flush()
    assessed = PromiseAssessed(
        assessment_id=assessment.id,
        cycle_id=cycle.id,
        priority_id=priority_id,
        item_id=item_id,
        fulfilment=fulfilment,
        evidence=FreeText(evidence),
        source=FreeText(source),
    )
    tx.record(memory_stream(cycle.zone_id), assessed)
    return assessment


def comment_on_assessment(
    tx: Transaction, *, assessment_id: int, body: str, demo: bool = False
) -> AssessmentComment:
    """Say in the name of an organisation what it thinks of an assessment.

    Locks the actor's mandate FOR SHARE. NotFound if there is no such assessment; NotAllowed
    without a mandate that counts now.
    """
    assessment = tx.session.get(Assessment, assessment_id)
    if assessment is None:
        raise NotFound(_("There is no such assessment."))
    require(tx.actor, Permission.COMMENT_ON_ASSESSMENT, zone_id=assessment.zone_id)
    person_id = acting_person(tx.actor)
    voice = lock_voice(tx, person_id, zone_id=assessment.zone_id)
    if voice.mandate_id is None:
        raise NotAllowed(_("Only who speaks for an organisation of the zone can comment here."))
    comment = AssessmentComment(
        assessment_id=assessment.id,
        author_id=person_id,
        mandate_id=voice.mandate_id,
        body=body,
        at=tx.now,
        demo=demo,
    )
    tx.session.add(comment)
    tx.flush()
    commented = PromiseCommented(
        comment_id=comment.id,
        assessment_id=assessment.id,
        mandate_id=voice.mandate_id,
        body=FreeText(body),
    )
    tx.record(memory_stream(assessment.zone_id), commented)
    return comment


def hide_assessment_comment(tx: Transaction, *, comment_id: int, reason: str) -> AssessmentComment:
    """Hide a comment's text from the pages, for a reason that is public.

    Locks the comment FOR UPDATE. NotFound if there is none; Conflict if it is hidden already.
    """
    comment = tx.session.get(AssessmentComment, comment_id, with_for_update=True)
    if comment is None:
        raise NotFound(_("There is no such comment."))
    zone_id = comment.assessment.zone_id
    require(tx.actor, Permission.HIDE_ASSESSMENT_COMMENT, zone_id=zone_id)
    if comment.hidden_at is not None:
        raise Conflict(_("This comment is hidden already."))
    comment.hidden_at, comment.hidden_reason = tx.now, reason
    hidden = PromiseCommentHidden(comment_id=comment.id, reason=FreeText(reason))
    tx.record(memory_stream(zone_id), hidden)
    return comment


def _cycle_of(tx: Transaction, priority_id: int | None, item_id: int | None) -> Cycle:
    """The cycle that promised it, with the promise locked; NotFound unless one is named."""
    if (priority_id is None) == (item_id is None):
        raise NotFound(NO_PROMISE)
    query = select(Cycle.id)
    if priority_id is not None:
        query = query.join(Priority, Priority.cycle_id == Cycle.id)
        query = query.where(Priority.id == priority_id).with_for_update(key_share=True, of=Priority)
    else:
        query = (
            query.join(Chapter, Chapter.cycle_id == Cycle.id)
            .join(OutcomeItem, OutcomeItem.chapter_id == Chapter.id)
            .join(Outcome, Outcome.id == OutcomeItem.outcome_id)
            .where(OutcomeItem.id == item_id, Outcome.state == OutcomeState.CLOSED)
            .with_for_update(key_share=True, of=OutcomeItem)
        )
    cycle_id = tx.session.scalar(query)
    if cycle_id is None:
        raise NotFound(NO_PROMISE)
    return tx.session.get_one(Cycle, cycle_id)


def _of_promise(
    tx: Transaction, cycle: Cycle, priority_id: int | None, item_id: int | None
) -> Assessment:
    """The assessment that stands, or a new one."""
    found = tx.session.scalar(
        select(Assessment).filter_by(priority_id=priority_id, item_id=item_id)
    )
    return found or Assessment(
        zone_id=cycle.zone_id, cycle_id=cycle.id, priority_id=priority_id, item_id=item_id
    )
