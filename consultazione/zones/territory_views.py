"""The administrators' page on the zone's territory: what its coordinator may read."""

from __future__ import annotations

from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.forms import act
from consultazione.web.security import WRITING, limiter
from consultazione.zones.blueprint import pages
from consultazione.zones.commands.territories import share_drafts, withhold_drafts

_PAGE = f"{IN_ZONE}/amministrazione/territorio"


@pages.get(_PAGE)
@auth.permission_required(Permission.SHARE_DRAFTS)
def drafts() -> str:
    """Whether the coordinator of the territory reads the zone's drafts, and the button for it."""
    return render_template("zones/drafts.html")


@pages.post(f"{_PAGE}/condividi", endpoint="share_drafts")
@limiter.limit(WRITING)
@auth.permission_required(Permission.SHARE_DRAFTS)
def share_drafts_button() -> ResponseReturnValue:
    """Let the coordinator read the drafts."""
    command = partial(share_drafts, zone_id=current_zone().id)
    done = _("The coordinator of the territory reads the drafts from now on.")
    return act(command, done=done, to=url_for("zones.drafts"))


@pages.post(f"{_PAGE}/riserva", endpoint="withhold_drafts")
@limiter.limit(WRITING)
@auth.permission_required(Permission.WITHHOLD_DRAFTS)
def withhold_drafts_button() -> ResponseReturnValue:
    """Keep the drafts from the coordinator again."""
    command = partial(withhold_drafts, zone_id=current_zone().id)
    done = _("The coordinator of the territory reads no drafts any more.")
    return act(command, done=done, to=url_for("zones.drafts"))
