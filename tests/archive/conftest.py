"""The archive of the demo zone's past cycle, made once for all tests of the folder."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.support.archives import CYCLE, STORY, Example, archive, signed, unpacked
from tests.support.loaded_file import loaded_file


@pytest.fixture(scope="session")
def example(engine: Engine, shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The archive, in a file and unpacked."""
    place = tmp_path_factory.mktemp("archive")
    with loaded_file(engine, STORY, place / "uploads") as database:
        key = signed(database)
        made = archive(shared_app, database, place / "a.zip", **CYCLE)
    folder = unpacked(place / "a.zip", place / "a")
    return Example(file=place / "a.zip", folder=folder, made=made, key=key)
