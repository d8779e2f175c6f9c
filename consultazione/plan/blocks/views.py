"""Pages of a block: its text with pedigree and versions, and the forms that write and edit it."""

from __future__ import annotations

from functools import partial

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.differences import word_diff
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.documents.easy.queries import easy_offer
from consultazione.outcomes.labels import ANSWERS
from consultazione.plan.blocks.commands.editing import edit_block
from consultazione.plan.blocks.commands.writing import write_block
from consultazione.plan.blocks.easy import BLOCK
from consultazione.plan.blocks.lineage import files_behind, sentence_origins
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.blocks.place_views import to_its_place
from consultazione.plan.blocks.queries import get_version, versions_of
from consultazione.plan.blocks.schemas import BlockSchema, EditSchema
from consultazione.plan.blueprint import pages
from consultazione.plan.decisions.queries import decisions_of_block
from consultazione.plan.discussion.queries import comments_on, suggestions_on
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import (
    BLOCK_KINDS,
    BODY_HINTS,
    CHANGES,
    PURPOSES,
    STATE_NAMES,
    STATE_TONES,
    SUGGESTION_STATES,
    SUGGESTION_TONES,
)
from consultazione.plan.needs.queries import tags_of_block
from consultazione.plan.pedigree import pedigree
from consultazione.plan.queries import chapter_by_number, get_block
from consultazione.plan.standing import plan_of, takes_comments
from consultazione.plan.voices import voices_behind
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/piano/paragrafi/<int:paragraph_id>")
def paragraph(paragraph_id: int) -> str:
    """A block with its pedigree, sentence by sentence, and its versions.

    What the platform wrote is figures, which nobody said sentence by sentence.
    """
    session = snapshot()
    row = get_block(session, paragraph_id)
    sentences = [] if row.generated_at else sentence_origins(session, row)
    page_follows(plan_stream(row.chapter.cycle_id))
    return render_template(
        "plan/paragraph.html",
        block=row,
        steps=pedigree(session, row.id),
        sentences=sentences,
        files=files_behind(sentences),
        versions=versions_of(session, row.id),
        kinds=BLOCK_KINDS,
        changes=CHANGES,
        states=STATE_NAMES,
        tones=STATE_TONES,
        comments=comments_on(session, row.id),
        suggestions=suggestions_on(session, row.id),
        suggestion_states=SUGGESTION_STATES,
        suggestion_tones=SUGGESTION_TONES,
        easy=easy_offer(session, actor(), BLOCK, row.id),
        tags=tags_of_block(session, row.id),
        decisions=decisions_of_block(session, row.id),
        purposes=PURPOSES,
        voices=voices_behind(session, [one.id for one in row.contributions]),
        union_answers=ANSWERS,
        is_discussed=takes_comments(plan_of(session, row.chapter.cycle_id), clock.today()),
    )


@pages.get("/piano/paragrafi/<int:block_id>/versioni/<int(max=99999):number>")
def version(block_id: int, number: int) -> str:
    """A version of a block, and what it changed word by word."""
    session = snapshot()
    row = get_block(session, block_id)
    shown = get_version(session, block_id, number)
    before = get_version(session, block_id, number - 1) if number > 1 else None
    return render_template(
        "plan/version.html",
        block=row,
        version=shown,
        changes=CHANGES,
        pieces=word_diff(before.body, shown.body) if before else [],
    )


@pages.route(
    f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>/nuovo-blocco/<kind>", methods=["GET", "POST"]
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WRITE_BLOCK)
def new_block(number: int, kind: str) -> ResponseReturnValue:
    """Append a heading, a list or a table to a chapter; figures have a page of their own."""
    chosen = _kind(kind)
    row = chapter_by_number(snapshot(), current_cycle().id, number)
    form = Form(BlockSchema(chosen))
    if written := form.perform(partial(write_block, chapter_id=row.id, kind=chosen)):
        flash(_("The block stands at the end of the chapter."), "success")
        return to_its_place(written.id)
    page = render_template(
        "plan/new_block.html", chapter=row, form=form, kind=chosen, kinds=BLOCK_KINDS,
        hints=BODY_HINTS,
    )  # fmt: skip
    return page, form.status


@pages.route("/piano/paragrafi/<int:block_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.EDIT_BLOCK)
def edit(block_id: int) -> ResponseReturnValue:
    """Edit a block; if somebody was faster, both texts are shown and none is lost."""
    row = get_block(snapshot(), block_id)
    initial = {"body": row.body, "alt": row.alt or "", "version": row.version}
    form = Form(EditSchema(row.kind), initial)
    if form.perform(partial(edit_block, block_id=block_id)):
        flash(_("The change is saved; the text from before stays readable."), "success")
        return to_its_place(block_id)
    return _editor(get_block(renew_snapshot(), block_id), form), form.status


def _editor(row: Block, form: Form) -> str:
    """The editor's page. After a conflict it goes on from the version that it shows."""
    typed = str(form.values.get("body", ""))
    overtaken = form.go_on_from("version", row.version)
    return render_template(
        "plan/edit_block.html",
        block=row,
        form=form,
        kinds=BLOCK_KINDS,
        hints=BODY_HINTS,
        pieces=word_diff(row.body, typed) if overtaken else [],
        is_sent=request.method == "POST",
    )


def _kind(name: str) -> BlockKind:
    """The kind that an address names; NotFound for those with a form of their own."""
    found = {kind.value: kind for kind in (BlockKind.HEADING, BlockKind.LIST, BlockKind.TABLE)}.get(
        name
    )
    if found is None:
        raise NotFound(_("The plan has no blocks of that kind."))
    return found
