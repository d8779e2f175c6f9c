"""Fixtures of the search's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.search.indexing.dictionary import count_words, due_dictionaries
from consultazione.search.indexing.following import catch_up, follow
from tests.support.factories import Factory


@pytest.fixture
def index(make: Factory) -> Callable[[], None]:
    """Has the index follow the log to its end."""

    def index() -> None:
        for step in (follow, catch_up):
            with make.database.transaction(SYSTEM) as tx:
                while step(tx.session, at=tx.now, limit=200):
                    pass
        with make.session() as session:
            zones = due_dictionaries(session, at=clock.now() + timedelta(hours=1))
        for zone_id in zones:
            count_words(make.database, zone_id)

    return index
