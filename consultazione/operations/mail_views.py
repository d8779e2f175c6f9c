"""The administrators' page of mail: what was sent, what was not, and what is kept."""

from __future__ import annotations

from flask import current_app, render_template, url_for

from consultazione.config import Settings
from consultazione.core.mail.outbox import newest
from consultazione.core.permissions import Permission
from consultazione.notices.kinds import NAMES
from consultazione.operations.blueprint import pages
from consultazione.operations.kept_mail import read_kept
from consultazione.operations.labels import MAIL_STATE_NAMES
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.paging import paged
from consultazione.web.request_db import snapshot
from consultazione.web.url_converters import asked_id

A_PAGE = 20


@pages.get("/amministrazione/posta")
@auth.permission_required(Permission.READ_MAIL)
def mail() -> str:
    """The newest mails, with what those say that no server took; noted in the security log."""
    settings: Settings = current_app.extensions["settings"]
    rows = newest(snapshot(), before=asked_id("prima"), limit=A_PAGE + 1)
    shown, last = paged(rows, A_PAGE)
    folder, zone_id = settings.mail_dir, current_zone().id
    kept = [(row, read_kept(snapshot(), folder, row, zone_id=zone_id)) for row in shown]
    if any(text is not None for _row, text in kept):
        note(Kind.MAIL_READ)
    return render_template(
        "operations/mail.html",
        mails=kept,
        kind_names=NAMES,
        state_names=MAIL_STATE_NAMES,
        next_url=url_for("operations.mail", prima=last.id) if last else None,
    )
