"""Pages that put a table right: its words, its place among the tables, whether it works."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import version_of
from consultazione.setup.blueprint import pages
from consultazione.setup.commands.tables import (
    change_table,
    close_table,
    move_table,
    reopen_table,
)
from consultazione.setup.schemas import MoveTableSchema, TableSettingsSchema
from consultazione.tables.labels import TABLE_KINDS
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import get_table
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

_WORDS = ("name", "kind", "remit", "coordinator")


@pages.route("/impostazioni/tavoli/<int:table_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def table_settings(table_id: int) -> ResponseReturnValue:
    """Name, kind, remit and coordinator of a table."""
    table = _in_hand(table_id, Permission.CHANGE_TABLE)
    form = Form(TableSettingsSchema(), _read(table), shown={"kind": TABLE_KINDS.__getitem__})
    if form.perform(partial(change_table, table_id=table_id)):
        flash(_("The table is corrected. What it was before stays readable."), "success")
        return _to_settings()
    kinds = [(kind.value, label) for kind, label in TABLE_KINDS.items()]
    table = get_table(renew_snapshot(), table_id)
    page = render_template("setup/table_settings.html", form=form, table=table, kinds=kinds)
    return page, form.status


@pages.post("/impostazioni/tavoli/<int:table_id>/sposta", endpoint="move_table")
@limiter.limit(WRITING)
@auth.sign_in_required
def move_table_button(table_id: int) -> ResponseReturnValue:
    """Let a table change places with the one before or after it."""
    form = Form(MoveTableSchema())
    if form.perform(partial(move_table, table_id=table_id)):
        flash(_("The tables are in their new order."), "success")
    return _to_settings()


@pages.route(
    "/impostazioni/tavoli/<int:table_id>/chiudi", methods=["GET", "POST"], endpoint="close_table"
)
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def close_table_page(table_id: int) -> ResponseReturnValue:
    """Close a table, for a reason."""
    table = _in_hand(table_id, Permission.CLOSE_TABLE)
    form = Form(ReasonSchema())
    if form.perform(partial(close_table, table_id=table_id)):
        flash(_("The table is closed. Everything that happened at it stays readable."), "success")
        return _to_settings()
    return render_template("setup/close_table.html", form=form, table=table), form.status


@pages.route(
    "/impostazioni/tavoli/<int:table_id>/riapri", methods=["GET", "POST"], endpoint="reopen_table"
)
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def reopen_table_page(table_id: int) -> ResponseReturnValue:
    """Open a closed table again, for a reason."""
    table = _in_hand(table_id, Permission.REOPEN_TABLE)
    form = Form(ReasonSchema())
    if form.perform(partial(reopen_table, table_id=table_id)):
        flash(_("The table is open again."), "success")
        return _to_settings()
    return render_template("setup/reopen_table.html", form=form, table=table), form.status


def _in_hand(table_id: int, permission: Permission) -> ThematicTable:
    table = get_table(snapshot(), table_id)
    require(actor(), permission, zone_id=table.zone_id)
    return table


def _read(table: ThematicTable) -> dict[str, object]:
    """What the form says of a table, and which version of it."""
    words = {name: getattr(table, name) or "" for name in _WORDS}
    return {**words, "version": version_of(snapshot(), table)}


def _to_settings() -> ResponseReturnValue:
    return redirect(url_for("setup.settings"))
