"""The tests' own habits: what they share stands in `tests/support`, and nobody sleeps."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from consultazione.config import ROOT
from tests.support import slow_tests
from tests.support.markers import MARKED
from tests.support.source import called

SUPPORT = "tests.support."
# A program with a file of its own beside it: `python -m tests.architecture.golden`.
PROGRAMS = {"tests.architecture.golden"}
# Why a test may let time pass rather than wait for a condition.
SLEEPS = {
    "tests/live/test_throttle.py": "the share of time is what is measured",
}
FILES = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path.name != "__init__.py"]
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in FILES}
TESTS = [name for name in TREES if Path(name).name.startswith(("test_", "conftest."))]
HELPERS = [name for name in TREES if name.startswith("tests/support/")]


def module(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".")


def imported(name: str) -> set[str]:
    """The modules of `tests` that a file imports."""
    found: set[str] = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found & {module(other) for other in TREES}


def test_tests_and_helpers_import_helpers_alone() -> None:
    """What two test modules share moves into `tests/support`; fixtures into a `conftest.py`."""
    wrong = {
        name: others
        for name in [*TESTS, *HELPERS]
        if (others := {m for m in imported(name) - PROGRAMS if not m.startswith(SUPPORT)})
    }
    assert wrong == {}


def test_every_other_module_is_a_test() -> None:
    """Benchmarks are programs of their own; anything else that helps belongs to `support`."""
    others = set(TREES) - set(TESTS) - set(HELPERS)
    assert {module(name) for name in others if not name.startswith("tests/bench/")} == PROGRAMS


def test_helpers_say_what_they_are() -> None:
    assert [name for name in HELPERS if not ast.get_docstring(TREES[name])] == []


def test_nobody_sleeps() -> None:
    """`tests.support.waiting` waits for what happens; a length of time is too long or too short."""
    assert {name for name in TESTS if sleeps(TREES[name])} == set(SLEEPS)


def sleeps(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Call) and called(node) == "sleep" for node in ast.walk(tree))


@pytest.mark.parametrize("where", MARKED)
def test_what_is_left_out_of_the_fast_tests_is_there(where: str) -> None:
    place, _, name = where.partition("::")
    assert (ROOT / "tests" / place).exists()
    assert not name or f"def {name}(" in (ROOT / "tests" / place).read_text()


def test_what_was_found_to_take_long_is_there() -> None:
    modules = {place.partition("::")[0] for place in slow_tests.listed()}
    assert {module for module in modules if not (ROOT / "tests" / module).is_file()} == set()
