"""Strategies and decisions in a zone's file: loaded, exported, and refused with their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from consultazione.core.db import Database
from consultazione.importing.export.zone import zone_file
from consultazione.importing.main import BadFile, load
from consultazione.zones.models import Zone

_ZONE = """
zone: {slug: prova, name: Prova, kind: territorial_area, lead_body: Comune, demo: true,
  cycle: {start: 2025, end: 2027}, sign_off_rule: all_answered}
chapters: [{title: Obiettivi}, {title: Risorse}]
priorities: [{title: Una casa, source: Profilo, is_need: true}]
acts: [{id: voto, kind: council_vote, title: Voto, on_day: 2025-02-01, body: B, source: albo}]
"""
_DECISIONS: list[dict[str, Any]] = [
    {
        "title": "Alloggi protetti", "body": "Due.", "decided_by": "Sindaci",
        "decided_on": "2025-02-01", "act": "voto", "needs": ["Una casa"], "chapters": [2],
        "demo": False,
    },
    {
        "title": "Sportello", "body": "", "decided_by": "Tavolo", "decided_on": "2025-03-01",
        "source": "Verbale", "needs": [], "chapters": [], "demo": True,
    },
]  # fmt: skip


def file(**changes: Any) -> str:
    """The file of a zone with a strategy, whose first decision is changed."""
    decisions = [{**_DECISIONS[0], **changes}, _DECISIONS[1]]
    strategy = {"title": "Abitare", "body": "Vicino.", "decisions": decisions, "demo": True}
    return _ZONE + yaml.safe_dump({"strategies": [strategy]}, allow_unicode=True)


def test_what_is_loaded_is_exported_again(database: Database, tmp_path: Path) -> None:
    load(database, file(), tmp_path)
    with database.snapshot() as session:
        text = zone_file(session, session.scalars(select(Zone.id)).one(), tmp_path)
    exported = yaml.safe_load(text)
    (strategy,) = exported["strategies"]
    for decision in strategy["decisions"]:
        decision["decided_on"] = decision["decided_on"].isoformat()
    first, second = strategy["decisions"]
    assert (strategy["title"], strategy["body"], strategy["demo"]) == ("Abitare", "Vicino.", True)
    assert first == {**_DECISIONS[0], "act": exported["acts"][0]["id"]}
    assert second == _DECISIONS[1]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"act": "altro"}, "decisions.0.act"),
        ({"source": "Verbale"}, "decisions.0.source"),
        ({"needs": ["Un lavoro"]}, "decisions.0.needs"),
        ({"chapters": [3]}, "decisions.0.chapters"),
        ({"decided_on": "2199-01-01"}, "decisions.0.decided_on"),
    ],
)
def test_a_bad_decision_is_refused_with_its_place(
    database: Database, tmp_path: Path, wrong: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadFile, match=f"strategies.0.{place}"):
        load(database, file(**wrong), tmp_path)
    with database.snapshot() as session:
        assert session.scalars(select(Zone)).all() == []
