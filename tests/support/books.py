"""The books of a small zone: bodies, funds, a programme, interventions with their shares."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.programme.commands.costs import share_cost
from consultazione.programme.commands.funds import register_fund
from consultazione.programme.commands.interventions import add_intervention
from consultazione.programme.commands.programmes import approve_programme, open_programme
from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel
from consultazione.programme.models import AnnualProgramme, Fund, Intervention
from consultazione.programme.sheet import NewShare, Sheet
from consultazione.zones.commands.path import record_act
from consultazione.zones.models import Act, ActKind, Body, BodyKind, Priority
from tests.support.factories import Factory
from tests.support.planted import plant_body, plant_need

_numbers = count(1)


@dataclass(frozen=True)
class Elsewhere:
    """What another zone has, by id."""

    body_id: int
    fund_id: int
    priority_id: int
    table_id: int


class Books:
    """Keeps the money of the factory's zone; every method makes something by its command."""

    def __init__(self, make: Factory) -> None:
        self.make = make
        self.office = make.holder(Role.PLAN_OFFICE)
        self.payers = [self.body(f"Comune {n}") for n in range(1, 4)]
        self.programme = self.open()

    def run(self, command: Any, *, actor: Actor | None = None, **values: Any) -> Any:
        """What a command returns when the plan office gives it."""
        with self.make.database.transaction(actor or self.office) as tx:
            return command(tx, **values)

    def body(self, name: str, kind: BodyKind = BodyKind.MUNICIPALITY) -> Body:
        """One more body of the zone."""
        with self.make.database.transaction(SYSTEM) as tx:
            return plant_body(tx, self.make.zone.id, name, kind)

    def open(self, year: int = 2018, **values: Any) -> AnnualProgramme:
        """The programme of a year."""
        found: AnnualProgramme = self.run(
            open_programme, cycle_id=self.make.cycle.id, year=year, **values
        )
        return found

    def fund(self, code: str = "", **values: Any) -> Fund:
        """A fund of the zone."""
        code = code or f"F{next(_numbers)}"
        given = {"zone_id": self.make.zone.id, "code": code, "name": f"Fondo {code}"}
        found: Fund = self.run(register_fund, **{**given, **values})
        return found

    def sheet(self, **values: Any) -> Sheet:
        """A sheet with honest defaults."""
        given: dict[str, Any] = {
            "kind": InterventionKind.SERVICE,
            "title": f"Intervento {next(_numbers)}",
            "level": MacroLevel.COMMUNITY,
            "area": AreaOfUse.FAMILIES,
            "lead_body_id": self.payers[0].id,
        }
        return Sheet(**{**given, **values})

    def intervention(
        self, *shares: tuple[Fund, str], programme: AnnualProgramme | None = None, **values: Any
    ) -> Intervention:
        """An intervention paid by the first body from funds, with amounts such as "12.50"."""
        programme_id = (programme or self.programme).id
        made: Intervention = self.run(
            add_intervention, programme_id=programme_id, sheet=self.sheet(**values)
        )
        self.pay(made, *shares)
        return made

    def pay(self, made: Intervention, *shares: tuple[Fund, str], **values: Any) -> None:
        """Share an intervention's cost out anew, among funds of the first body."""
        self.run(
            share_cost,
            intervention_id=made.id,
            total=sum((Decimal(amount) for _fund, amount in shares), Decimal(0)),
            shares=[self.share(fund, amount) for fund, amount in shares],
            **values,
        )

    def share(self, fund: Fund, amount: str, **values: Any) -> NewShare:
        """A share that the first body pays."""
        given = {"body_id": self.payers[0].id, "fund_id": fund.id, "amount": Decimal(amount)}
        return NewShare(**{**given, **values})

    def need(self, title: str) -> Priority:
        """A need of the cycle."""
        with self.make.database.transaction(SYSTEM) as tx:
            return plant_need(tx, self.make.cycle, title, rank=next(_numbers))

    def elsewhere(self) -> Elsewhere:
        """Another zone with a body, a fund, a need and a table."""
        other = Factory(self.make.database)
        values = {"zone_id": other.zone.id, "code": "X", "name": "Fondo di altri"}
        fund = self.run(register_fund, actor=SYSTEM, **values)
        table, cycle = other.table(), other.cycle
        with self.make.database.transaction(SYSTEM) as tx:
            body = plant_body(tx, cycle.zone_id, "Comune di altri")
            need = plant_need(tx, cycle, "Bisogno di altri", rank=1)
        return Elsewhere(body.id, fund.id, need.id, table.id)

    def act(self) -> Act:
        """An act of the cycle."""
        with self.make.database.transaction(SYSTEM) as tx:
            return record_act(
                tx,
                cycle_id=self.make.cycle.id,
                kind=ActKind.APPROVAL,
                title="Approvazione del programma",
                on_day=tx.today,
                body="Comitato di distretto",
                source="albo",
            )

    def approve(self) -> None:
        """Have an act approve the programme."""
        self.run(approve_programme, programme_id=self.programme.id, act_id=self.act().id)
