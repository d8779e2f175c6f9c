"""What imports leave says what the log says."""

from __future__ import annotations

from pathlib import Path

from consultazione import audits
from consultazione.config import ROOT
from consultazione.core.audit import differences
from consultazione.core.db import Database
from consultazione.importing.main import load_files

assert audits.ALL
# A territory's file comes after those of its zones.
FILES = sorted(
    (ROOT / "demo").glob("*.yaml"), key=lambda file: (file.stem[:9] == "provincia", file)
)


def test_the_rows_of_all_demo_zones_say_what_the_log_says(
    database: Database, tmp_path: Path
) -> None:
    load_files(database, {file.name: file.read_text(encoding="utf-8") for file in FILES}, tmp_path)
    with database.snapshot() as session:
        assert [str(one) for one in differences(session)] == []
