"""No function has more than eight ways through it, and none is excused."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from consultazione.config import ROOT

EXCUSE = re.compile(r"#\s*(ruff:\s*)?noqa(?!:)|#\s*(ruff:\s*)?noqa:.*\bC90", re.IGNORECASE)
PLACES = ("consultazione", "workers", "tests")


def lint() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    settings: dict[str, Any] = found["tool"]["ruff"]["lint"]
    return settings


def test_complexity_is_checked_everywhere() -> None:
    settings = lint()
    assert settings["mccabe"] == {"max-complexity": 8}
    assert "C90" in settings["select"]
    by_file = [rule for rules in settings["per-file-ignores"].values() for rule in rules]
    ignored = [*settings["ignore"], *by_file]
    assert [rule for rule in ignored if rule.startswith("C")] == []


def test_no_line_excuses_itself() -> None:
    excused = [
        f"{path.relative_to(ROOT)}:{number}"
        for place in PLACES
        for path in sorted((ROOT / place).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if EXCUSE.search(line)
    ]
    assert excused == []
