"""An opinion map of a table, opened by its chair."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.opinions.commands.maps import open_opinion_map
from tests.support.factories import Factory
from tests.support.opinion_asking import STATEMENTS, Asked


@pytest.fixture
def asked(make: Factory) -> Asked:
    table = make.table()
    chair = make.holder(Role.FACILITATOR, table.id)
    with make.database.transaction(chair) as tx:
        opened = open_opinion_map(
            tx,
            table_id=table.id,
            title="Opening hours",
            question="When shall the desk be open?",
            opinions=STATEMENTS,
            closes_at=clock.now() + timedelta(days=7),
        )
    return Asked(make, chair, opened.id)
