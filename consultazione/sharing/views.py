"""Pages of sharing: who pays what in a year, figures of bodies, criteria, items."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.core.permissions import Permission
from consultazione.sharing import queries
from consultazione.sharing.blueprint import pages
from consultazione.sharing.budgets.queries import budgets
from consultazione.sharing.commands.criteria import rewrite_criterion, write_criterion
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.items import (
    add_shared_item,
    change_shared_item,
    remove_shared_item,
)
from consultazione.sharing.criteria import BASES
from consultazione.sharing.labels import (
    BUDGET_STATES,
    BUDGET_TONES,
    KIND_NAMES,
    euro,
    euro_change,
    plain,
)
from consultazione.sharing.models import CriterionVersion, SharingCriterion
from consultazione.sharing.schemas import (
    CriterionSchema,
    FiguresSchema,
    ItemSchema,
    RewrittenCriterionSchema,
    divided,
    with_parts,
)
from consultazione.sharing.whatif import Basis, Figures, basis_of, figures_of
from consultazione.sharing.years import year_shown
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.forms import Form, act
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import get_cycle


def asked_year() -> int:
    """The year of the cycle that the page is about."""
    asked = request.args.get("anno", type=int)
    return year_shown(current_cycle(), asked, clock.today().year)


@pages.get(f"{IN_CYCLE}/riparto")
def show() -> str:
    """What each municipality pays in a year, by which criteria, and what was tried out."""
    cycle, year = get_cycle(snapshot(), current_cycle().id), asked_year()
    basis = basis_of(snapshot(), cycle, year)
    figures, fault = _as_it_is(basis)
    return render_template(
        "sharing/show.html",
        basis=basis,
        figures=figures,
        fault=fault,
        criteria=queries.criteria(snapshot(), cycle.id),
        scenarios=queries.scenarios(snapshot(), cycle.id),
        applied=queries.applied(snapshot(), cycle.id),
        budgets=budgets(snapshot(), cycle.id),
        budget_states=BUDGET_STATES,
        budget_tones=BUDGET_TONES,
        **common(year),
    )


@pages.route(f"{IN_CYCLE}/riparto/dati", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
def figures() -> ResponseReturnValue:
    """The figures of bodies by year, with their sources and versions; the plan office adds some."""
    year = asked_year()
    form = Form(FiguresSchema(), {"year": year})
    if form.perform(record_figures):
        flash(_("The figures are recorded."), "success")
        return redirect(url_for("sharing.figures", anno=form.values.get("year")))
    session, zone_id = renew_snapshot(), current_zone().id
    bodies = queries.municipalities(session, zone_id)
    page = render_template(
        "sharing/figures.html",
        form=form,
        bodies=bodies,
        body_choices=[(body.id, body.name) for body in bodies],
        by_year=queries.figures_by_year(session, zone_id),
        versions=queries.versions_of(session, zone_id, year),
        **common(year),
    )
    return page, form.status


@pages.route(f"{IN_CYCLE}/riparto/criteri/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.WRITE_CRITERION)
def new_criterion() -> ResponseReturnValue:
    """Write a criterion."""
    cycle_id, year = current_cycle().id, asked_year()
    form = _criterion_form(CriterionSchema, current_zone().id, {"figures_year": year})

    def write(tx: Transaction, **given: Any) -> SharingCriterion:
        return write_criterion(tx, cycle_id=cycle_id, **divided(given), **given)

    if form.perform(write):
        flash(_("The criterion can be chosen now."), "success")
        return redirect(url_for("sharing.show", anno=year))
    return _criterion_page(form, None)


@pages.route("/criteri/<int:criterion_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
def criterion(criterion_id: int) -> ResponseReturnValue:
    """A criterion with all its versions; the plan office rewrites it here."""
    row = queries.get_criterion(snapshot(), criterion_id)
    form = _criterion_form(RewrittenCriterionSchema, row.zone_id, _values(row.current))

    def rewrite(tx: Transaction, **given: Any) -> SharingCriterion:
        return rewrite_criterion(tx, criterion_id=criterion_id, **divided(given), **given)

    if form.perform(rewrite):
        said = _("The criterion says this from now on; stored what-ifs stay as they were.")
        flash(said, "success")
        return redirect(url_for("sharing.criterion", criterion_id=criterion_id))
    return _criterion_page(form, criterion_id)


@pages.route(f"{IN_CYCLE}/riparto/voci/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ADD_SHARED_ITEM)
def new_item() -> ResponseReturnValue:
    """Add something that the municipalities pay for together."""
    cycle_id, year = current_cycle().id, asked_year()
    form = Form(ItemSchema())
    if form.perform(partial(add_shared_item, cycle_id=cycle_id, year=year)):
        flash(_("The item is added, and shared by its criterion."), "success")
        return redirect(url_for("sharing.show", anno=year))
    return _item_page(form, year, cycle_id), form.status


@pages.route("/voci/<int:item_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_SHARED_ITEM)
def item(item_id: int) -> ResponseReturnValue:
    """Change an item."""
    row = queries.get_item(snapshot(), item_id)
    year, cycle_id = row.year, row.cycle_id
    values = {"title": row.title, "amount": plain(row.amount), "criterion_id": row.criterion_id}
    form = Form(ItemSchema(), values)
    if form.perform(partial(change_shared_item, item_id=item_id)):
        flash(_("The item is changed."), "success")
        return redirect(url_for("sharing.show", anno=year))
    return _item_page(form, year, cycle_id, item_id), form.status


@pages.post("/voci/<int:item_id>/togli")
@limiter.limit(WRITING)
@auth.sign_in_required
def remove_item(item_id: int) -> ResponseReturnValue:
    """Take an item away from its year."""
    year = queries.get_item(snapshot(), item_id).year
    remove = partial(remove_shared_item, item_id=item_id)
    return act(remove, done=_("The item is taken away."), to=url_for("sharing.show", anno=year))


def _item_page(form: Form, year: int, cycle_id: int, item_id: int | None = None) -> str:
    rows = queries.criteria(renew_snapshot(), cycle_id)
    choices = [(row.id, row.current.name) for row in rows]
    return render_template(
        "sharing/item.html", form=form, item_id=item_id, choices=choices, **common(year)
    )


def _criterion_form(
    schema: type[CriterionSchema], zone_id: int, initial: Mapping[str, Any]
) -> Form:
    bodies = queries.municipalities(snapshot(), zone_id)
    return Form(with_parts(schema, [body.id for body in bodies]), initial)


def _values(version: CriterionVersion) -> Mapping[str, Any]:
    """What a criterion says, as its form shows it."""
    return {
        "name": version.name,
        "kind": version.kind.value,
        "figures_year": version.figures_year,
        **{f"percentage_{basis}": plain(Decimal(s)) for basis, s in version.percentages.items()},
        **{f"part-{body}": part for body, part in version.parts.items()},
    }


def _criterion_page(form: Form, criterion_id: int | None) -> ResponseReturnValue:
    session = renew_snapshot()
    row = queries.get_criterion(session, criterion_id) if criterion_id else None
    page = render_template(
        "sharing/criterion.html",
        criterion=row,
        versions=list(row.versions) if row else [],
        form=form,
        bodies=queries.municipalities(session, row.zone_id if row else current_zone().id),
        **common(asked_year()),
    )
    return page, form.status


def _as_it_is(basis: Basis) -> tuple[Figures | None, str]:
    """What everybody pays now; or why nobody can tell."""
    try:
        return figures_of(basis), ""
    except Invalid as refusal:
        return None, str(refusal.detail)


def common(year: int) -> Mapping[str, object]:
    """What the templates of sharing use beside their own values."""
    cycle = current_cycle()
    return {
        "year": year,
        "years": range(cycle.first_year, cycle.last_year + 1),
        "kinds": KIND_NAMES,
        "bases": BASES,
        "euro": euro,
        "euro_change": euro_change,
    }
