"""Pages of a table's rights: its rule, who is admitted to it, and the zone's defaults."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.permissions import Permission, require
from consultazione.tables.blueprint import pages, the_table
from consultazione.tables.labels import DEEDS, LEVELS, TABLE_KINDS, WHO
from consultazione.tables.models import TableKind
from consultazione.tables.queries import (
    accreditations,
    default_rule,
    get_accreditation,
    get_table,
)
from consultazione.tables.rights.commands import (
    accredit_person,
    change_table_default,
    change_table_rule,
    end_accreditation,
)
from consultazione.tables.rights.schemas import AccreditationSchema, RuleSchema
from consultazione.tables.rules import rule_of
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

_WORDS = {
    "deeds": [(deed.value, name) for deed, name in DEEDS.items()],
    "steps": [(who.value, name) for who, name in WHO.items()],
    "levels": [(level.value, name) for level, name in LEVELS.items()],
}


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/regola", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def rule(slug: str) -> ResponseReturnValue:
    """Write who may attend, speak, propose and vote at a table."""
    table = the_table(slug)
    require(actor(), Permission.CHANGE_TABLE_RULE, zone_id=table.zone_id, table_id=table.id)
    form = _form(asdict(rule_of(table.rule)))
    if form.perform(partial(change_table_rule, table_id=table.id)):
        flash(_("The rule of the table is written."), "success")
        return redirect(url_for("tables.show", slug=slug))
    return render_template("tables/rule.html", form=form, table=table, **_WORDS), form.status


@pages.route(f"{IN_CYCLE}/impostazioni/regole/<kind>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.CHANGE_TABLE_DEFAULT)
def default(kind: str) -> ResponseReturnValue:
    """Choose the rule that the zone's new tables of a kind get."""
    of = next((one for one in TableKind if one.value == kind), None)
    if of is None:
        return redirect(url_for("tables.defaults"))
    form = _form(asdict(default_rule(snapshot(), current_zone().id, of)))
    if form.perform(partial(change_table_default, zone_id=current_zone().id, kind=of)):
        flash(_("New tables of this kind get this rule."), "success")
        return redirect(url_for("tables.defaults"))
    page = render_template(
        "tables/default.html", form=form, kind=of, name=TABLE_KINDS[of], **_WORDS
    )
    return page, form.status


@pages.get(f"{IN_CYCLE}/impostazioni/regole")
@auth.permission_required(Permission.CHANGE_TABLE_DEFAULT)
def defaults() -> str:
    """The rules that new tables get, by kind."""
    zone_id = current_zone().id
    rules = [(k.value, TABLE_KINDS[k], default_rule(snapshot(), zone_id, k)) for k in TableKind]
    return render_template(
        "tables/defaults.html", rules=rules, cycle=current_cycle(), deeds=DEEDS, who=WHO
    )


@pages.route(f"{IN_CYCLE}/tavoli/<slug>/ammessi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def admitted(slug: str) -> ResponseReturnValue:
    """Who is admitted to a table, with the form that admits somebody."""
    table = the_table(slug)
    require(actor(), Permission.ACCREDIT_PERSON, zone_id=table.zone_id, table_id=table.id)
    form = Form(AccreditationSchema())
    if form.perform(partial(accredit_person, table_id=table.id)):
        flash(_("The person is admitted to the table."), "success")
        return redirect(url_for("tables.admitted", slug=slug))
    page = render_template(
        "tables/admitted.html", form=form, table=table, rows=accreditations(snapshot(), table.id)
    )
    return page, form.status


@pages.route("/ammissioni/<int:accreditation_id>/fine", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def end_admission(accreditation_id: int) -> ResponseReturnValue:
    """End somebody's admission to a table, with the reason."""
    row = get_accreditation(snapshot(), accreditation_id)
    table = get_table(snapshot(), row.table_id)
    require(actor(), Permission.END_ACCREDITATION, zone_id=table.zone_id, table_id=table.id)
    form = Form(ReasonSchema())
    if form.perform(partial(end_accreditation, accreditation_id=row.id)):
        flash(_("The admission has ended."), "success")
        return redirect(url_for("tables.admitted", slug=table.slug))
    row = get_accreditation(renew_snapshot(), accreditation_id)
    page = render_template("tables/end_admission.html", form=form, table=table, row=row)
    return page, form.status


def _form(stored: dict[str, object]) -> Form:
    hall = "yes" if stored["hall"] else ""
    return Form(RuleSchema(), {**stored, "hall": hall})
