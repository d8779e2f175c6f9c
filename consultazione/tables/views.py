"""Pages of the tables: the list, one table with its activity, and the forms."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock, log
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import versions
from consultazione.plan.fates import fates
from consultazione.proposals.queries import count_proposals
from consultazione.proposals.search import Filter, Order, find_proposals
from consultazione.sittings.labels import state_of
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import table_sittings
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.commands import set_up_table
from consultazione.tables.events import table_stream
from consultazione.tables.holding.steps import waits_at
from consultazione.tables.labels import DEEDS, TABLE_KINDS, WHO
from consultazione.tables.models import Material
from consultazione.tables.queries import (
    accreditations,
    materials_by_sitting,
    seats,
    table_materials,
    tables,
)
from consultazione.tables.rights.standing import why_not_at
from consultazione.tables.rules import Deed, rule_of
from consultazione.tables.schemas import TableSchema
from consultazione.tables.seats.kept import count_changes
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form
from consultazione.web.last_update import page_follows
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

_PROPOSALS_SHOWN = 6
SITTINGS_A_PAGE = 10
MATERIALS_A_PAGE = 20


@pages.get(f"{IN_CYCLE}/tavoli")
def index() -> str:
    """The cycle's tables, with kind, remit and coordinator."""
    rows = tables(snapshot(), current_cycle().id)
    page_follows(*(table_stream(table.id) for table in rows))
    counts = count_proposals(snapshot(), [table.id for table in rows])
    return render_template("tables/index.html", tables=rows, kinds=TABLE_KINDS, counts=counts)


@pages.get(f"{IN_CYCLE}/tavoli/<slug>")
def show(slug: str) -> str:
    """A table with its seats, sittings, materials and proposals."""
    table, session = the_table(slug), snapshot()
    order = Order.SUPPORTED if request.args.get("ordine") == Order.SUPPORTED else Order.NEWEST
    chosen = Filter(cycle_id=table.cycle_id, table_id=table.id, order=order)
    held, last_held = _sittings(table.id)
    papers, last_paper = _papers(table.id)
    sitting_papers = materials_by_sitting(session, [sitting.id for sitting in held])
    shown = [*papers, *(paper for rows in sitting_papers.values() for paper in rows)]
    proposals = find_proposals(session, chosen, limit=_PROPOSALS_SHOWN)
    return render_template(
        "tables/show.html",
        table=table,
        kind=TABLE_KINDS[table.kind],
        head=log.head(session, table_stream(table.id)),
        seats=seats(session, table.id),
        accreditations=accreditations(session, table.id),
        rule=rule_of(table.rule),
        reads_first=waits_at(session, table.id),
        deeds=DEEDS,
        who=WHO,
        not_proposing=why_not_at(session, table, Deed.PROPOSE, actor().person_id, at=clock.now()),
        changes=count_changes(session, table),
        sittings=held,
        next_sitting=last_held.id if last_held else None,
        sitting_papers=sitting_papers,
        changed=versions(session, Material, [paper.id for paper in shown]),
        papers=papers,
        next_paper=last_paper.id if last_paper else None,
        proposals=proposals,
        fates=fates(session, [listed.proposal for listed in proposals]),
        order=order,
        state_of=state_of,
    )


def _sittings(table_id: int) -> tuple[list[Sitting], Sitting | None]:
    """The requested page of the table's sittings, and the last one if more follow."""
    most, before = SITTINGS_A_PAGE, asked_id("sedute_prima")
    return paged(table_sittings(snapshot(), table_id, before=before, limit=most + 1), most)


def _papers(table_id: int) -> tuple[list[Material], Material | None]:
    """The requested page of the table's own materials, and the last one if more follow."""
    most, before = MATERIALS_A_PAGE, asked_id("materiali_prima")
    return paged(table_materials(snapshot(), table_id, before=before, limit=most + 1), most)


@pages.route(f"{IN_CYCLE}/nuovo-tavolo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new() -> ResponseReturnValue:
    """Set up a table."""
    require(actor(), Permission.SET_UP_TABLE, zone_id=current_zone().id)
    form = Form(TableSchema())
    table = form.perform(partial(set_up_table, cycle_id=current_cycle().id))
    if table:
        flash(_("The table is set up."), "success")
        return redirect(url_for("tables.show", slug=table.slug))
    kinds = [(kind.value, name) for kind, name in TABLE_KINDS.items()]
    return render_template("tables/new.html", form=form, kinds=kinds), form.status
