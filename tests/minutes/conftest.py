"""The draft of a sitting that was held, and its facilitator."""

from __future__ import annotations

import pytest

from tests.support.factories import Factory
from tests.support.minutes_desk import Desk, draft_of_a_sitting
from tests.support.minutes_signing import SigningDesk, draft_to_sign


@pytest.fixture
def desk(make: Factory) -> Desk:
    """A draft, written just now."""
    return draft_of_a_sitting(make)


@pytest.fixture
def signing(make: Factory) -> SigningDesk:
    """A draft whose facilitator presided, and which somebody else was named to write."""
    return draft_to_sign(make)
