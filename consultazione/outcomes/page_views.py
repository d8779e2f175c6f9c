"""The page of an outcome, which several views show: the reader's, and those of its forms."""

from __future__ import annotations

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultazione.core import clock, log
from consultazione.core.permissions import Permission, may
from consultazione.documents.easy.queries import easy_offer
from consultazione.documents.editions import edition_sentences, edition_signed
from consultazione.documents.register import registration_of, registrations_of
from consultazione.documents.seals.queries import seal_of
from consultazione.documents.signatures.sentences import sentences
from consultazione.minutes.compose.wording import HEADINGS
from consultazione.outcomes import answers, labels
from consultazione.outcomes.board.adhering import adhering
from consultazione.outcomes.board.rows import board_of
from consultazione.outcomes.easy import OUTCOME as EASY_OUTCOME
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.kind import ADHESION, OUTCOME, UNION_RECORD
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.queries import answerable, get_outcome
from consultazione.outcomes.schemas import answer_schema
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.url_converters import asked_words


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
        easy=easy_offer(session, actor(), EASY_OUTCOME, outcome_id),
        may_end=_may_end(outcome),
        days_left=answers.days_left(outcome),
        words=HEADINGS,
        edition=edition_sentences(outcome.document.get("edition")),
        edition_signed=partial(edition_signed, outcome.document.get("edition")),
        labels=labels,
        answers=answers,
        signature_sentences=sentences,
        seal=seal_of(session, stream),
        board=board_of(
            outcome,
            words=asked_words("organizzazione", 200),
            asked=request.args.getlist("posizione"),
        ),
        adhering=adhering(session, outcome, person_id, at=clock.now()) if person_id else [],
        declarations=registrations_of(session, ADHESION, [one.id for one in outcome.adherents]),
        categories=CATEGORY_NAMES,
    )
    return page, form.status, form.headers


def _may_end(outcome: Outcome) -> bool:
    table = outcome.minutes.sitting.table
    place = {"zone_id": table.zone_id, "table_id": table.id}
    is_open = outcome.state is OutcomeState.SIGNING
    return is_open and may(actor(), Permission.CLOSE_OUTCOME, **place)
