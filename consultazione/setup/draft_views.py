"""Pages on which a zone is set up: one's drafts, the steps of one, its summary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import ROLE_NAMES, Permission, require
from consultazione.setup.blueprint import pages
from consultazione.setup.choices import choices
from consultazione.setup.commands.creating import create_zone
from consultazione.setup.commands.drafts import begin_draft, discard_draft, save_step
from consultazione.setup.drafts import own_draft, own_drafts
from consultazione.setup.logo_views import sent_logo
from consultazione.setup.models import ZoneDraft
from consultazione.setup.outline import outline_of
from consultazione.setup.schemas import STEP_SCHEMAS
from consultazione.setup.steps import BY_WORD, STEPS, Step, is_answered, proposed
from consultazione.tables.labels import TABLE_KINDS
from consultazione.web import auth
from consultazione.web.fields import NoFieldsSchema
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/nuova-zona")
@auth.sign_in_required
def drafts() -> str:
    """The zones that the reader is setting up, and the button that begins one."""
    require(actor(), Permission.BEGIN_DRAFT)
    return render_template(
        "setup/drafts.html",
        drafts=own_drafts(snapshot(), actor().person_id),
        steps=STEPS,
        form=Form(NoFieldsSchema()),
    )


@pages.post("/nuova-zona", endpoint="begin_draft")
@limiter.limit(WRITING)
@auth.sign_in_required
def begin_draft_button() -> ResponseReturnValue:
    """Begin to set a zone up."""
    form = Form(NoFieldsSchema())
    draft = form.perform(begin_draft)
    if draft is None:
        flash(form.errors[""][0], "danger")
        return redirect(url_for("setup.drafts"))
    return redirect(url_for("setup.step", draft_id=draft.id, word=STEPS[0].word))


@pages.post("/nuova-zona/<int:draft_id>/elimina", endpoint="discard_draft")
@limiter.limit(WRITING)
@auth.sign_in_required
def discard_draft_button(draft_id: int) -> ResponseReturnValue:
    """Discard a draft."""
    command = partial(discard_draft, draft_id=draft_id)
    return act(command, done=_("The draft is discarded."), to=url_for("setup.drafts"))


@pages.route("/nuova-zona/<int:draft_id>/<word>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def step(draft_id: int, word: str) -> ResponseReturnValue:
    """One step of a draft: what was typed there, or what is proposed."""
    require(actor(), Permission.SAVE_STEP)
    asked, draft = _step(word), own_draft(snapshot(), draft_id, actor().person_id)
    kept = draft.answers.get(word)
    form = Form(STEP_SCHEMAS[word](), proposed(asked) if kept is None else kept)
    prepare = partial(_prepared, form=form, word=word, logo=(kept or {}).get("logo"))
    if form.perform(partial(save_step, draft_id=draft_id, step=word), before=prepare):
        return redirect(_after(draft_id, asked))
    return _step_page(form, asked, own_draft(snapshot(), draft_id, actor().person_id))


@pages.route("/nuova-zona/<int:draft_id>/riepilogo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def summary(draft_id: int) -> ResponseReturnValue:
    """All that was answered, and the button that makes the zone."""
    require(actor(), Permission.CREATE_ZONE)
    form = Form(NoFieldsSchema())
    zone = form.perform(partial(create_zone, draft_id=draft_id))
    if zone is not None:
        flash(_("The zone is set up. You are its administrator."), "success")
        return redirect(url_for("home.current", zone=zone.slug))
    return _summary_page(form, own_draft(snapshot(), draft_id, actor().person_id))


def _prepared(*, form: Form, word: str, logo: str | None, **loaded: Any) -> Mapping[str, object]:
    """The answers as JSON has them; a logo that came with them is stored."""
    answers: dict[str, object] = form.schema.dump(loaded)
    if word == "aspetto":
        kept = None if "remove_logo" in form.values else logo
        answers["logo"] = sent_logo() or kept
    return {"answers": answers}


def _step(word: str) -> Step:
    found = BY_WORD.get(word)
    if found is None:
        raise NotFound(_("There is no such step."))
    return found


def _after(draft_id: int, done: Step) -> str:
    """The page after a step: the next one, or the summary."""
    following = STEPS[STEPS.index(done) + 1 :]
    if "and_summary" in request.form or not following:
        return url_for("setup.summary", draft_id=draft_id)
    return url_for("setup.step", draft_id=draft_id, word=following[0].word)


def _step_page(form: Form, asked: Step, draft: ZoneDraft) -> ResponseReturnValue:
    place = STEPS.index(asked)
    page = render_template(
        f"setup/step_{asked.word}.html",
        form=form,
        draft=draft,
        step=asked,
        number=place + 1,
        steps=_progress(draft),
        before=STEPS[place - 1] if place else None,
        logo=draft.answers.get("aspetto", {}).get("logo"),
        **choices(),
    )
    return page, form.status


def _summary_page(form: Form, draft: ZoneDraft) -> ResponseReturnValue:
    try:
        outline, missing = outline_of(draft), {}
    except Invalid as refusal:
        outline, missing = None, refusal.fields
    page = render_template(
        "setup/summary.html",
        errors=form.errors or missing,
        draft=draft,
        outline=outline,
        steps=_progress(draft),
        table_kinds=TABLE_KINDS,
        role_names=ROLE_NAMES,
        **choices(),
    )
    return page, form.status


def _progress(draft: ZoneDraft) -> list[tuple[Step, bool]]:
    return [(step, is_answered(draft, step)) for step in STEPS]
