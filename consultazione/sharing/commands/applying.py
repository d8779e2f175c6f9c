"""From a what-if that a vote carried to the shared items of its year and to its programme."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from operator import itemgetter
from typing import cast

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.sharing.commands.criteria import write_criterion
from consultazione.sharing.commands.items import change_shared_item
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.events import ScenarioApplied, sharing_stream
from consultazione.sharing.models import Scenario, ScenarioApplication
from consultazione.sharing.queries import (
    get_criterion,
    get_item,
    get_scenario,
    votes_for,
)
from consultazione.sharing.voted_costs import share_voted_costs
from consultazione.sharing.whatif import Figures, Side, basis_of, figures_of
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
    share_voted_costs(tx, scenario, figures, interventions, fund_id, reason)
    costs = sorted(interventions.items(), key=itemgetter(1))
    tx.record(
        sharing_stream(cycle.id),
        ScenarioApplied(
            scenario_id=scenario.id,
            poll_id=poll_id,
            item_ids=[line["id"] for line in figures["items"]],
            intervention_ids=[intervention_id for _item, intervention_id in costs],
            cost_item_ids=[item_id for item_id, _intervention in costs],
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
