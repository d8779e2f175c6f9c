"""Pages of the programme: the cycle's years, and one year with its tables and charts."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import log
from consultazione.core.permissions import Permission
from consultazione.documents.register import registration_of
from consultazione.programme.balances import earmark_balances, fund_balances
from consultazione.programme.blueprint import pages
from consultazione.programme.commands.programmes import (
    approve_programme,
    number_programme,
    open_programme,
)
from consultazione.programme.drawings import drawings_of_programme, drawings_of_years
from consultazione.programme.events import programme_stream
from consultazione.programme.kinds import AreaOfUse, MacroLevel
from consultazione.programme.labels import (
    AREA_NAMES,
    KIND_NAMES,
    LEVEL_NAMES,
    POLICY_NAMES,
    STATE_NAMES,
    STATE_TONES,
)
from consultazione.programme.paper.kind import PROGRAMME
from consultazione.programme.queries import (
    answers_to,
    corrections,
    indicators,
    interventions,
    programme_of,
)
from consultazione.programme.schemas import ApprovalSchema
from consultazione.programme.sums import levels_by_year, matrix, payers, places, years
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_place
from consultazione.zones.queries import acts, priorities

LABELS = {
    "levels": LEVEL_NAMES,
    "areas": AREA_NAMES,
    "kinds": KIND_NAMES,
    "policies": POLICY_NAMES,
    "states": STATE_NAMES,
    "tones": STATE_TONES,
}


@pages.get(f"{IN_CYCLE}/programma")
def index() -> str:
    """The years of the cycle beside each other, and against all of them."""
    cycle, session = current_cycle(), snapshot()
    found = years(session, cycle.id, cycle.first_year, cycle.last_year)
    by_level = levels_by_year(session, cycle.id)
    return render_template(
        "programme/index.html",
        years=found,
        by_level=by_level,
        drawings=drawings_of_years(found, by_level),
        **LABELS,
    )


@pages.post(f"{IN_CYCLE}/programma/<int(max=9999):year>/apri")
@limiter.limit(WRITING)
@auth.permission_required(Permission.OPEN_PROGRAMME)
def open_year(year: int) -> ResponseReturnValue:
    """Open the programme of a year, as a draft, and lead to where its interventions are put in."""
    cycle = current_cycle()
    command = partial(open_programme, cycle_id=cycle.id, year=year)
    done = _("The programme is open: put its interventions in.")
    is_of_cycle = cycle.first_year <= year <= cycle.last_year
    opened = url_for("programme.show", year=year)
    return act(command, done=done, to=opened if is_of_cycle else url_for("programme.index"))


@pages.get(f"{IN_CYCLE}/programma/<int(max=9999):year>")
@reads_much()
def show(year: int) -> str:
    """A year: who pays, for what, for whom, where; funds, needs, interventions, corrections."""
    cycle, session = current_cycle(), snapshot()
    programme = programme_of(session, cycle.id, year)
    paid, cells = payers(session, programme.id), matrix(session, programme.id)
    where = places(session, programme.zone_id, programme.id)
    funds = fund_balances(session, programme.id)
    listed = interventions(session, programme.id)
    stream = programme_stream(programme.id)
    return render_template(
        "programme/show.html",
        programme=programme,
        registered=registration_of(session, PROGRAMME, programme.id),
        interventions=listed,
        payers=paid,
        matrix=cells,
        places=where,
        funds=funds,
        earmarks=earmark_balances(session, programme.id, funds),
        drawings=drawings_of_programme(paid, cells, where, funds),
        answers=answers_to(session, programme.id),
        priorities=priorities(session, cycle.id),
        corrections=corrections(session, programme.id),
        all_levels=MacroLevel,
        all_areas=AreaOfUse,
        stream=stream,
        head=log.head(session, stream),
        **LABELS,
    )


@pages.get(f"{IN_CYCLE}/programma/<int(max=9999):year>/indicatori")
@reads_much()
def review(year: int) -> str:
    """The yearly review: every indicator of a programme, its target and what was measured."""
    session = snapshot()
    programme = programme_of(session, current_cycle().id, year)
    listed = interventions(session, programme.id)
    return render_template(
        "programme/review.html",
        programme=programme,
        interventions={row.id: row for row in listed},
        indicators=indicators(session, [row.id for row in listed]),
    )


@pages.route(f"{IN_CYCLE}/programma/<int(max=9999):year>/approva", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.APPROVE_PROGRAMME)
def approve(year: int) -> ResponseReturnValue:
    """Have a formal act approve a programme, whose sums the page shows."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    form = Form(ApprovalSchema(), {"seen": asked_place("letto")})
    if form.perform(partial(approve_programme, programme_id=programme.id)):
        flash(_("The programme is approved. From now on it changes by corrections."), "success")
        return redirect(url_for("programme.show", year=year))
    session = renew_snapshot()
    form.go_on_from("seen", log.head(session, programme_stream(programme.id)))
    page = render_template(
        "programme/approve.html",
        programme=programme,
        form=form,
        acts=[(row.id, row.title) for row in acts(session, programme.cycle_id)],
        interventions=interventions(session, programme.id),
        payers=payers(session, programme.id),
        all=matrix(session, programme.id).total,
        **LABELS,
    )
    return page, form.status


@pages.post(f"{IN_CYCLE}/programma/<int(max=9999):year>/documento")
@limiter.limit(WRITING)
@auth.permission_required(Permission.NUMBER_PROGRAMME)
def number(year: int) -> ResponseReturnValue:
    """Give an approved programme a number as it stands, with its corrections."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    return act(
        partial(number_programme, programme_id=programme.id),
        done=_("The programme has its number in the register, as it stands."),
        to=url_for("programme.show", year=year),
    )
