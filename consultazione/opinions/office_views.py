"""Pages of opinion maps for those who run the table: open one, decide on statements, close it."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.opinions.blueprint import pages
from consultazione.opinions.commands.maps import close_opinion_map, open_opinion_map
from consultazione.opinions.commands.opinions import admit_opinion, refuse_opinion
from consultazione.opinions.queries import get_map, get_opinion
from consultazione.opinions.schemas import OpinionMapSchema
from consultazione.tables.queries import table_by_slug
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/opinioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def begin(slug: str) -> ResponseReturnValue:
    """Open an opinion map at a table."""
    table = table_by_slug(snapshot(), current_cycle().id, slug)
    require(actor(), Permission.OPEN_OPINION_MAP, zone_id=table.zone_id, table_id=table.id)
    form = Form(OpinionMapSchema(), {"least_group": 5})
    if opened := form.perform(partial(open_opinion_map, table_id=table.id)):
        flash(_("People can answer now."), "success")
        return redirect(url_for("opinions.show", opinion_map_id=opened.id))
    return render_template("opinions/begin.html", table=table, form=form), form.status


@pages.post("/opinioni/affermazioni/<int:opinion_id>/ammetti")
@limiter.limit(WRITING)
@auth.sign_in_required
def admit(opinion_id: int) -> ResponseReturnValue:
    """Put a proposed statement among those that people answer."""
    to = _page_of(opinion_id)
    command = partial(admit_opinion, opinion_id=opinion_id)
    return act(command, done=_("People can answer it now."), to=to)


@pages.route("/opinioni/affermazioni/<int:opinion_id>/rifiuta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def refuse(opinion_id: int) -> ResponseReturnValue:
    """Do not admit a proposed statement, and say why."""
    opinion = get_opinion(snapshot(), opinion_id)
    table = get_map(snapshot(), opinion.map_id).table
    require(actor(), Permission.REFUSE_OPINION, zone_id=table.zone_id, table_id=table.id)
    form = Form(ReasonSchema())
    if form.perform(partial(refuse_opinion, opinion_id=opinion_id)):
        flash(_("It is not admitted, with your reason."), "success")
        return redirect(_page_of(opinion_id))
    page = render_template(
        "opinions/refuse.html", opinion=opinion, back=_page_of(opinion_id), form=form
    )
    return page, form.status


@pages.post("/opinioni/<int:opinion_map_id>/chiudi")
@limiter.limit(WRITING)
@auth.sign_in_required
def close(opinion_map_id: int) -> ResponseReturnValue:
    """Take no more answers; the map is drawn."""
    command = partial(close_opinion_map, map_id=opinion_map_id)
    to = url_for("opinions.show", opinion_map_id=opinion_map_id)
    return act(command, done=_("The map is closed, and is being drawn."), to=to)


def _page_of(opinion_id: int) -> str:
    map_id = get_opinion(snapshot(), opinion_id).map_id
    return url_for("opinions.show", opinion_map_id=map_id, _anchor="affermazioni")
