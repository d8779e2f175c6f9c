"""Turns a checked file into a zone, by the same commands that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from consultazione.core.db import Transaction
from consultazione.importing import activity, members, path, setting_up
from consultazione.importing.accounts import Account
from consultazione.importing.context import Context
from consultazione.importing.faults import located
from consultazione.importing.memory import loading as memory
from consultazione.importing.money import loading as money
from consultazione.importing.plan import loading as plan
from consultazione.importing.sharing import budgets
from consultazione.importing.sharing import loading as sharing
from consultazione.importing.strategies import loading as strategies
from consultazione.zones.models import Cycle, Zone

# The sections of a file after the zone itself, in the order in which they are loaded.
SECTIONS: Mapping[str, Callable[[Context, Any], None]] = {
    "acts": path.load_act,
    "phases": setting_up.load_phase,
    "tables": setting_up.load_table,
    "organisations": members.load_organisation,
    "people": members.load_person,
    "materials": activity.load_material,
    "proposals": activity.load_proposal,
    "figures": sharing.load_figures,
    "criteria": sharing.load_criterion,
    "shared_items": sharing.load_shared_item,
    "what_ifs": sharing.load_what_if,
    "past_sittings": activity.load_past_sitting,
    "plan": plan.load_plan,
    "plan_steps": plan.load_plan_step,
    "sittings": activity.load_sitting,
    "gatherings": path.load_gathering,
    "citations": path.load_citation,
    "strategies": strategies.load_strategy,
    "funds": money.load_fund,
    "budgets": budgets.load_budget,
    "programmes": money.load_programme,
    "past_cycles": memory.load_past_cycle,
    "archive": memory.load_archive_document,
    "priority_links": memory.load_priority_link,
    "promises": memory.load_promise,
}


class Loader:
    """Loads a file, section by section, in the transaction it was given."""

    def __init__(
        self, tx: Transaction, data: dict[str, Any], uploads_dir: Path, public_url: str
    ) -> None:
        self._context = Context(tx, data, uploads_dir, public_url)
        self._data = data

    @property
    def zone(self) -> Zone:
        """The zone, once it is loaded."""
        return self._context.zone

    @property
    def cycle(self) -> Cycle:
        """The zone's cycle, once it is loaded."""
        return self._context.cycle

    @property
    def title(self) -> str:
        """What was loaded, in words."""
        return f"{self.zone.name}, {self.cycle.years}"

    @property
    def place(self) -> str:
        """Where the accounts of the document have their roles."""
        return self.zone.name

    @property
    def accounts(self) -> list[Account]:
        """The accounts of the document if it is a demonstration's."""
        return [Account.of(one) for one in self._data["people"] if self.zone.demo]

    @property
    def size(self) -> int:
        """The number of steps."""
        return 1 + sum(len(self._data[section]) for section in SECTIONS)

    def steps(self) -> Iterator[None]:
        """Load the file; yields after each item, so that progress can be shown."""
        with located(("zone",)):
            setting_up.load_zone(self._context)
        yield
        for section, load in SECTIONS.items():
            for index, item in enumerate(self._data[section]):
                with located((section, index)):
                    load(self._context, item)
                yield
