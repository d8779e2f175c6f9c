"""The download of a zone's file, for its administrators."""

from __future__ import annotations

from flask import Response, current_app

from consultazione.core.permissions import Permission
from consultazione.importing.blueprint import pages
from consultazione.importing.export.zone import zone_file
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_zone
from consultazione.web.request_db import snapshot
from consultazione.zones.models import Zone


@pages.get(f"{IN_CYCLE}/impostazioni/zona.yaml", endpoint="zone_file")
@auth.permission_required(Permission.CHANGE_SETTINGS)
def download() -> Response:
    """The zone with all its cycles, as a file that can be imported."""
    zone = snapshot().get_one(Zone, current_zone().id)
    text = zone_file(snapshot(), zone.id, current_app.extensions["settings"].uploads_dir)
    response = Response(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{zone.slug}.yaml"'
    return response
