"""An open sitting, in the test's transaction or with commits that are final."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.factories import Factory
from tests.support.meeting import Meeting, final_meeting, meet


@pytest.fixture
def meeting(make: Factory) -> Meeting:
    """An open sitting with three persons in it."""
    return meet(make)


@pytest.fixture
def real(engine: Engine) -> Iterator[Meeting]:
    """A meeting in a database whose commits are final."""
    with final_meeting(engine) as meeting:
        yield meeting
