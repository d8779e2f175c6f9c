"""The page of minutes: the document, its state, and the forms of those who may edit it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.permissions import Permission, may
from consultazione.documents.easy.queries import easy_offer
from consultazione.documents.editions import edition_sentences
from consultazione.documents.seals.queries import seal_of
from consultazione.minutes.backing import polls_of
from consultazione.minutes.commands.editing import WITHOUT_VOTE
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.corrections.approval_views import approval_values
from consultazione.minutes.document import document_of
from consultazione.minutes.easy import MINUTES
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.labels import MINUTES_STATES, MINUTES_TONES
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import (
    may_read_draft,
    minutes_of,
    person_names,
    readable_minutes,
    sealing_is_given_up,
)
from consultazione.minutes.side_by_side_views import refused_texts, texts_of
from consultazione.minutes.signing.board_views import signing_values
from consultazione.minutes.unshown import unshown_texts
from consultazione.outcomes.queries import outcome_of
from consultazione.sharing.queries import scenarios_of
from consultazione.sittings.queries import get_sitting, offered_proposals
from consultazione.sittings.record.queries import phrase_shelves
from consultazione.sittings.secretaries import may_write
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.zones.models import Zone
from consultazione.zones.queries import chapters


def sitting_page(sitting_id: int) -> ResponseReturnValue:
    """Redirect to the minutes of a sitting, or show the page that waits for them."""
    session = snapshot()
    sitting, minutes = get_sitting(session, sitting_id), minutes_of(session, sitting_id)
    draft_is_open = may_read_draft(session, sitting, actor())
    if minutes and (draft_is_open or minutes.state is not MinutesState.DRAFT):
        return redirect(url_for("minutes.show", minutes_id=minutes.id))
    return render_template(
        "minutes/waiting.html",
        sitting=sitting,
        drafted=minutes is not None,
        stream=minutes_stream(sitting_id),
        head=log.head(session, minutes_stream(sitting_id)),
    )


def minutes_page(
    minutes_id: int,
    *,
    refused: tuple[Mapping[str, str], Mapping[str, list[str]]] | None = None,
    conclusion_form: Form | None = None,
    approval_form: Form | None = None,
    table_form: Form | None = None,
    publishing_form: Form | None = None,
) -> ResponseReturnValue:
    """Minutes with their forms; a refused form takes the place of the blank one.

    refused: the texts that were sent, and what is wrong with those that were not saved.
    """
    session = renew_snapshot()
    minutes = readable_minutes(session, minutes_id, actor())
    page_follows(minutes_stream(minutes.sitting_id))
    document = document_of(minutes)
    page = render_template(
        "minutes/show.html",
        minutes=minutes,
        document=document,
        edition=edition_sentences(document.get("edition")),
        words=wording.HEADINGS,
        state=MINUTES_STATES[minutes.state],
        tone=MINUTES_TONES[minutes.state],
        outcome=outcome_of(session, minutes.id),
        easy=easy_offer(session, actor(), MINUTES, minutes.id),
        whatifs=scenarios_of(session, minutes.sitting_id),
        stream=minutes_stream(minutes.sitting_id),
        head=log.head(session, minutes_stream(minutes.sitting_id)),
        seal=seal_of(session, minutes_stream(minutes.sitting_id)),
        given_up=minutes.pdf_sha256 is None and sealing_is_given_up(session, minutes),
        may_publish=_may(minutes, Permission.PUBLISH_MINUTES),
        conclusion_form=conclusion_form or _blank(),
        approval_form=approval_form or _blank(),
        table_form=table_form or _blank(),
        publishing_form=publishing_form or _blank(),
        sign_off_days=session.get_one(Zone, minutes.sitting.table.zone_id).sign_off_days,
        **_editing(session, minutes, document, refused),
        **signing_values(session, minutes, document),
        **approval_values(session, minutes, writes=_writes(minutes)),
    )
    forms = (conclusion_form, approval_form, table_form, publishing_form)
    statuses = (form.status if form else 200 for form in forms)
    return page, max(422 if refused else 200, *statuses)


def _editing(
    session: Session,
    minutes: Minutes,
    document: MinutesDocument,
    refused: tuple[Mapping[str, str], Mapping[str, list[str]]] | None,
) -> Mapping[str, object]:
    """The template's values for editing a draft; `editable` is false for other readers."""
    if not _writes(minutes) or minutes.circulated_at is not None:
        return {"editable": False}
    texts = refused_texts(minutes, *refused) if refused else texts_of(minutes)
    table = minutes.sitting.table
    return {
        "editable": True,
        "unshown": unshown_texts(document),
        "texts": texts,
        "writers_of": _writers(session, minutes),
        "rule": session.get_one(Zone, table.zone_id).without_quorum.value,
        "shelves": phrase_shelves(session, table.zone_id, table.id),
        **_choices(session, minutes),
    }


def _writers(session: Session, minutes: Minutes) -> dict[str, str]:
    """Who wrote each note and gist last, by the key of its piece."""
    wrote = {f"nota-{note.point_id}": note.written_by for note in minutes.notes}
    wrote |= {f"intervento-{gist.hand_id}": gist.written_by for gist in minutes.gists}
    names = person_names(session, set(wrote.values()))
    return {key: names.get(person_id, "") for key, person_id in wrote.items()}


def _choices(session: Session, minutes: Minutes) -> Mapping[str, object]:
    """What a conclusion can be about: points, chapters of the plan and proposals, by id."""
    table = minutes.sitting.table
    return {
        "points": [(p["id"], f"{p['rank']}. {p['title']}") for p in minutes.facts["agenda"]],
        "votes": _votes(minutes),
        "chapters": [(c.id, f"{c.number}. {c.title}") for c in chapters(session, table.cycle_id)],
        **offered_proposals(
            session,
            table,
            words=request.args.get("proposta", ""),
            chosen=request.form.getlist("proposal_id"),
        ),
    }


def _votes(minutes: Minutes) -> list[tuple[int, str]]:
    """The votes of the sitting on which a conclusion can rest, or none of them."""
    polls = [(poll["id"], poll["question"]) for poll in polls_of(minutes.facts)]
    return (
        [*polls, (WITHOUT_VOTE, gettext("No vote: the table agreed without one"))] if polls else []
    )


def _writes(minutes: Minutes) -> bool:
    """Whether the reader writes this draft."""
    is_draft = minutes.state is MinutesState.DRAFT
    return is_draft and may_write(actor(), Permission.EDIT_MINUTES, minutes.sitting)


def _may(minutes: Minutes, permission: Permission) -> bool:
    table = minutes.sitting.table
    return may(actor(), permission, zone_id=table.zone_id, table_id=table.id)


def _blank(**values: Any) -> SimpleNamespace:
    """A form as the template reads it, not submitted yet."""
    return SimpleNamespace(values=values, errors={}, labels={})
