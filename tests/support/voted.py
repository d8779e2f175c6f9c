"""What-ifs that a sitting votes on, and a programme for what comes of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from consultazione.core.actor import SYSTEM
from consultazione.programme.commands.costs import share_cost
from consultazione.programme.commands.funds import register_fund
from consultazione.programme.commands.interventions import add_intervention
from consultazione.programme.commands.programmes import approve_programme, open_programme
from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel
from consultazione.programme.models import AnnualProgramme, Fund, Intervention
from consultazione.programme.sheet import NewShare, Sheet
from consultazione.sharing.commands.scenarios import attach_scenario, store_scenario
from consultazione.sharing.models import Scenario
from consultazione.sharing.whatif import Change
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.polls.commands.ballots import cast_ballot
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from consultazione.sittings.queries import get_sitting
from consultazione.zones.commands.path import record_act
from consultazione.zones.models import ActKind, BodyKind
from tests.support.planted import plant_body
from tests.support.sharing_story import YEAR, Sharing


def sheet(lead_body_id: int, **values: Any) -> Sheet:
    """The sheet of an intervention led by a body."""
    given: dict[str, Any] = {
        "kind": InterventionKind.SERVICE,
        "title": "Transport for all",
        "level": MacroLevel.COMMUNITY,
        "area": AreaOfUse.FAMILIES,
        "lead_body_id": lead_body_id,
    }
    return Sheet(**{**given, **values})


class Voted:
    """The programme of the year, and what-ifs with votes on them."""

    def __init__(self, sharing: Sharing) -> None:
        self.sharing = sharing
        self.union = self._union()
        self.programme = self.open(YEAR)
        self.own, self.other = self.fund("COM"), self.fund("FNPS")

    def open(self, year: int) -> AnnualProgramme:
        """The programme of a year."""
        do = self.sharing.do
        found = do(open_programme, cycle_id=self.sharing.cycle_id, year=year)
        assert isinstance(found, AnnualProgramme)
        return found

    def fund(self, code: str) -> Fund:
        """A fund of the zone."""
        zone_id = self.sharing.make.zone.id
        found = self.sharing.do(register_fund, zone_id=zone_id, code=code, name=f"Fund {code}")
        assert isinstance(found, Fund)
        return found

    def intervention(self, programme: AnnualProgramme | None = None) -> Intervention:
        """An intervention for which the union pays 100 euro from the other fund."""
        programme_id = (programme or self.programme).id
        do = self.sharing.do
        made = do(add_intervention, programme_id=programme_id, sheet=sheet(self.union))
        share = NewShare(body_id=self.union, fund_id=self.other.id, amount=Decimal(100))
        do(share_cost, intervention_id=made.id, total=Decimal(100), shares=[share])
        assert isinstance(made, Intervention)
        return made

    def approve(self) -> None:
        """Have an act approve the programme."""
        make = self.sharing.make
        with make.database.transaction(SYSTEM) as tx:
            act = record_act(
                tx,
                cycle_id=make.cycle.id,
                kind=ActKind.APPROVAL,
                title="Approval of the programme",
                on_day=tx.today,
                body="Committee",
                source="register",
            )
        self.sharing.do(approve_programme, programme_id=self.programme.id, act_id=act.id)

    def stored(self, name: str = "Twice", **change: Any) -> Scenario:
        """A stored what-if of the year."""
        given = {"cycle_id": self.sharing.cycle_id, "year": YEAR, "change": Change(**change)}
        scenario = self.sharing.do(store_scenario, name=name, **given)
        assert isinstance(scenario, Scenario)
        return scenario

    def vote(self, *scenarios: Scenario, choice: str = "yes") -> int:
        """The id of a vote on what-ifs in a sitting of its own."""
        sharing = self.sharing
        sitting = sharing.make.sitting()
        with sharing.make.session() as session:
            point = get_sitting(session, sitting.id).agenda[0].id
        for scenario in scenarios:
            sharing.do(attach_scenario, scenario_id=scenario.id, point_id=point)
        chair = sharing.make.presided(sitting)
        voter = sharing.make.present(sitting, sharing.make.delegate())
        sharing.do(start_point, chair, point_id=point)
        poll = sharing.do(open_poll, chair, sitting_id=sitting.id, question="Do we agree?")
        sharing.do(cast_ballot, voter, poll_id=poll.id, choice=choice)
        sharing.do(close_poll, chair, poll_id=poll.id)
        assert isinstance(poll.id, int)
        return poll.id

    def _union(self) -> int:
        make = self.sharing.make
        with make.database.transaction(SYSTEM) as tx:
            return plant_body(tx, make.zone.id, "Union", BodyKind.UNION_OF_MUNICIPALITIES).id
