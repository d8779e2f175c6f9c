"""One real stack for all of these tests; what is made in it is committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.factories import Factory
from tests.support.room_reducer import Reducer
from tests.support.stack import Stack, running_stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """``consultazione up`` without the demo zone."""
    with running_stack(demo=False) as stack:
        yield stack


@pytest.fixture(scope="package")
def make(stack: Stack) -> Factory:
    """Makes zones, persons and sittings in the stack's database."""
    return Factory(stack.database())


@pytest.fixture(scope="package")
def reducer() -> Iterator[Reducer]:
    """What a browser makes of frames."""
    with Reducer() as reducer:
        yield reducer
