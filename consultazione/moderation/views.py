"""Reporting a text, ruling on it, and what a person hears of both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.moderation import labels
from consultazione.moderation.address_views import home_url, named, ruling_url, subject_at
from consultazione.moderation.blueprint import pages
from consultazione.moderation.commands.reporting import report_text
from consultazione.moderation.commands.ruling import rule_on_text
from consultazione.moderation.queries import (
    has_reported,
    held_of,
    person_names,
    reports_by,
    reports_on,
    rulings_about,
    rulings_on,
)
from consultazione.moderation.rules import names_of, rules_of
from consultazione.moderation.schemas import ReportSchema, RulingSchema
from consultazione.moderation.settings import settings_of
from consultazione.moderation.subjects import FAMILIES, Subject
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

# Whoever reports in series is slowed down, not the reader who finds two bad texts.
_REPORTS = "10 per hour"
_MINE = 50


@pages.route("/proposte/<int:proposal_id>/segnala", methods=["GET", "POST"])
@pages.route("/osservazioni/<int:comment_id>/segnala", methods=["GET", "POST"])
@pages.route("/domande/<int:question_id>/segnala", methods=["GET", "POST"])
@pages.route("/dichiarazioni/<int:statement_id>/segnala", methods=["GET", "POST"])
@pages.route("/messaggi/<int:chat_message_id>/segnala", methods=["GET", "POST"])
@limiter.limit(_REPORTS, methods=["POST"])
@auth.sign_in_required
def report(**address: int) -> ResponseReturnValue:
    """Report a text to those who moderate."""
    kind, text_id = named(address)
    form = Form(ReportSchema())
    if form.perform(partial(report_text, kind=kind, text_id=text_id)):
        flash(_("Thank you. Somebody looks at it, and you hear what comes of it."), "success")
        return redirect(url_for("moderation.mine"))
    subject = subject_at(renew_snapshot(), address)
    if not FAMILIES[kind].may_read(snapshot(), actor(), subject):
        raise NotFound(_("This text is not shown any more."))
    page = render_template(
        "moderation/report.html",
        form=form,
        subject=subject,
        home=home_url(subject),
        rules=rules_of(snapshot(), subject.zone_id),
        is_reported=has_reported(snapshot(), kind, text_id, actor().person_id or 0),
        names=labels.TEXT_NAMES,
    )
    return page, form.status


@pages.route("/proposte/<int:proposal_id>/modera", methods=["GET", "POST"])
@pages.route("/osservazioni/<int:comment_id>/modera", methods=["GET", "POST"])
@pages.route("/domande/<int:question_id>/modera", methods=["GET", "POST"])
@pages.route("/dichiarazioni/<int:statement_id>/modera", methods=["GET", "POST"])
@pages.route("/messaggi/<int:chat_message_id>/modera", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def rule(**address: int) -> ResponseReturnValue:
    """Rule on a text, with what was reported of it and what was ruled before."""
    kind, text_id = named(address)
    subject = subject_at(snapshot(), address)
    require(
        actor(),
        Permission.RULE_ON_TEXT,
        zone_id=subject.zone_id,
        table_id=subject.table_id,
    )
    form = Form(RulingSchema())
    if form.perform(partial(rule_on_text, kind=kind, text_id=text_id)):
        flash(_("Done. The author and whoever reported it are told."), "success")
        return redirect(ruling_url(kind, text_id))
    subject = subject_at(renew_snapshot(), address)
    page = render_template("moderation/rule.html", form=form, **_desk(subject))
    return page, form.status, {"Cache-Control": "no-store"}


def _desk(subject: Subject) -> Mapping[str, object]:
    """What somebody reads before they rule on a text."""
    session, rulings = snapshot(), rulings_on(snapshot(), subject.kind, subject.id)
    known = {subject.author_id, *(one.decided_by for one in rulings)}
    return {
        "subject": subject,
        "home": home_url(subject),
        "reports": reports_on(session, subject.kind, subject.id),
        "rulings": rulings,
        "rules": rules_of(session, subject.zone_id),
        "rule_names": names_of(session, subject.zone_id),
        "actions": [(one, labels.ACTION_NAMES[one]) for one in FAMILIES[subject.kind].actions],
        "appeal_days": settings_of(session, subject.zone_id).appeal_days,
        "persons": person_names(session, known),
        "labels": labels,
    }


@pages.get("/profilo/moderazione")
@auth.sign_in_required
def mine() -> ResponseReturnValue:
    """What one has reported and what came of it, and what was decided on one's own texts."""
    session, person_id = snapshot(), actor().person_id or 0
    reports = reports_by(session, person_id, limit=_MINE)
    page = render_template(
        "moderation/mine.html",
        reports=reports,
        held=held_of(session, person_id, limit=_MINE),
        rulings=rulings_about(session, person_id, limit=_MINE),
        labels=labels,
    )
    return page, {"Cache-Control": "no-store"}
