"""Fixtures of the search's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consultazione.core.actor import SYSTEM
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

    return index
