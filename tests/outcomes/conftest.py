"""An outcome that two unions are asked to answer."""

from __future__ import annotations

import pytest

from consultazione.core.db import Database
from tests.support.signoff_board import Board, open_board


@pytest.fixture
def board(database: Database) -> Board:
    """An outcome open for sign-off."""
    return open_board(database)
