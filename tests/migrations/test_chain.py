"""All migrations one after the other, there and back, with a whole zone in the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory

from consultazione.config import ROOT
from consultazione.core.columns import Base
from consultazione.core.log import verify
from consultazione.importing.main import load
from tests.support.scratch_database import Rows, Scratch, only

DEMO = ROOT / "demo" / "reno-lavino-samoggia.yaml"
FIRST, *LATER = reversed(
    list(ScriptDirectory(str(ROOT / "consultazione" / "migrations")).walk_revisions())
)

_OLD_ACTS = ("convocation", "approval", "council_vote", "programme_agreement", "framework")


@pytest.mark.parametrize("migration", LATER, ids=lambda script: Path(script.path).stem)
def test_every_migration_is_tested_on_rows(migration: Script) -> None:
    """`tests/migrations/test_<revision>_<name>.py` takes rows up, and down again."""
    text = (Path(__file__).parent / f"test_{Path(migration.path).name}").read_text()
    assert f'upgrade("{migration.revision}")' in text
    assert f'downgrade("{migration.down_revision}")' in text


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")
def test_there_and_back_leads_to_the_models_again(empty: Scratch) -> None:
    empty.upgrade("head")
    tables = empty.tables()
    empty.downgrade("base")
    assert empty.tables() == []
    empty.upgrade("head")
    assert empty.tables() == tables
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_whole_zone_goes_down_to_the_first_schema_and_comes_back(
    empty: Scratch, tmp_path: Path
) -> None:
    empty.upgrade(FIRST.revision)
    first = empty.tables()
    empty.upgrade("head")
    load(empty.database(), DEMO.read_text(encoding="utf-8"), tmp_path)
    full = empty.rows()
    empty.downgrade(FIRST.revision)
    oldest = _without_texts(empty.rows())
    full = _as_before(_without_texts(full))
    assert oldest == only({name: full[name] for name in first}, oldest) | {
        name: [] for name in first if not full[name]
    }
    empty.upgrade("head")
    again = _as_before(_without_texts(empty.rows()))
    assert only(again, oldest) == only(oldest, oldest)
    with empty.database().snapshot() as session:
        names = verify.streams(session)
        assert len(names) == len(full["log_stream"])
        assert [fault for name in names for fault in verify.verify_stream(session, name)] == []


def _as_before(rows: Rows) -> Rows:
    """Rows with what later migrations took elsewhere, where it stood in the first schema."""
    return _with_old_acts(_with_paragraphs(_with_years(rows)))


def _with_old_acts(rows: Rows) -> Rows:
    """Rows whose acts are of the kinds that there were until 0026, else approvals."""
    acts = [
        {**row, "kind": row["kind"] if row["kind"] in _OLD_ACTS else "approval"}
        for row in rows["act"]
    ]
    return {**rows, "act": acts}


def _with_paragraphs(rows: Rows) -> Rows:
    """Rows with the paragraphs of the plan, which are blocks since 0025."""
    bodies = {(row["block_id"], row["number"]): row["body"] for row in rows["block_version"]}
    origins = {row["block_id"]: row["contribution_id"] for row in rows["block_origin"]}
    paragraphs = [
        {
            **row,
            "body": bodies[row["id"], row["version"]],
            "contribution_id": origins.get(row["id"]),
        }
        for row in rows["block"]
    ]
    return {**rows, "paragraph": paragraphs}


def _with_years(rows: Rows) -> Rows:
    """Rows with the years of a zone's cycle at the zone, where they stood until 0020."""
    years = {row["zone_id"]: row for row in rows["cycle"]}
    zones = [
        {
            **row,
            "cycle_start": years[row["id"]]["first_year"],
            "cycle_end": years[row["id"]]["last_year"],
        }
        for row in rows["zone"]
    ]
    return {**rows, "zone": zones}


def _without_texts(rows: Rows) -> Rows:
    """Rows without the words, which are sealed since 0013; verifying reads them.

    A text keeps its place, and a comment all the rest.
    """
    places = [{key: row[key] for key in ("position", "field")} for row in rows["log_text"]]
    comments = [{k: v for k, v in row.items() if k != "body"} for row in rows["comment"]]
    return {
        **rows,
        "log_text": sorted(places, key=str),
        "comment": sorted(comments, key=str),
    }
