"""Pages of what-ifs: try out, see the effect at once, store it, put it beside a point."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, Refusal
from consultazione.core.permissions import Permission, may
from consultazione.core.text import has_control_characters
from consultazione.programme.models import AnnualProgramme
from consultazione.programme.queries import funds, interventions, programmes_of
from consultazione.sharing import queries
from consultazione.sharing.blueprint import whatif
from consultazione.sharing.commands.applying import apply_scenario
from consultazione.sharing.commands.scenarios import (
    attach_scenario,
    detach_scenario,
    store_scenario,
)
from consultazione.sharing.models import Scenario, ScenarioApplication
from consultazione.sharing.schemas import gathered, with_interventions
from consultazione.sharing.views import asked_year, common
from consultazione.sharing.whatif import basis_of
from consultazione.sharing.whatif_form import Sheet, read_sheet
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.queries import coming_sittings, get_sitting
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot, transaction
from consultazione.web.security import READING_MUCH, WRITING, limiter
from consultazione.web.url_converters import asked_id, sent_id
from consultazione.zones.models import Cycle
from consultazione.zones.queries import get_cycle


@whatif.route(f"{IN_CYCLE}/riparto/simulazione", methods=["GET", "POST"])
@limiter.limit(READING_MUCH, methods=["POST"])
def show() -> ResponseReturnValue:
    """Change amounts, criteria and percentages, and see what each municipality would pay.

    A POST changes nothing: the form is too long for an address. The part of the page that shows
    the effect alone is asked for with `parte=effetto`.
    """
    sheet = read_sheet(request.form, basis_of(snapshot(), _cycle(), asked_year()))
    return _page(sheet)


@whatif.post(f"{IN_CYCLE}/riparto/simulazione/salva")
@limiter.limit(WRITING)
@auth.sign_in_required
def store() -> ResponseReturnValue:
    """Store a what-if under a name, beside a point of an agenda if it was begun there."""
    sheet = read_sheet(request.form, basis_of(snapshot(), _cycle(), asked_year()))
    scenario = None if sheet.errors else _stored(sheet)
    if scenario is None:
        return _page(sheet)
    flash(_("The what-if is stored: it can be discussed and voted on as it is."), "success")
    return redirect(url_for("whatif.stored", scenario_id=scenario.id))


@whatif.get("/simulazioni/<int:scenario_id>")
def stored(scenario_id: int) -> str:
    """A stored what-if with all its figures, and where it is discussed and voted on."""
    session = snapshot()
    scenario = queries.get_scenario(session, scenario_id)
    points = queries.points_of(session, scenario_id)
    sittings = {p.sitting_id: get_sitting(session, p.sitting_id) for p in points}
    return render_template(
        "sharing/scenario.html",
        scenario=scenario,
        figures=scenario.figures,
        points=points,
        sittings=sittings,
        polls=queries.polls_at(session, [point.id for point in points]),
        application=queries.application_of(session, scenario_id),
        interventions=queries.interventions_of(session, scenario_id),
        may_apply=bool(queries.votes_for(session, scenario_id)),
        offered=_offered(scenario, {point.id for point in points}),
        may_take_away=lambda point: _arranges(sittings[point.sitting_id]),
        **common(scenario.year),
    )


@whatif.post("/simulazioni/<int:scenario_id>/punti")
@limiter.limit(WRITING)
@auth.sign_in_required
def attach(scenario_id: int) -> ResponseReturnValue:
    """Put a stored what-if beside a point of an agenda."""
    point_id = sent_id("point_id")
    command = partial(attach_scenario, scenario_id=scenario_id, point_id=point_id)
    to = url_for("whatif.stored", scenario_id=scenario_id)
    return act(command, done=_("It stands beside the point now."), to=to)


@whatif.post("/simulazioni/<int:scenario_id>/punti/<int:point_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def detach(scenario_id: int, point_id: int) -> ResponseReturnValue:
    """Take a stored what-if away from a point of an agenda."""
    command = partial(detach_scenario, scenario_id=scenario_id, point_id=point_id)
    to = url_for("whatif.stored", scenario_id=scenario_id)
    return act(command, done=_("It no longer stands beside the point."), to=to)


@whatif.route("/simulazioni/<int:scenario_id>/applica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.APPLY_SCENARIO)
def apply(scenario_id: int) -> ResponseReturnValue:
    """Write the shares of a what-if that was voted into its year and its programme."""
    scenario = queries.get_scenario(snapshot(), scenario_id)
    votes = queries.votes_for(snapshot(), scenario_id)
    form = _application_form(scenario, votes)

    def write(tx: Transaction, **given: Any) -> ScenarioApplication:
        return apply_scenario(tx, scenario_id=scenario_id, **gathered(given))

    if form.perform(write):
        flash(_("The shares that were voted stand in the year now."), "success")
        return redirect(url_for("whatif.stored", scenario_id=scenario_id))
    return _application_page(form, scenario, votes)


def _application_form(scenario: Scenario, votes: Sequence[Poll]) -> Form:
    """The form, with the vote chosen if there is but one."""
    schema = with_interventions([line["id"] for line in scenario.figures["items"]])
    return Form(schema, {"poll_id": votes[0].id} if len(votes) == 1 else {})


def _application_page(form: Form, scenario: Scenario, votes: Sequence[Poll]) -> ResponseReturnValue:
    programme = _programme(scenario)
    page = render_template(
        "sharing/apply.html",
        scenario=scenario,
        lines=scenario.figures["items"],
        form=form,
        votes=[(poll.id, f"{poll.question} ({format_date(poll.closed_at)})") for poll in votes],
        programme=programme,
        interventions=_titles(programme),
        funds=[(fund.id, fund.name) for fund in funds(snapshot(), scenario.zone_id)],
        **common(scenario.year),
    )
    return page, form.status


def _programme(scenario: Scenario) -> AnnualProgramme | None:
    """The programme of the what-if's year, if it is open."""
    found = programmes_of(snapshot(), scenario.cycle_id)
    return next((row for row in found if row.year == scenario.year), None)


def _titles(programme: AnnualProgramme | None) -> list[tuple[int, str]]:
    rows = interventions(snapshot(), programme.id) if programme else []
    return [(row.id, row.title) for row in rows]


def _stored(sheet: Sheet) -> Scenario | None:
    """What was typed, stored; None if that was refused, and then the sheet says why."""
    try:
        with transaction() as tx:
            return store_scenario(
                tx,
                cycle_id=current_cycle().id,
                year=asked_year(),
                name=_name(request.form.get("name", "").strip()[:200]),
                change=sheet.change,
                point_id=asked_id("punto"),
            )
    except Refusal as refusal:
        sheet.refuse(refusal)
        return None


def _name(typed: str) -> str:
    """The name of a what-if; Invalid on `name` if it cannot be stored."""
    if has_control_characters(typed):
        raise Invalid.at("name", _("The text holds characters that cannot be stored."))
    return typed


def _page(sheet: Sheet) -> ResponseReturnValue:
    year, point_id = asked_year(), asked_id("punto")
    status = 422 if sheet.errors else 200
    if request.args.get("parte") == "effetto":
        page = render_template(
            "sharing/effect.html", figures=sheet.figures, form=sheet, **common(year)
        )
        return page, status
    basis = basis_of(renew_snapshot(), _cycle(), year)
    point = snapshot().get(AgendaPoint, point_id) if point_id else None
    page = render_template(
        "sharing/whatif.html",
        basis=basis,
        form=sheet,
        figures=sheet.figures,
        point=point,
        may_store=_may_store(point),
        **common(year),
    )
    return page, status


def _cycle() -> Cycle:
    return get_cycle(snapshot(), current_cycle().id)


def _may_store(point: AgendaPoint | None) -> bool:
    """True for the plan office, and at a point of a sitting for those who chair it."""
    table_id = get_sitting(snapshot(), point.sitting_id).table_id if point else None
    zone_id = current_zone().id
    return may(actor(), Permission.STORE_SCENARIO, zone_id=zone_id, table_id=table_id)


def _offered(scenario: Scenario, taken: set[int]) -> list[tuple[int, str]]:
    """The points that the reader may put a what-if beside, each with its sitting."""
    coming = coming_sittings(snapshot(), scenario.cycle_id)
    return [
        (point.id, f"{sitting.title}: {point.rank}. {point.title}")
        for sitting in coming
        if _arranges(sitting)
        for point in sitting.agenda
        if point.id not in taken
    ]


def _arranges(sitting: Sitting) -> bool:
    table = sitting.table
    allowed = may(actor(), Permission.ATTACH_SCENARIO, zone_id=table.zone_id, table_id=table.id)
    return allowed and not sitting.is_over
