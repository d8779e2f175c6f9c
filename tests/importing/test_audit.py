"""What an import leaves says what the log says."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultazione import audits
from consultazione.config import ROOT
from consultazione.core.audit import differences
from consultazione.core.db import Database
from consultazione.importing.main import load

assert audits.ALL
FILES = sorted((ROOT / "demo").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_rows_of_a_zone_file_say_what_the_log_says(
    file: Path, database: Database, tmp_path: Path
) -> None:
    load(database, file.read_text(encoding="utf-8"), tmp_path)
    with database.snapshot() as session:
        found = [str(one) for one in differences(session)]
    assert found == []
