"""The page of a sitting's proxies: who gave theirs to whom, and the forms that register them."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core import clock
from consultazione.core.permissions import Permission, acting_person, may, require
from consultazione.sittings.blueprint import pages
from consultazione.sittings.delegating.commands import (
    NO_PROXIES,
    give_proxy,
    withdraw_proxy,
)
from consultazione.sittings.delegating.labels import ENDS
from consultazione.sittings.delegating.queries import why_no_vote
from consultazione.sittings.delegating.schemas import DeskProxySchema, OwnProxySchema
from consultazione.sittings.proxies.queries import get_proxy, proxies_shown
from consultazione.sittings.queries import get_sitting
from consultazione.tables.rules import rule_of
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/sedute/<int:sitting_id>/deleghe")
@auth.sign_in_required
def proxies(sitting_id: int) -> ResponseReturnValue:
    """Show the proxies of a sitting, with the forms of who may register one."""
    return _show(sitting_id, Form(OwnProxySchema()))


@pages.post("/sedute/<int:sitting_id>/deleghe/mia")
@limiter.limit(WRITING)
@auth.sign_in_required
def own_proxy_form(sitting_id: int) -> ResponseReturnValue:
    """Give one's own proxy."""
    return _register(sitting_id, OwnProxySchema(), "own")


@pages.post("/sedute/<int:sitting_id>/deleghe")
@limiter.limit(WRITING)
@auth.sign_in_required
def desk_proxy_form(sitting_id: int) -> ResponseReturnValue:
    """Register the proxy of somebody whose written act the desk has seen."""
    table = get_sitting(snapshot(), sitting_id).table
    require(actor(), Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id)
    return _register(sitting_id, DeskProxySchema(), "desk")


@pages.post("/deleghe/<int:proxy_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_proxy_button(proxy_id: int) -> ResponseReturnValue:
    """Withdraw a proxy."""
    page = url_for("sittings.proxies", sitting_id=get_proxy(snapshot(), proxy_id).sitting_id)
    command = partial(withdraw_proxy, proxy_id=proxy_id)
    return act(command, done=_("The proxy is withdrawn."), to=page)


def _register(sitting_id: int, schema: Schema, form_of: str) -> ResponseReturnValue:
    form = Form(schema)
    if form.perform(partial(give_proxy, sitting_id=sitting_id)):
        flash(_("The proxy is registered."), "success")
        return redirect(url_for("sittings.proxies", sitting_id=sitting_id), 303)
    renew_snapshot()
    return _show(sitting_id, form, form_of)


def _show(sitting_id: int, form: Form, form_of: str = "own") -> ResponseReturnValue:
    """Render the page. form_of: which of its forms was sent: one's own, or the desk's."""
    sitting = get_sitting(snapshot(), sitting_id)
    table = sitting.table
    found = proxies_shown(snapshot(), sitting, actor())
    most = rule_of(table.rule).proxies
    page = render_template(
        "sittings/proxies.html",
        sitting=sitting,
        proxies=found,
        most=most,
        closed=NO_PROXIES if not most else None,
        ends=ENDS,
        at_desk=may(actor(), Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id),
        why_not=why_no_vote(snapshot(), sitting, acting_person(actor()), at=clock.now()),
        given=any(proxy.yours and proxy.ended_at is None for proxy in found),
        form=form,
        form_of=form_of,
    )
    return page, form.status
