"""The page of an outcome, which several views show: the reader's, and those of its forms."""

from __future__ import annotations

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultazione.core import clock, log
from consultazione.core.permissions import Permission, may
from consultazione.documents.editions import edition_sentences, edition_signed
from consultazione.documents.register import registration_of
from consultazione.documents.seals.keeping import seal_of
from consultazione.documents.signatures.sentences import sentences
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.outcomes import answers, labels
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.kind import OUTCOME, UNION_RECORD
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.queries import answerable, get_outcome
from consultazione.outcomes.schemas import answer_schema
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot


def outcome_page(outcome_id: int, form: Form | None = None) -> ResponseReturnValue:
    """An outcome as it is now, with the form for a delegate who may answer; NotFound if none."""
    session = renew_snapshot()
    outcome = get_outcome(session, outcome_id)
    stream, ids = outcome_stream(outcome_id), [item.id for item in outcome.items]
    page_follows(stream)
    person_id = actor().person_id
    owed = answerable(session, outcome, person_id, at=clock.now()) if person_id else []
    form = form or Form(answer_schema(ids, signed=False))
    page = render_template(
        "outcomes/show.html",
        outcome=outcome,
        table=outcome.minutes.sitting.table,
        owed=owed,
        organisations=[(party.organisation_id, party.organisation.name) for party in owed],
        form=form,
        stream=stream,
        head=log.head(session, stream),
        numbered=registration_of(session, OUTCOME, outcome_id),
        record=registration_of(session, UNION_RECORD, outcome_id),
        grounds=grounds_behind(session, ids),
        may_end=_may_end(outcome),
        days_left=answers.days_left(outcome),
        words=HEADINGS,
        edition=edition_sentences(outcome.document.get("edition")),
        edition_signed=partial(edition_signed, outcome.document.get("edition")),
        labels=labels,
        answers=answers,
        signature_sentences=sentences,
        seal=seal_of(session, stream),
        shown_stands=_asked_stands(),
    )
    return page, form.status, form.headers


def _asked_stands() -> frozenset[str]:
    """How the unions stand that the reader wants to see; all if it says nothing."""
    asked = set(request.args.getlist("posizione"))
    known = {stand.value for stand in answers.Stand}
    return frozenset(asked & known or known)


def _may_end(outcome: Outcome) -> bool:
    table = outcome.minutes.sitting.table
    place = {"zone_id": table.zone_id, "table_id": table.id}
    is_open = outcome.state is OutcomeState.SIGNING
    return is_open and may(actor(), Permission.CLOSE_OUTCOME, **place)
