"""Pages of an intervention: its sheet and money, and the forms of the plan office."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core import clock
from consultazione.core.permissions import Permission
from consultazione.programme.blueprint import pages
from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.interventions import (
    add_intervention,
    remove_intervention,
    revise_intervention,
)
from consultazione.programme.commands.results import (
    add_indicator,
    add_resource,
    measure_indicator,
    remove_indicator,
    remove_resource,
)
from consultazione.programme.form_values import (
    cost_rows,
    cost_values,
    rows_in_use,
    sheet_choices,
    sheet_values,
    typed,
)
from consultazione.programme.kinds import ResourceKind
from consultazione.programme.labels import (
    AREA_NAMES,
    KIND_NAMES,
    LEVEL_NAMES,
    POLICY_NAMES,
    RESOURCE_NAMES,
)
from consultazione.programme.queries import (
    answered,
    corrections,
    funds,
    get_indicator,
    get_intervention,
    indicators,
    involved,
    programme_of,
    resources,
    shares,
)
from consultazione.programme.schemas import (
    CostSchema,
    IndicatorSchema,
    MeasureSchema,
    ResourceSchema,
    SheetSchema,
    SpendingSchema,
)
from consultazione.provincial.queries import project_behind
from consultazione.sharing.budgets.queries import budget_behind
from consultazione.sharing.queries import applications_behind
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import bodies

# What is counted rather than paid.
_COUNTED = [
    (kind.value, name)
    for kind, name in RESOURCE_NAMES.items()
    if kind is not ResourceKind.FINANCIAL
]


@pages.get("/interventi/<int:intervention_id>")
def intervention(intervention_id: int) -> str:
    """An intervention: its sheet, its money by body and fund, resources and indicators."""
    session = snapshot()
    row = get_intervention(session, intervention_id)
    earlier = get_intervention(session, row.continues_id) if row.continues_id else None
    return render_template(
        "programme/intervention.html",
        intervention=row,
        earlier=earlier,
        bodies=involved(session, row.id),
        priorities=answered(session, row.id),
        shares=shares(session, [row.id]),
        resources=resources(session, row.id),
        indicators=indicators(session, [row.id]),
        corrections=corrections(session, row.programme_id, row.id),
        project=project_behind(session, row.id),
        chosen=budget_behind(session, row.id),
        applications=applications_behind(session, row.id),
        kinds=KIND_NAMES,
        levels=LEVEL_NAMES,
        areas=AREA_NAMES,
        policies=POLICY_NAMES,
        resource_kinds=RESOURCE_NAMES,
    )


@pages.route(f"{IN_CYCLE}/programma/<int(max=9999):year>/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_INTERVENTION)
def new_intervention(year: int) -> ResponseReturnValue:
    """Put an intervention into a programme."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    form = Form(SheetSchema())
    if made := form.perform(partial(add_intervention, programme_id=programme.id)):
        flash(_("The intervention is in the programme. Now share out its cost."), "success")
        return redirect(url_for("programme.cost", intervention_id=made.id))
    choices = sheet_choices(snapshot(), programme)
    page = render_template(
        "programme/sheet.html", programme=programme, intervention=None, form=form, **choices
    )
    return page, form.status


@pages.route("/interventi/<int:intervention_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REVISE_INTERVENTION)
def revise(intervention_id: int) -> ResponseReturnValue:
    """Write an intervention's sheet anew."""
    row = get_intervention(snapshot(), intervention_id)
    form = Form(SheetSchema(), sheet_values(snapshot(), row))
    if form.perform(partial(revise_intervention, intervention_id=intervention_id)):
        return _back(intervention_id, _("The sheet of the intervention is changed."))
    choices = sheet_choices(snapshot(), row.programme)
    page = render_template(
        "programme/sheet.html", programme=row.programme, intervention=row, form=form, **choices
    )
    return page, form.status


@pages.post("/interventi/<int:intervention_id>/elimina")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REMOVE_INTERVENTION)
def remove(intervention_id: int) -> ResponseReturnValue:
    """Take an intervention out of a draft."""
    year = get_intervention(snapshot(), intervention_id).programme.year
    command = partial(remove_intervention, intervention_id=intervention_id)
    done = _("The intervention is no longer in the programme.")
    return act(command, done=done, to=url_for("programme.show", year=year))


@pages.route("/interventi/<int:intervention_id>/costi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SHARE_COST)
def cost(intervention_id: int) -> ResponseReturnValue:
    """Set an intervention's cost and share it out."""
    row = get_intervention(snapshot(), intervention_id)
    payers = bodies(snapshot(), row.programme.zone_id)
    form = Form(CostSchema(), cost_values(row, shares(snapshot(), [row.id]), payers))
    if form.perform(partial(share_cost, intervention_id=intervention_id)):
        return _back(intervention_id, _("The cost is shared out."))
    rows = cost_rows(form)
    page = render_template(
        "programme/cost.html",
        intervention=row,
        form=form,
        rows=rows,
        in_use=rows_in_use(rows),
        bodies=[(body.id, body.name) for body in payers],
        funds=[(fund.id, fund.name) for fund in funds(snapshot(), row.programme.zone_id)],
    )
    return page, form.status


@pages.route("/interventi/<int:intervention_id>/consuntivo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.RECORD_SPENDING)
def spending(intervention_id: int) -> ResponseReturnValue:
    """Enter what was spent of each share."""
    row = get_intervention(snapshot(), intervention_id)
    found = shares(snapshot(), [row.id])
    form = Form(SpendingSchema(), {"spent": [typed(share.spent) for share in found]})
    if form.perform(partial(record_spending, intervention_id=intervention_id)):
        return _back(intervention_id, _("What was spent is entered."))
    page = render_template("programme/spending.html", intervention=row, shares=found, form=form)
    return page, form.status


@pages.route("/interventi/<int:intervention_id>/risorse/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_RESOURCE)
def new_resource(intervention_id: int) -> ResponseReturnValue:
    """Enter places, things or people that an intervention needs."""
    return _added(
        intervention_id, ResourceSchema(), add_resource, "programme/resource.html", kinds=_COUNTED
    )


@pages.route("/interventi/<int:intervention_id>/indicatori/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_INDICATOR)
def new_indicator(intervention_id: int) -> ResponseReturnValue:
    """Enter an indicator of an intervention."""
    return _added(intervention_id, IndicatorSchema(), add_indicator, "programme/indicator.html")


@pages.post("/interventi/<int:intervention_id>/risorse/<int:resource_id>/elimina")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REMOVE_RESOURCE)
def drop_resource(intervention_id: int, resource_id: int) -> ResponseReturnValue:
    """Take a resource out of a draft."""
    command = partial(remove_resource, resource_id=resource_id)
    return act(command, done=_("The resource is removed."), to=_page_of(intervention_id))


@pages.post("/interventi/<int:intervention_id>/indicatori/<int:indicator_id>/elimina")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REMOVE_INDICATOR)
def drop_indicator(intervention_id: int, indicator_id: int) -> ResponseReturnValue:
    """Take an indicator out of a draft."""
    command = partial(remove_indicator, indicator_id=indicator_id)
    return act(command, done=_("The indicator is removed."), to=_page_of(intervention_id))


@pages.route(
    "/interventi/<int:intervention_id>/indicatori/<int:indicator_id>/misura",
    methods=["GET", "POST"],
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.MEASURE_INDICATOR)
def measure(intervention_id: int, indicator_id: int) -> ResponseReturnValue:
    """Enter what the yearly review has measured."""
    row = get_indicator(snapshot(), intervention_id, indicator_id)
    form = Form(MeasureSchema(), {"on_day": clock.today().isoformat()})
    if form.perform(partial(measure_indicator, indicator_id=indicator_id)):
        return _back(row.intervention_id, _("The measure is entered, with its evidence."))
    place = get_intervention(snapshot(), row.intervention_id)
    page = render_template("programme/measure.html", indicator=row, intervention=place, form=form)
    return page, form.status


def _added(
    intervention_id: int, schema: Schema, command: Callable[..., Any], template: str, **more: Any
) -> ResponseReturnValue:
    """A form that adds something to an intervention."""
    row = get_intervention(snapshot(), intervention_id)
    form = Form(schema)
    if form.perform(partial(command, intervention_id=intervention_id)):
        return _back(intervention_id, _("It is entered in the intervention."))
    return render_template(template, intervention=row, form=form, **more), form.status


def _page_of(intervention_id: int) -> str:
    return url_for("programme.intervention", intervention_id=intervention_id)


def _back(intervention_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(_page_of(intervention_id))
