"""The costs of interventions, shared among the municipalities as a vote has it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.programme.commands.costs import share_cost
from consultazione.programme.models import Intervention
from consultazione.programme.queries import shares
from consultazione.programme.sheet import NewShare
from consultazione.sharing.models import Scenario, ScenarioIntervention
from consultazione.sharing.whatif import Figures, Line


def share_voted_costs(
    tx: Transaction,
    scenario: Scenario,
    figures: Figures,
    interventions: Mapping[int, int],
    fund_id: int | None,
    reason: str,
) -> None:
    """Let municipalities pay for interventions what a vote gave the items that these carry out.

    interventions: by the item's id. fund_id: from which the municipalities pay. Invalid on
    `fund_id`, `intervention-<item>`, or `reason` if the programme is approved.
    """
    lines = {line["id"]: line for line in figures["items"]}
    if interventions and fund_id is None:
        raise Invalid.at("fund_id", _("Choose the fund from which the municipalities pay."))
    if not interventions.keys() <= lines.keys():
        raise Invalid(_("Choose among the items of this what-if."))
    for item_id, intervention_id in interventions.items():
        field = f"intervention-{item_id}"
        _check_intervention(tx, scenario, interventions, intervention_id, field)
        try:
            _share_cost(tx, lines[item_id], intervention_id, fund_id or 0, reason)
        except Invalid as refusal:
            if "reason" in refusal.fields:
                raise
            raise Invalid.at(field, refusal.detail) from refusal
        tx.session.add(
            ScenarioIntervention(
                scenario_id=scenario.id, item_id=item_id, intervention_id=intervention_id
            )
        )


def _check_intervention(
    tx: Transaction,
    scenario: Scenario,
    interventions: Mapping[int, int],
    intervention_id: int,
    field: str,
) -> None:
    if list(interventions.values()).count(intervention_id) > 1:
        raise Invalid.at(field, _("Two items share the cost of this intervention: choose one."))
    row = tx.session.get(Intervention, intervention_id)
    place = (scenario.cycle_id, scenario.year)
    if row is None or (row.programme.cycle_id, row.programme.year) != place:
        sentence = _("Choose an intervention of the programme %(year)s.", year=scenario.year)
        raise Invalid.at(field, sentence)


def _share_cost(
    tx: Transaction, line: Line, intervention_id: int, fund_id: int, reason: str
) -> None:
    """Let the municipalities pay from the fund what was voted, beside what else is paid."""
    parts = {int(body): Decimal(part) for body, part in line["after"]["parts"].items()}
    kept = [
        NewShare(
            body_id=share.body_id,
            fund_id=share.fund_id,
            amount=share.amount,
            activated_by_consultation=share.activated_by_consultation,
        )
        for share in shares(tx.session, [intervention_id])
        if share.fund_id != fund_id or share.body_id not in parts or share.activated_by_consultation
    ]
    voted = [
        NewShare(body_id=body, fund_id=fund_id, amount=part) for body, part in parts.items() if part
    ]
    whole = [*kept, *voted]
    share_cost(
        tx,
        intervention_id=intervention_id,
        total=sum((share.amount for share in whole), Decimal(0)),
        shares=whole,
        reason=reason,
    )
