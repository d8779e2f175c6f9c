"""Pages that invite everybody on a list: choosing the file, looking line by line, confirming."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, Sentence
from consultazione.core.incoming.kept import Shelf, gone
from consultazione.core.permissions import ROLE_NAMES, Permission
from consultazione.core.threadpool import offload
from consultazione.exchange.reading.csv_text import sheets_of
from consultazione.exchange.reading.faults import FaultKind, UnreadableFile
from consultazione.exchange.sentences import sentence_of
from consultazione.people.blueprint import admin
from consultazione.people.invitations.commands import invite_people
from consultazione.people.invitations.planning import plan_of
from consultazione.people.invitations.rows import MOST, Invitee, columns_of, invitees
from consultazione.people.invitations.views import named_tables
from consultazione.web import auth
from consultazione.web.current_zone import current_zone
from consultazione.web.fields import NoFieldsSchema
from consultazione.web.files.stored import sent_content, sent_name
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.security import WRITING, limiter

_FOLDER = "inviti"
# How much of a long report a page shows.
_SHOWN = 300
_NO_LIST = lazy_gettext("Choose a CSV file: in a spreadsheet, save the list as CSV.")
_Lines = list[tuple[int, list[str | None]]]


@admin.route("/inviti/elenco", methods=["GET", "POST"], endpoint="invite_by_file")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.INVITE_PEOPLE)
def upload_page() -> ResponseReturnValue:
    """Choose a list of people to invite."""
    form = Form(NoFieldsSchema())
    if token := form.perform(_look_first, before=_keep_upload):
        return redirect(url_for("admin.invitations_preview", token=token))
    return render_template("people/admin/invite_by_file.html", form=form, most=MOST), form.status


@admin.route("/inviti/elenco/<token>", methods=["GET", "POST"], endpoint="invitations_preview")
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.INVITE_PEOPLE)
def preview_page(token: str) -> ResponseReturnValue:
    """What becomes of each line; sent, all of them are invited."""
    found, form = _kept(token), Form(NoFieldsSchema())
    tables, zone_id = named_tables(), current_zone().id
    invite = partial(invite_people, zone_id=zone_id, found=found, tables=tables)
    if count := form.perform(invite):
        _shelf().forget(token)
        flash(_("%(count)s invitations are on their way.", count=count), "success")
        return redirect(url_for("admin.invitations"))
    plan = plan_of(renew_snapshot(), zone_id, _kept(token), tables)
    page = render_template(
        "people/admin/invitations_preview.html",
        form=form,
        token=token,
        plan=plan,
        shown=_SHOWN,
        role_names=ROLE_NAMES,
    )
    return page, form.status


def _look_first(_tx: Transaction, *, token: str) -> str:
    """Nothing is changed before the preview is confirmed."""
    return token


def _keep_upload() -> Mapping[str, object]:
    """Read the file that was sent, and keep its lines; Invalid on `file` if it cannot be read."""
    if not sent_name().lower().endswith((".csv", ".txt")):
        raise Invalid.at("file", _NO_LIST)
    lines = offload(_lines_of, sent_content())
    invitees(columns_of(lines[0][1]), [])
    note = json.dumps({"person_id": actor().person_id, "zone": current_zone().id, "lines": lines})
    return {"token": offload(_shelf().keep, note, clock.now())}


def _lines_of(content: bytes) -> _Lines:
    """The lines of a CSV file: its separator and encoding are found out."""
    try:
        (sheet,) = sheets_of(BytesIO(content))
        lines = list(_cells(sheet.rows))
    except UnreadableFile as error:
        raise Invalid.at("file", _why(error)) from error
    if len(lines) < 2:
        raise Invalid.at("file", _("Only headings stand in the file: add the lines below them."))
    return lines


def _cells(rows: Any) -> Iterator[tuple[int, list[str | None]]]:
    for count, row in enumerate(rows):
        if count > MOST:
            raise Invalid.at(
                "file", _("The list has more than %(most)s lines: split it.", most=MOST)
            )
        yield row.number, [cell if type(cell) is str else None for cell in row.cells]


def _why(error: UnreadableFile) -> Sentence:
    if error.fault.kind is FaultKind.BROKEN and error.fault.row:
        return _(
            "From line %(line)s on the file cannot be read: a quotation mark is opened there and "
            "not closed. Correct the line, and choose the file anew.",
            line=error.fault.row,
        )
    return _NO_LIST if error.fault.kind is FaultKind.NOT_TEXT else sentence_of(error.fault)


def _kept(token: str) -> list[Invitee]:
    """Whom the kept lines name; NotFound unless the reader chose the file, in this zone."""
    note = json.loads(offload(_shelf().find, token))
    if (note["person_id"], note["zone"]) != (actor().person_id, current_zone().id):
        raise gone()
    first, *rest = note["lines"]
    return invitees(columns_of(first[1]), rest)


def _shelf() -> Shelf:
    settings: Settings = current_app.extensions["settings"]
    return Shelf(Path(settings.uploads_dir) / _FOLDER)
