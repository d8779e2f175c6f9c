"""The page from which the archive of a cycle is taken away."""

from __future__ import annotations

from functools import partial

from flask import Response, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.archive.blueprint import pages
from consultazione.archive.commands import request_archive
from consultazione.archive.queries import archive_state
from consultazione.config import Settings
from consultazione.core.errors import NotFound
from consultazione.core.incoming.uploads import path_of
from consultazione.core.permissions import Permission
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import act
from consultazione.web.request_db import read, snapshot
from consultazione.web.security import WRITING, limiter, reads_much


@pages.get(f"{IN_CYCLE}/archivio")
def show() -> str:
    """The newest archive of the cycle, and how it is verified."""
    state = archive_state(snapshot(), current_cycle().id)
    return render_template("archive/show.html", state=state)


@pages.post(f"{IN_CYCLE}/archivio")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REQUEST_ARCHIVE)
def request() -> ResponseReturnValue:
    """Ask for an archive."""
    command = partial(request_archive, cycle_id=current_cycle().id)
    return act(command, done=_("The archive is being made."), to=url_for("archive.show"))


@pages.get(f"{IN_CYCLE}/archivio/archivio.zip")
@reads_much()
def download() -> Response:
    """The newest archive of the cycle."""
    cycle = current_cycle()
    name = f"archivio-{cycle.zone.slug}-{cycle.years}.zip"
    made = read(lambda session: archive_state(session, cycle.id)).event
    settings: Settings = current_app.extensions["settings"]
    file = path_of(settings.uploads_dir, made.sha256) if made else None
    if file is None or not file.exists():
        raise NotFound(_("There is no archive of this cycle yet."))
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=name)
