"""Forms that arrange blocks: moving, splitting, merging, removing and restoring one."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.permissions import Permission
from consultazione.plan.blocks.commands.arranging import merge_blocks, move_block, split_block
from consultazione.plan.blocks.commands.removing import remove_block, restore_block
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.parts import can_be_joined, parts
from consultazione.plan.blocks.place_views import to_its_place
from consultazione.plan.blocks.queries import following
from consultazione.plan.blocks.schemas import MergeSchema, MoveSchema, RemoveSchema, SplitSchema
from consultazione.plan.blueprint import pages
from consultazione.plan.queries import ChapterStatus, get_block, plan_status
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/piano/paragrafi/<int:block_id>/sposta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.MOVE_BLOCK)
def move(block_id: int) -> ResponseReturnValue:
    """Put a block in another place of its chapter, or of another one."""
    row = get_block(snapshot(), block_id)
    form = Form(MoveSchema(), {"chapter_id": row.chapter_id, "rank": row.rank or 1})
    moved = form.perform(partial(move_block, block_id=block_id))
    if moved:
        flash(_("The block stands in its new place."), "success")
        return to_its_place(block_id)
    status = plan_status(renew_snapshot(), row.chapter.cycle_id)
    page = render_template(
        "plan/move_block.html",
        block=get_block(snapshot(), block_id),
        form=form,
        options=[(one.chapter.id, _name_of(one)) for one in status],
    )
    return page, form.status


@pages.route("/piano/paragrafi/<int:block_id>/dividi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SPLIT_BLOCK)
def split(block_id: int) -> ResponseReturnValue:
    """Split a paragraph or a list in two; both keep what the whole comes from."""
    form = Form(SplitSchema())
    if form.perform(partial(split_block, block_id=block_id)):
        flash(_("There are two blocks now; both say where they come from."), "success")
        return to_its_place(block_id)
    row = get_block(renew_snapshot(), block_id)
    form.go_on_from("version", row.version)
    places = [(place, part.strip()) for place, part in enumerate(parts(row.kind, row.body), 1)]
    page = render_template("plan/split_block.html", block=row, form=form, places=places[:-1])
    return page, form.status


@pages.route("/piano/paragrafi/<int:block_id>/unisci", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.MERGE_BLOCKS)
def merge(block_id: int) -> ResponseReturnValue:
    """Merge a block with the one that follows it."""
    form = Form(MergeSchema())
    if form.perform(partial(merge_blocks, block_id=block_id)):
        flash(_("The two blocks are one; it says where both come from."), "success")
        return to_its_place(block_id)
    row = get_block(renew_snapshot(), block_id)
    after = following(snapshot(), row)
    _go_on_from_both(form, row, after)
    can = after is not None and after.kind is row.kind and can_be_joined(row.kind)
    page = render_template("plan/merge_block.html", block=row, after=after, can=can, form=form)
    return page, form.status


@pages.route("/piano/paragrafi/<int:block_id>/togli", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REMOVE_BLOCK)
def remove(block_id: int) -> ResponseReturnValue:
    """Take a block out of the plan, with a reason; it can be restored."""
    form = Form(RemoveSchema())
    if form.perform(partial(remove_block, block_id=block_id)):
        flash(_("The block is out of the plan. Its page stays, and it can be restored."), "success")
        return redirect(url_for("plan.paragraph", paragraph_id=block_id))
    row = get_block(renew_snapshot(), block_id)
    form.go_on_from("version", row.version)
    return render_template("plan/remove_block.html", block=row, form=form), form.status


@pages.post("/piano/paragrafi/<int:block_id>/ripristina")
@limiter.limit(WRITING)
@auth.permission_required(Permission.RESTORE_BLOCK)
def restore(block_id: int) -> Response:
    """Put a removed block back."""
    command = partial(restore_block, block_id=block_id)
    to = url_for("plan.paragraph", paragraph_id=block_id)
    return act(command, done=_("The block stands in the plan again."), to=to)


def _go_on_from_both(form: Form, row: Block, after: Block | None) -> None:
    form.go_on_from("version", row.version)
    form.go_on_from("next_version", after.version if after else "")


def _name_of(row: ChapterStatus) -> str:
    name: str = _(
        "%(number)s. %(title)s (blocks: %(count)s)",
        number=row.chapter.number,
        title=row.chapter.title,
        count=row.blocks,
    )
    return name
