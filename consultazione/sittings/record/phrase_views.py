"""The office's pages of a zone's stock phrases: adding, changing and retiring one."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.sittings.blueprint import pages
from consultazione.sittings.record.commands.zone_phrases import (
    add_zone_phrase,
    change_zone_phrase,
    retire_zone_phrase,
)
from consultazione.sittings.record.phrases import STOCK
from consultazione.sittings.record.queries import get_zone_phrase, zone_phrases
from consultazione.sittings.record.schemas import ChangedPhraseSchema, PhraseSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route(f"{IN_ZONE}/amministrazione/frasi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_ZONE_PHRASE)
def phrases() -> ResponseReturnValue:
    """The phrases of the zone and those of the product, and the form that adds one."""
    zone_id = current_zone().id
    form = Form(PhraseSchema())
    if form.perform(partial(add_zone_phrase, zone_id=zone_id)):
        flash(_("The phrase is added: writers of minutes can pick it."), "success")
        return redirect(url_for("sittings.phrases"))
    page = render_template(
        "sittings/phrases.html",
        form=form,
        kept=zone_phrases(snapshot(), zone_id),
        retired=zone_phrases(snapshot(), zone_id, retired=True),
        stock=STOCK,
    )
    return page, form.status


@pages.route("/frasi/<int:zone_phrase_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def phrase(zone_phrase_id: int) -> ResponseReturnValue:
    """Put a phrase in other words."""
    shown = get_zone_phrase(snapshot(), zone_phrase_id)
    require(actor(), Permission.CHANGE_ZONE_PHRASE, zone_id=shown.zone_id)
    form = Form(ChangedPhraseSchema(), {"body": shown.body, "version": str(shown.version)})
    if form.perform(partial(change_zone_phrase, zone_phrase_id=zone_phrase_id)):
        flash(
            _("The phrase is changed; minutes that use it keep the words that they have."),
            "success",
        )
        return redirect(url_for("sittings.phrases"))
    shown = get_zone_phrase(renew_snapshot(), zone_phrase_id)
    overtaken = form.go_on_from("version", shown.version)
    page = render_template("sittings/phrase.html", form=form, phrase=shown, overtaken=overtaken)
    return page, form.status


@pages.post("/frasi/<int:zone_phrase_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def retire_phrase(zone_phrase_id: int) -> ResponseReturnValue:
    """Retire a phrase."""
    command = partial(retire_zone_phrase, zone_phrase_id=zone_phrase_id)
    return act(command, done=_("The phrase is retired."), to=url_for("sittings.phrases"))
