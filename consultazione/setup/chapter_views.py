"""The chapters of a plan that is still empty, for administrators."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.setup.blueprint import pages
from consultazione.setup.commands.chapters import (
    add_chapter,
    change_chapter,
    move_chapter,
    remove_chapter,
)
from consultazione.setup.schemas import ChapterSchema
from consultazione.setup.settings import plan_is_empty
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.models import Chapter
from consultazione.zones.queries import chapters


@pages.route(f"{IN_CYCLE}/impostazioni/capitoli", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_CHAPTER)
def chapter_list() -> ResponseReturnValue:
    """The chapters in their order, and the form that adds one."""
    cycle = current_cycle()
    form = Form(ChapterSchema(), {"mandatory": "yes"})
    if form.perform(partial(add_chapter, cycle_id=cycle.id)):
        flash(_("The chapter is added."), "success")
        return redirect(url_for("setup.chapter_list"))
    page = render_template(
        "setup/chapters.html",
        form=form,
        chapters=chapters(snapshot(), cycle.id),
        empty_plan=plan_is_empty(snapshot(), cycle.id),
    )
    return page, form.status


@pages.route("/impostazioni/capitoli/<int:chapter_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def chapter_settings(chapter_id: int) -> ResponseReturnValue:
    """Title and description of a chapter, and whether the plan must have it."""
    chapter = snapshot().get(Chapter, chapter_id)
    if chapter is None:
        raise NotFound(_("The plan has no such chapter."))
    require(actor(), Permission.CHANGE_CHAPTER, zone_id=chapter.zone_id)
    now = {"title": chapter.title, "description": chapter.description}
    form = Form(ChapterSchema(), {**now, "mandatory": "yes" if chapter.mandatory else ""})
    if form.perform(partial(change_chapter, chapter_id=chapter_id)):
        flash(_("The chapter is changed."), "success")
        return redirect(url_for("setup.chapter_list"))
    return render_template(
        "setup/chapter.html",
        form=form,
        chapter=chapter,
        empty_plan=plan_is_empty(snapshot(), chapter.cycle_id),
    ), form.status


@pages.post("/impostazioni/capitoli/<int:chapter_id>/sposta-<way>", endpoint="move_chapter")
@limiter.limit(WRITING)
@auth.sign_in_required
def move_chapter_button(chapter_id: int, way: str) -> ResponseReturnValue:
    """Move a chapter one place up (`su`) or down (`giu`)."""
    command = partial(move_chapter, chapter_id=chapter_id, up=way == "su")
    return act(command, done=_("The chapter is moved."), to=url_for("setup.chapter_list"))


@pages.post("/impostazioni/capitoli/<int:chapter_id>/elimina", endpoint="remove_chapter")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_chapter_button(chapter_id: int) -> ResponseReturnValue:
    """Take a chapter out of the plan."""
    command = partial(remove_chapter, chapter_id=chapter_id)
    return act(command, done=_("The chapter is removed."), to=url_for("setup.chapter_list"))
