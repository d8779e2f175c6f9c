"""The page of a ruling: its author appeals, others who moderate decide or take it back."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may
from consultazione.moderation import labels
from consultazione.moderation.address_views import home_url, ruling_url
from consultazione.moderation.blueprint import pages
from consultazione.moderation.commands.appealing import appeal_ruling, decide_appeal
from consultazione.moderation.commands.ruling import undo_ruling
from consultazione.moderation.models import OPEN_TO_APPEAL, Outcome, Ruling
from consultazione.moderation.queries import get_ruling
from consultazione.moderation.rules import names_of
from consultazione.moderation.schemas import AppealDecisionSchema, AppealSchema, UndoSchema
from consultazione.moderation.settings import settings_of
from consultazione.moderation.steps import role_name
from consultazione.moderation.subjects import FAMILIES
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/moderazione/<int:ruling_id>")
@auth.sign_in_required
def ruling(ruling_id: int) -> ResponseReturnValue:
    """What was decided on a text, for who wrote it and for those who moderate."""
    return _page(ruling_id)


@pages.post("/moderazione/<int:ruling_id>/ricorso")
@limiter.limit(WRITING)
@auth.sign_in_required
def appeal(ruling_id: int) -> ResponseReturnValue:
    """Appeal against a ruling on one's own text."""
    form = Form(AppealSchema())
    if form.perform(partial(appeal_ruling, ruling_id=ruling_id)):
        flash(_("Your appeal is with somebody else now. You hear what they decide."), "success")
        return redirect(url_for("moderation.ruling", ruling_id=ruling_id))
    return _page(ruling_id, appeal_form=form)


@pages.post("/moderazione/<int:ruling_id>/ricorso/decidi")
@limiter.limit(WRITING)
@auth.sign_in_required
def decide(ruling_id: int) -> ResponseReturnValue:
    """Decide on an appeal against somebody else's ruling."""
    form = Form(AppealDecisionSchema())
    if form.perform(partial(decide_appeal, ruling_id=ruling_id)):
        flash(_("The appeal is decided. The author is told."), "success")
        return redirect(url_for("moderation.ruling", ruling_id=ruling_id))
    return _page(ruling_id, decision_form=form)


@pages.post("/moderazione/<int:ruling_id>/annulla")
@limiter.limit(WRITING)
@auth.sign_in_required
def undo(ruling_id: int) -> ResponseReturnValue:
    """Take a ruling back."""
    form = Form(UndoSchema())
    if form.perform(partial(undo_ruling, ruling_id=ruling_id)):
        flash(_("The ruling is taken back. The author is told."), "success")
        return redirect(url_for("moderation.ruling", ruling_id=ruling_id))
    return _page(ruling_id, undo_form=form)


def _page(
    ruling_id: int,
    appeal_form: Form | None = None,
    decision_form: Form | None = None,
    undo_form: Form | None = None,
) -> ResponseReturnValue:
    session = renew_snapshot()
    found, zone = get_ruling(session, ruling_id), current_zone()
    moderates = may(actor(), Permission.RULE_ON_TEXT, zone_id=zone.id, table_id=found.case.table_id)
    is_author = found.case.author_id == actor().person_id
    if not (moderates or is_author):
        raise NotAllowed(_("Only who wrote the text and those who moderate read this page."))
    subject = FAMILIES[found.case.text_kind].find(session, found.case.text_id)
    sent = [form for form in (appeal_form, decision_form, undo_form) if form is not None]
    page = render_template(
        "moderation/ruling.html",
        ruling=found,
        subject=subject,
        home=home_url(subject) if subject else None,
        desk=ruling_url(found.case.text_kind, found.case.text_id) if moderates else None,
        is_author=is_author,
        can_appeal=is_author and _is_open(found),
        can_decide=moderates and not is_author and _waits_for_other(found),
        can_undo=moderates and not is_author and _can_be_undone(found),
        rule_names=names_of(session, zone.id),
        appeal_form=appeal_form or Form(AppealSchema(), sent=False),
        decision_form=decision_form or Form(AppealDecisionSchema(), sent=False),
        undo_form=undo_form or Form(UndoSchema(), sent=False),
        review_days=settings_of(session, zone.id).review_days,
        outcomes=[(one, labels.OUTCOME_NAMES[one]) for one in Outcome],
        role_name=role_name,
        labels=labels,
    )
    status = max((form.status for form in sent), default=200)
    return page, status, {"Cache-Control": "no-store"}


def _is_open(ruling: Ruling) -> bool:
    until = ruling.appeal_until
    return until is not None and until >= clock.today() and not (ruling.appeal or ruling.undone_at)


def _waits_for_other(ruling: Ruling) -> bool:
    waits = ruling.appeal is not None and ruling.appeal.decided_at is None
    return waits and ruling.undone_at is None and ruling.decided_by != actor().person_id


def _can_be_undone(ruling: Ruling) -> bool:
    decided = ruling.appeal is not None and ruling.appeal.decided_at is not None
    return ruling.action in OPEN_TO_APPEAL and ruling.undone_at is None and not decided
