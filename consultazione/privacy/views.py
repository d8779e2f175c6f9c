"""Fetching a copy of one's own data, and deleting one's account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.people.credentials.identity_proof import credentials_of, proving
from consultazione.privacy.blueprint import pages
from consultazione.privacy.commands.downloads import (
    TAKING_DATA,
    delete_own_data,
    request_own_data,
)
from consultazione.privacy.commands.leaving import LEAVING, delete_own_account
from consultazione.privacy.labels import LEFT_TEXTS
from consultazione.privacy.leaving import (
    holds_office,
    mandates_of,
    written_by,
    zones_written_in,
)
from consultazione.privacy.models import DataDownload
from consultazione.privacy.queries import downloads_of, zone_names
from consultazione.privacy.schemas import LeaveSchema, ProvedSchema
from consultazione.privacy.settings import settings_of
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.confirming import confirmed_by_actor

_PRIVATE = {"Cache-Control": "no-store"}


@pages.route("/profilo/copia-dei-dati", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def own_data() -> ResponseReturnValue:
    """Ask for a copy of all that is kept about oneself, and fetch it."""
    form = Form(ProvedSchema())
    if form.perform(request_own_data, before=_proved_for_data):
        flash(_("We are making your copy. You get a mail when it is ready."), "success")
        return redirect(url_for("privacy.own_data"))
    downloads = downloads_of(renew_snapshot(), actor().person_id or 0)
    page = render_template("privacy/own_data.html", form=form, downloads=downloads)
    return page, form.status, {**_PRIVATE, **form.headers}


@pages.get("/profilo/copia-dei-dati/<int:download_id>")
@auth.sign_in_required
def download(download_id: int) -> Response:
    """The file, for its owner alone; that it was fetched is noted in the security log."""
    row = _own(download_id)
    path = _folder() / f"{row.name}.zip"
    if row.name is None or not path.is_file():
        raise NotFound(_("This copy is deleted: ask for another."))
    note(Kind.DATA_TAKEN, download=row.id)
    answer = send_file(
        path, mimetype="application/zip", as_attachment=True, download_name="i-miei-dati.zip"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/profilo/copia-dei-dati/<int:download_id>/cancella")
@limiter.limit(WRITING)
@auth.sign_in_required
def delete_download(download_id: int) -> ResponseReturnValue:
    """Delete one's copy before its time."""
    _own(download_id)
    with transaction() as tx:
        name = delete_own_data(tx, download_id=download_id)
    if name is not None:
        (_folder() / f"{name}.zip").unlink(missing_ok=True)
    flash(_("The copy is deleted."), "success")
    return redirect(url_for("privacy.own_data"))


@pages.route("/profilo/cancella-account", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def leave() -> ResponseReturnValue:
    """Delete one's own account, with all that stays and goes said before."""
    files = _files_of_actor()
    form = Form(LeaveSchema())
    if form.perform(delete_own_account, before=_proved_for_leaving):
        for path in files:
            path.unlink(missing_ok=True)
        auth.forget()
        flash(_("Your account is deleted."), "success")
        return redirect(url_for("home.index"))
    page = render_template("privacy/leave.html", form=form, **_what_goes_and_stays())
    return page, form.status, {**_PRIVATE, **form.headers}


def _files_of_actor() -> list[Path]:
    """The files of the actor's copies, which go with the account."""
    rows = downloads_of(snapshot(), actor().person_id or 0)
    return [_folder() / f"{row.name}.zip" for row in rows if row.name]


def _what_goes_and_stays() -> Mapping[str, object]:
    session, person_id = renew_snapshot(), actor().person_id or 0
    zones = zones_written_in(session, person_id)
    names = zone_names(session, zones)
    return {
        "is_in_office": holds_office(session, person_id),
        "mandates": mandates_of(session, person_id, at=clock.now()),
        "written": written_by(session, person_id),
        "rules": [(names[one], LEFT_TEXTS[settings_of(session, one).left_texts]) for one in zones],
    }


def _own(download_id: int) -> DataDownload:
    """A copy of the actor's own; NotFound for anybody else's."""
    row = snapshot().get(DataDownload, download_id)
    if row is None or row.person_id != actor().person_id:
        raise NotFound(_("There is no such copy."))
    return row


def _folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.downloads_dir


def _proved_for_data(*, password: str) -> Mapping[str, Any]:
    proof = confirmed_by_actor(credentials_of, proving(password, purpose=TAKING_DATA))
    return {"proof": proof}


def _proved_for_leaving(*, password: str, understood: str) -> Mapping[str, Any]:
    proof = confirmed_by_actor(credentials_of, proving(password, purpose=LEAVING))
    return {"proof": proof}
