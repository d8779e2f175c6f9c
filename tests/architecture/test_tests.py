"""The tests' own habits: what they share stands in `tests/support`, and nobody sleeps."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from consultazione.config import ROOT
from tests.support.source import called

SUPPORT = "tests.support"
# A program with a file of its own beside it: `python -m tests.architecture.golden`.
PROGRAMS = {"tests.architecture.golden"}
FILES = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.name != "__init__.py"]
HELPERS = [path for path in FILES if path.parent.name == "support"]
TESTS = [path for path in FILES if path.name.startswith("test_") or path.name == "conftest.py"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    """The modules of `tests` that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    names = {_name(other) for other in FILES}
    return found & names


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_a_test_imports_helpers_of_support_alone(path: Path) -> None:
    """What two test modules share moves into `tests/support`; fixtures into a `conftest.py`."""
    others = {name for name in imported(path) - PROGRAMS if not name.startswith(f"{SUPPORT}.")}
    assert others == set()


@pytest.mark.parametrize("path", HELPERS, ids=name_of)
def test_a_helper_stands_on_helpers_and_says_what_it_is(path: Path) -> None:
    assert all(name.startswith(f"{SUPPORT}.") for name in imported(path))
    assert ast.get_docstring(ast.parse(path.read_text()))
    assert not path.name.startswith("test_")


def test_every_other_module_is_a_test() -> None:
    """Benchmarks are programs of their own; anything else that helps belongs to `support`."""
    helpers = [path for path in FILES if not {"support", "bench"} & set(path.parts)]
    assert {_name(path) for path in helpers if path not in TESTS} == PROGRAMS


# Why a test may let time pass rather than wait for a condition.
SLEEPS = {
    "tests/live/test_turns.py": "the share of time is what is measured",
}


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_nobody_sleeps(path: Path) -> None:
    """`tests.support.waiting` waits for what happens; a length of time is too long or too short."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    sleeps = [node.lineno for node in calls if called(node) == "sleep"]
    assert bool(sleeps) == (name_of(path) in SLEEPS), sleeps
