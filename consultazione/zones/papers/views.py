"""Pages of attached documents: attaching one, its bytes, withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.acts.queries import get_act
from consultazione.zones.blueprint import pages
from consultazione.zones.gatherings.models import Gathering
from consultazione.zones.gatherings.queries import get_gathering
from consultazione.zones.models import Act
from consultazione.zones.papers.commands import attach_document, withdraw_document
from consultazione.zones.papers.models import Attachment
from consultazione.zones.papers.queries import get_attachment, zone_of
from consultazione.zones.schemas import DocumentSchema


@pages.route("/atti/<int:act_id>/documenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def attach_to_act(act_id: int) -> ResponseReturnValue:
    """Attach a document to an act."""
    owner = get_act(snapshot(), act_id)
    back = url_for("zones.act", act_id=act_id)
    return _attach(owner, back, partial(attach_document, act_id=act_id))


@pages.route("/incontri/<int:gathering_id>/documenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def attach_to_gathering(gathering_id: int) -> ResponseReturnValue:
    """Attach a document to a conference, a seminar or an assembly."""
    owner = get_gathering(snapshot(), gathering_id)
    back = url_for("zones.gathering", gathering_id=gathering_id)
    return _attach(owner, back, partial(attach_document, gathering_id=gathering_id))


@pages.get("/documenti/<int:attachment_id>/<file_name>")
def document(attachment_id: int, file_name: str) -> Response:
    """Serve a document's bytes to anybody, unless it is withdrawn."""
    attachment = get_attachment(snapshot(), attachment_id)
    if attachment.withdrawn_at is not None:
        raise NotFound(_("This document was withdrawn: %(reason)s", reason=_reason(attachment)))
    return files.sent(attachment, file_name)


@pages.route("/documenti/<int:attachment_id>/ritira", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def withdraw_paper(attachment_id: int) -> ResponseReturnValue:
    """Withdraw a document, for a reason."""
    attachment = get_attachment(snapshot(), attachment_id)
    zone_id = zone_of(snapshot(), attachment)
    require(actor(), Permission.WITHDRAW_DOCUMENT, zone_id=zone_id)
    back = (
        url_for("zones.act", act_id=attachment.act_id)
        if attachment.act_id
        else url_for("zones.gathering", gathering_id=attachment.gathering_id)
    )
    form = Form(ReasonSchema())
    if form.perform(partial(withdraw_document, attachment_id=attachment_id)):
        flash(_("The document is withdrawn."), "success")
        return redirect(back)
    page = render_template("zones/withdraw_paper.html", form=form, paper=attachment, back=back)
    return page, form.status


def _attach(
    owner: Act | Gathering, back: str, command: Callable[..., Attachment]
) -> ResponseReturnValue:
    require(actor(), Permission.ATTACH_DOCUMENT, zone_id=owner.zone_id)
    form = Form(DocumentSchema())
    if form.perform(command, before=files.with_file):
        flash(_("The document is published."), "success")
        return redirect(back)
    page = render_template(
        "zones/attach.html",
        form=form,
        owner=owner,
        back=back,
        accept=files.ACCEPT,
        is_scanned=files.is_scanned(),
    )
    return page, form.status


def _reason(attachment: Attachment) -> str:
    return attachment.withdrawn_reason or ""
