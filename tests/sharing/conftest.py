"""Fixtures of sharing."""

from __future__ import annotations

import pytest

from tests.support.factories import Factory
from tests.support.sharing_story import Sharing


@pytest.fixture
def sharing(make: Factory) -> Sharing:
    """Three municipalities with figures and two criteria."""
    return Sharing(make)
