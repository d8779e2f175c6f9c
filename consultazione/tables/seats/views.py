"""Pages of seats at a table, of what it was before, and of an organisation's withdrawal."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.history import Field, day, history
from consultazione.people.models import Organisation
from consultazione.people.queries import get_organisation, organisations
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import take_seat
from consultazione.tables.labels import TABLE_KINDS
from consultazione.tables.models import TableKind, ThematicTable
from consultazione.tables.queries import seats, tables_at_which
from consultazione.tables.schemas import SeatSchema
from consultazione.tables.seats.commands import give_seat_back, withdraw_organisation
from consultazione.tables.seats.kept import changes_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter

_FIELDS = {
    "name": Field(lazy_gettext("Name")),
    "kind": Field(lazy_gettext("Kind"), lambda value: TABLE_KINDS[TableKind(str(value))]),
    "remit": Field(lazy_gettext("What it deals with")),
    "coordinator": Field(lazy_gettext("Coordinator")),
    "closed_at": Field(lazy_gettext("Closed on"), day),
}


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/componenti", methods=["GET", "POST"], endpoint="seats")
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def seats_page(slug: str) -> ResponseReturnValue:
    """Who sits at a table; give an organisation of the register a seat that has none."""
    table = the_table(slug)
    require(actor(), Permission.TAKE_SEAT, zone_id=table.zone_id, table_id=table.id)
    form = Form(SeatSchema())
    if form.perform(partial(take_seat, table_id=table.id)):
        flash(_("The organisation has its seat."), "success")
        return redirect(url_for("tables.show", slug=slug))
    taken = seats(snapshot(), table.id)
    offered = _without_seat(table, {seat.organisation_id for seat in taken})
    page = render_template(
        "tables/seats.html", form=form, table=table, seats=taken, organisations=offered
    )
    return page, form.status


@pages.route(
    f"{IN_CYCLE}/tavoli/<slug>/componenti/<int:organisation_id>/fine",
    methods=["GET", "POST"],
    endpoint="give_seat_back",
)
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def give_seat_back_page(slug: str, organisation_id: int) -> ResponseReturnValue:
    """Take a seat back, for a reason."""
    table = the_table(slug)
    require(actor(), Permission.GIVE_SEAT_BACK, zone_id=table.zone_id, table_id=table.id)
    organisation = _seated(table, organisation_id)
    form = Form(ReasonSchema())
    command = partial(give_seat_back, table_id=table.id, organisation_id=organisation_id)
    if form.perform(command):
        flash(_("The seat is given back. What the organisation did at the table stays."), "success")
        return redirect(url_for("tables.seats", slug=slug))
    page = render_template(
        "tables/give_seat_back.html", form=form, table=table, organisation=organisation
    )
    return page, form.status


@pages.get(f"{IN_CYCLE}/tavoli/<slug>/com-era-prima")
def earlier(slug: str) -> str:
    """What a table was before, and which seats were given back: for everybody."""
    table, session = the_table(slug), snapshot()
    fields = {**_FIELDS, "organisation_id": Field(_("Seat"), partial(_organisation_name, session))}
    return render_template(
        "tables/earlier.html",
        table=table,
        history=history(session, changes_of(session, table), fields),
    )


@pages.route(
    f"{IN_ZONE}/amministrazione/organizzazioni/<int:organisation_id>/ritira",
    methods=["GET", "POST"],
    endpoint="withdraw_organisation",
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WITHDRAW_ORGANISATION)
def withdraw_organisation_page(organisation_id: int) -> ResponseReturnValue:
    """Take an organisation out of the register, with its mandates and its seats."""
    row = get_organisation(snapshot(), organisation_id)
    if row.zone_id != current_zone().id:
        raise NotFound(_("There is no such organisation."))
    form = Form(ReasonSchema())
    if form.perform(partial(withdraw_organisation, organisation_id=row.id)):
        flash(_("The organisation is withdrawn: its mandates have ended."), "success")
        return redirect(url_for("admin.organisation", organisation_id=row.id))
    page = render_template(
        "tables/withdraw_organisation.html",
        form=form,
        organisation=row,
        tables=tables_at_which(snapshot(), row.id),
    )
    return page, form.status


def _without_seat(table: ThematicTable, seated: Collection[int]) -> list[tuple[int, str]]:
    """The organisations of the register that can be seated at a table, by name."""
    register = organisations(snapshot(), table.zone_id, standing=True)
    return [(row.id, row.name) for row in register if row.id not in seated]


def _seated(table: ThematicTable, organisation_id: int) -> Organisation:
    """An organisation that sits at a table; NotFound if it does not."""
    for seat in seats(snapshot(), table.id):
        if seat.organisation_id == organisation_id:
            return seat.organisation
    raise NotFound(_("This organisation has no seat at the table any more."))


def _organisation_name(session: Session, organisation_id: object) -> str:
    return get_organisation(session, int(str(organisation_id))).name
