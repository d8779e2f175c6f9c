"""Needs and answers: the coherence of the plan, and the forms that say what serves what."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.plan.blueprint import pages
from consultazione.plan.events import plan_stream
from consultazione.plan.labels import PURPOSES
from consultazione.plan.needs.commands import tag_block, tag_chapter
from consultazione.plan.needs.queries import (
    needs_and_answers,
    priorities_of_chapter,
    tags_of_block,
)
from consultazione.plan.needs.schemas import BlockTagsSchema, ChapterTagsSchema
from consultazione.plan.queries import chapter_by_number, get_block
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import priorities


@pages.get(f"{IN_CYCLE}/piano/bisogni")
def needs() -> str:
    """Needs without an answer, answers without a need, and goals against chapters."""
    page_follows(plan_stream(current_cycle().id))
    found = needs_and_answers(snapshot(), current_cycle().id)
    return render_template("plan/needs.html", found=found, purposes=PURPOSES)


@pages.route("/piano/paragrafi/<int:block_id>/bisogni", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.TAG_BLOCK)
def block_needs(block_id: int) -> ResponseReturnValue:
    """Say which needs and purposes a block serves."""
    row = get_block(snapshot(), block_id)
    chosen, served = tags_of_block(snapshot(), block_id)
    initial = {"priority_ids": [one.id for one in chosen], "purposes": [*served]}
    form = Form(BlockTagsSchema(), initial)
    if form.perform(partial(tag_block, block_id=block_id)):
        flash(_("It is said what the block serves."), "success")
        return redirect(url_for("plan.paragraph", paragraph_id=block_id))
    offered = _offered(row.chapter.cycle_id)
    page = render_template(
        "plan/block_needs.html",
        block=row,
        form=form,
        priorities=offered,
        purposes=PURPOSES,
    )
    return page, form.status


@pages.route(f"{IN_CYCLE}/piano/capitoli/<int(max=9999):number>/bisogni", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.TAG_CHAPTER)
def chapter_needs(number: int) -> ResponseReturnValue:
    """Say which needs a whole chapter answers."""
    row = chapter_by_number(snapshot(), current_cycle().id, number)
    chosen = priorities_of_chapter(snapshot(), row.id)
    form = Form(ChapterTagsSchema(), {"priority_ids": [one.id for one in chosen]})
    if form.perform(partial(tag_chapter, chapter_id=row.id)):
        flash(_("It is said what the chapter answers."), "success")
        return redirect(url_for("plan.chapter", number=number))
    offered = _offered(row.cycle_id)
    page = render_template(
        "plan/chapter_needs.html",
        chapter=row,
        form=form,
        priorities=offered,
    )
    return page, form.status


def _offered(cycle_id: int) -> list[tuple[int, str]]:
    return [(one.id, one.title) for one in priorities(renew_snapshot(), cycle_id)]
