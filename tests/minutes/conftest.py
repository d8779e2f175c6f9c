"""The draft of a sitting that was held, and its facilitator."""

from __future__ import annotations

import pytest

from tests.support.factories import Factory
from tests.support.minutes_desk import Desk, draft_of_a_sitting


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A draft, written just now."""
    return draft_of_a_sitting(make)
