"""The books of the factory's zone."""

from __future__ import annotations

import pytest

from tests.support.books import Books
from tests.support.factories import Factory


@pytest.fixture
def books(make: Factory) -> Books:
    """A zone with three municipalities and the draft programme of its first year."""
    return Books(make)
