"""Fixtures of zones and their places."""

from __future__ import annotations

import pytest

from consultazione.core.actor import SYSTEM
from consultazione.zones.commands.territories import join_territory, set_up_territory
from consultazione.zones.models import Territory, TerritoryKind
from tests.support.factories import Factory


@pytest.fixture
def territory(make: Factory) -> Territory:
    """A territory with the factory's zone."""
    with make.database.transaction(SYSTEM) as tx:
        found = set_up_territory(
            tx, slug="provincia-di-prova", name="Provincia di prova", kind=TerritoryKind.PROVINCE,
            region="Emilia-Romagna", lead_body="Provincia di prova",
        )  # fmt: skip
        join_territory(tx, zone_id=make.zone.id, territory_id=found.id)
    return found
