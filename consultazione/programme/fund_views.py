"""Pages of the funds: the register of a zone, earmarks, and what a fund has in a year."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission
from consultazione.programme.balances import earmarks
from consultazione.programme.blueprint import pages
from consultazione.programme.commands.funds import (
    lift_earmark,
    register_fund,
    set_earmark,
    set_fund_amount,
)
from consultazione.programme.form_values import typed
from consultazione.programme.labels import AREA_NAMES, LEVEL_NAMES, POLICY_NAMES
from consultazione.programme.queries import fund_amount, fund_of, funds, programme_of
from consultazione.programme.schemas import EarmarkSchema, FundAmountSchema, FundSchema
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, limiter


@pages.get(f"{IN_CYCLE}/programma/fondi")
def register() -> str:
    """The funds of the zone, each with what it is reserved for."""
    zone_id = current_zone().id
    return render_template(
        "programme/funds.html",
        funds=funds(snapshot(), zone_id),
        earmarks=earmarks(snapshot(), zone_id),
        levels=LEVEL_NAMES,
        areas=AREA_NAMES,
        policies=POLICY_NAMES,
    )


@pages.route(f"{IN_CYCLE}/programma/fondi/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.REGISTER_FUND)
def new_fund() -> ResponseReturnValue:
    """Enter a fund in the zone's register."""
    form = Form(FundSchema())
    if form.perform(partial(register_fund, zone_id=current_zone().id)):
        flash(_("The fund is in the register."), "success")
        return redirect(url_for("programme.register"))
    return render_template("programme/new_fund.html", form=form), form.status


@pages.route(f"{IN_CYCLE}/programma/fondi/<int:fund_id>/vincolo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SET_EARMARK)
def new_earmark(fund_id: int) -> ResponseReturnValue:
    """Reserve a part of a fund for a purpose."""
    fund = fund_of(snapshot(), current_zone().id, fund_id)
    form = Form(EarmarkSchema(), {"percent": "100"})
    if form.perform(partial(set_earmark, fund_id=fund.id)):
        flash(_("The fund is earmarked from now on, in every programme."), "success")
        return redirect(url_for("programme.register"))
    page = render_template(
        "programme/new_earmark.html",
        fund=fund,
        form=form,
        levels=LEVEL_NAMES.items(),
        areas=AREA_NAMES.items(),
        policies=POLICY_NAMES.items(),
    )
    return page, form.status


@pages.post(f"{IN_CYCLE}/programma/vincoli/<int:earmark_id>/togli")
@limiter.limit(WRITING)
@auth.permission_required(Permission.LIFT_EARMARK)
def lift(earmark_id: int) -> ResponseReturnValue:
    """Lift an earmark."""
    command = partial(lift_earmark, earmark_id=earmark_id)
    return act(command, done=_("The earmark no longer holds."), to=url_for("programme.register"))


@pages.route(
    f"{IN_CYCLE}/programma/<int(max=9999):year>/fondi/<int:fund_id>", methods=["GET", "POST"]
)
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.SET_FUND_AMOUNT)
def amount(year: int, fund_id: int) -> ResponseReturnValue:
    """Say how much a fund has in a year."""
    programme = programme_of(snapshot(), current_cycle().id, year)
    fund = fund_of(snapshot(), programme.zone_id, fund_id)
    known = fund_amount(snapshot(), programme.id, fund.id)
    form = Form(FundAmountSchema(), {"amount": typed(known.amount if known else None)})
    command = partial(set_fund_amount, programme_id=programme.id, fund_id=fund.id)
    if form.perform(command):
        flash(_("The amount of the fund is entered."), "success")
        return redirect(url_for("programme.show", year=year, _anchor="fondi"))
    page = render_template("programme/fund_amount.html", programme=programme, fund=fund, form=form)
    return page, form.status
