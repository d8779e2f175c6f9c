"""From a what-if that a vote carried to the shared items of its year and to its programme."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.programme.commands.costs import share_cost
from consultazione.programme.models import Intervention
from consultazione.programme.queries import shares
from consultazione.programme.sheet import NewShare
from consultazione.sharing.commands.criteria import write_criterion
from consultazione.sharing.commands.items import change_shared_item
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.events import ScenarioApplied, sharing_stream
from consultazione.sharing.models import Scenario, ScenarioApplication, ScenarioIntervention
from consultazione.sharing.queries import (
    get_criterion,
    get_item,
    get_scenario,
    votes_for,
)
from consultazione.sharing.whatif import Figures, Line, Side, basis_of, figures_of
from consultazione.zones.locking import locked_cycle
from consultazione.zones.models import Cycle


def apply_scenario(
    tx: Transaction,
    *,
    scenario_id: int,
    poll_id: int,
    interventions: Mapping[int, int],
    fund_id: int | None = None,
    reason: str = "",
) -> ScenarioApplication:
    """Write the shares of a what-if that a vote carried into the items of its year, once.

    poll_id: the vote. interventions: by the item's id, that of an intervention of the year's
    programme whose cost the municipalities shall share so, from the fund; what others pay for it
    stays. The what-if itself never changes: a mixture that it tried out becomes a criterion of
    its own, so that nothing but its items is shared anew.

    NotFound if there is no such what-if. Conflict if it or the vote was used before, or if an
    item, a criterion or figures have changed since, so that other shares than those that were
    voted would come out. Invalid on `poll_id` unless that vote was carried where the what-if
    stood, on `fund_id`, on `intervention-<item>`, and on `reason` if the programme is approved.
    """
    scenario = get_scenario(tx.session, scenario_id)
    cycle = locked_cycle(tx, scenario.cycle_id)
    require(tx.actor, Permission.APPLY_SCENARIO, zone_id=scenario.zone_id)
    _require_carried(tx, scenario, poll_id)
    figures = cast(Figures, scenario.figures)
    _require_same(tx, cycle, figures, "before")
    _change_items(tx, scenario, figures)
    _require_same(tx, cycle, figures, "after")
    application = ScenarioApplication(scenario_id=scenario.id, poll_id=poll_id, applied_at=tx.now)
    tx.session.add(application)
    tx.flush()
    _share_costs(tx, scenario, figures, interventions, fund_id, reason)
    tx.record(
        sharing_stream(cycle.id),
        ScenarioApplied(
            scenario_id=scenario.id,
            poll_id=poll_id,
            item_ids=[line["id"] for line in figures["items"]],
            intervention_ids=sorted(interventions.values()),
        ),
    )
    return application


def _require_carried(tx: Transaction, scenario: Scenario, poll_id: int) -> None:
    """Refuse what was applied before, and a vote that did not carry this what-if."""
    if tx.session.get(ScenarioApplication, scenario.id) is not None:
        raise Conflict(_("This what-if was applied already: the items have had its shares since."))
    if poll_id not in {poll.id for poll in votes_for(tx.session, scenario.id)}:
        sentence = _("Choose a vote that was carried at a point beside which the what-if stood.")
        raise Invalid.at("poll_id", sentence)
    if tx.session.query(ScenarioApplication).filter_by(poll_id=poll_id).count():
        raise Conflict(_("This vote has carried another what-if: one vote carries one."))


def _require_same(tx: Transaction, cycle: Cycle, figures: Figures, side: str) -> None:
    """Conflict unless the items stand now as a side of the what-if has them."""
    now = figures_of(basis_of(tx.session, cycle, figures["year"]))
    standing = {line["id"]: line["before"] for line in now["items"]}
    for line in figures["items"]:
        expected = line["before"] if side == "before" else line["after"]
        if not _is_same(standing.get(line["id"]), expected):
            sentence = _(
                "“%(title)s”, its criterion or the figures have changed since, so that other "
                "shares would come out than those that were voted: store a new what-if, and vote "
                "on that.",
                title=line["title"],
            )
            raise Conflict(sentence)


def _is_same(now: Side | None, then: Side) -> bool:
    return now is not None and (Decimal(now["amount"]), now["parts"]) == (
        Decimal(then["amount"]),
        then["parts"],
    )


def _change_items(tx: Transaction, scenario: Scenario, figures: Figures) -> None:
    mixtures: dict[int, int] = {}
    for line in figures["items"]:
        after, criterion_id = line["after"], line["after"]["criterion_id"]
        if after["percentages"] != _percentages(tx, criterion_id):
            if criterion_id not in mixtures:
                mixtures[criterion_id] = _mixture(tx, scenario, after)
            criterion_id = mixtures[criterion_id]
        change_shared_item(
            tx,
            item_id=line["id"],
            title=get_item(tx.session, line["id"]).title,
            amount=Decimal(after["amount"]),
            criterion_id=criterion_id,
        )


def _percentages(tx: Transaction, criterion_id: int) -> Mapping[str, str]:
    return get_criterion(tx.session, criterion_id).current.percentages


def _mixture(tx: Transaction, scenario: Scenario, after: Side) -> int:
    """The id of a criterion that divides as the what-if did; it says whence it comes."""
    tried = get_criterion(tx.session, after["criterion_id"]).current
    made = write_criterion(
        tx,
        cycle_id=scenario.cycle_id,
        name=f"{after['criterion']} ({scenario.name})"[:120],
        kind=tried.kind,
        figures_year=tried.figures_year,
        percentages={
            CriterionKind(basis): Decimal(share) for basis, share in after["percentages"].items()
        },
        parts={int(body): part for body, part in tried.parts.items()},
    )
    return made.id


def _share_costs(
    tx: Transaction,
    scenario: Scenario,
    figures: Figures,
    interventions: Mapping[int, int],
    fund_id: int | None,
    reason: str,
) -> None:
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
