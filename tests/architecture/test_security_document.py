"""docs/security.md: every requirement of the standard once, and nothing that is not so.

`asvs_5_0_0.json` has the numbers of OWASP ASVS 5.0.0 at levels 1 and 2, each with its level.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from consultazione.config import ROOT

DOCUMENT = (ROOT / "docs" / "security.md").read_text()
LEVELS: dict[str, int] = json.loads(Path(__file__).with_name("asvs_5_0_0.json").read_text())
CHAPTERS = [f"V{number}" for number in range(1, 18)]
VERDICTS = {"met", "not applicable", "open"}
# What may stand in place of a test: a document is asked for, or there is nothing to try.
INSTEAD = {"docs", "by design"}

ROW = re.compile(r"^\| (V[\d.]+) (.+) \| (\d) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
BEGINS = re.compile(r"^\| (V[\d.]+)\b", re.MULTILINE)
HEADING = re.compile(r"^### (V\d+) ", re.MULTILINE)
VERDICT = re.compile(r"^\*\*Verdict: (.+)\.\*\*$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# A file in backticks, below the root or below `consultazione`, as the document says.
FILE = re.compile(r"`([a-z_]\w*(?:/[\w-]+)+\.\w+)`")
EXCEPTIONS = "met, with these exceptions: "


@dataclass(frozen=True)
class Row:
    """One row: the number, what stands for the requirement, and what is said of it."""

    number: str
    words: str
    level: int
    verdict: str
    how: str
    test: str


def rows_of(text: str) -> list[Row]:
    return [
        Row(number, words, int(level), verdict, how, test)
        for number, words, level, verdict, how, test in ROW.findall(text)
    ]


ROWS = rows_of(DOCUMENT)


def chapters() -> dict[str, str]:
    """The text of each chapter, by its number."""
    _, *parts = HEADING.split(DOCUMENT)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def verdict_of(rows: list[Row]) -> str:
    """The verdict that follows from the rows of a chapter."""
    exceptions = [row.number for row in rows if row.verdict == "open"]
    if exceptions:
        return EXCEPTIONS + ", ".join(exceptions)
    return "met" if any(row.verdict == "met" for row in rows) else "not applicable"


@cache
def functions(path: Path) -> frozenset[str]:
    """The functions of a module, those of its classes included."""
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_requirement_stands_once_in_its_order() -> None:
    assert len(LEVELS) == 253
    assert BEGINS.findall(DOCUMENT) == list(LEVELS)
    assert {row.number: row.level for row in ROWS} == LEVELS


def test_verdicts_are_of_the_list() -> None:
    assert [row for row in ROWS if row.verdict not in VERDICTS] == []


def test_what_is_open_says_what_is_missing_since_when_and_until_when() -> None:
    said = re.compile(r"since .*|by design", re.DOTALL)
    later = re.compile(r"[Cc]omes?\b|planned")
    found = [row for row in ROWS if row.verdict == "open"]
    assert [
        row.number for row in found if not (said.search(row.how) and later.search(row.how))
    ] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapters_verdict_is_that_of_its_rows(chapter: str) -> None:
    text = chapters()[chapter]
    rows = rows_of(text)
    assert {row.number.partition(".")[0] for row in rows} == {chapter}
    assert VERDICT.findall(text) == [verdict_of(rows)]


def test_there_are_no_other_chapters() -> None:
    assert list(chapters()) == CHAPTERS


def test_the_sum_of_all_rows_is_right() -> None:
    counts = {verdict: sum(row.verdict == verdict for row in ROWS) for verdict in VERDICTS}
    sentence = ", ".join(f"{counts[name]} {name}" for name in ("met", "not applicable", "open"))
    assert f"{sentence}." in DOCUMENT


def test_every_row_names_tests_or_says_why_not() -> None:
    named = [row for row in ROWS if row.test not in INSTEAD]
    assert [row for row in named if TEST.sub("", row.test).strip(", ")] == []


def test_tests_named_are_there() -> None:
    named = TEST.findall(DOCUMENT)
    assert len(named) >= 200
    assert [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)] == []


def test_files_named_are_there() -> None:
    below = (ROOT, ROOT / "consultazione")
    named = FILE.findall(DOCUMENT)
    assert [name for name in named if not any((top / name).exists() for top in below)] == []
