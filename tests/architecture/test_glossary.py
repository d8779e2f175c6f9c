"""The glossary: its identifiers exist, and comments and docstrings use its terms."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from consultazione.config import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
ROW = re.compile(r"^\| (.+?) \| (.+?) \| `([\w.]+)` \| (.+?) \|$", re.MULTILINE)

# Synonyms that a reader has to guess, and the term to write instead.
BANNED = {
    r"who(ever)? (presides|presided|chairs)\b": "the chair",
    r"presiding officer": "the chair",
    r"\b(table|live|council|plenary)('s)? sessions?\b": "sitting",
    r"\bsessions? (is|was|are|were) (convened|opened|suspended)\b": "sitting",
    r"\b(agenda|minutes|chair) of (a|the) session\b": "sitting",
    r"\bharmless\b": "idempotent",
    r"\b(laid|lay) (the job |a job |it )?aside\b": "dead",
    r"\bhand(ed|s)? (a |the )?proposals? in\b": "submit",
    r"\bse(e|en|es) off\b": "mark as departed",
    r"\bwhat awaits\b": "to-do list",
    r"\bso many (acts )?at once\b": "concurrency limit",
    r"\bobservations?\b": "comment",
}
# These two hold the synonyms themselves, and the docstrings of events.
LISTS = {"glossary.md", "events.md"}
SOURCES = sorted(
    path
    for top in ("consultazione", "workers", "tests")
    for path in (ROOT / top).rglob("*.py")
    if path != Path(__file__)
)
DOCUMENTS = sorted(
    path for top in ("", "docs") for path in (ROOT / top).glob("*.md") if path.name not in LISTS
)


def identifiers() -> list[str]:
    """The identifiers of the glossary as dotted names from the top."""
    names = [row[2] for row in ROW.findall(GLOSSARY)]
    return [name if name.startswith("workers.") else f"consultazione.{name}" for name in names]


def tables() -> list[list[str]]:
    """The English terms of each group of the glossary, as they stand."""
    groups = (ROW.findall(group) for group in GLOSSARY.split("\n## "))
    return [[row[1] for row in group] for group in groups if group]


def test_identifiers_exist() -> None:
    assert [name for name in identifiers() if resolve(name) is None] == []


def test_terms_are_in_order() -> None:
    groups = tables()
    assert sum(map(len, groups)) >= 70
    assert groups == [sorted(group, key=str.casefold) for group in groups]


def test_comments_use_the_terms() -> None:
    assert [fault for path in SOURCES for fault in faults(path, prose(path))] == []


def test_documents_use_the_terms() -> None:
    assert [fault for path in DOCUMENTS for fault in faults(path, lines(path))] == []


def test_comments_of_templates_use_the_terms() -> None:
    paths = sorted((ROOT / "templates").rglob("*.html"))
    assert [fault for path in paths for fault in faults(path, template_comments(path))] == []


def faults(path: Path, texts: Iterable[tuple[int, str]]) -> list[str]:
    """The banned synonyms in some texts, each with its place and the term to write."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {match.group()!r}: write {term!r}"
        for line, text in texts
        for banned, term in BANNED.items()
        if (match := re.search(banned, text, re.IGNORECASE))
    ]


def lines(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text().splitlines(), 1)


def template_comments(path: Path) -> Iterator[tuple[int, str]]:
    source = path.read_text()
    for comment in re.finditer(r"\{#.*?#\}", source, re.DOTALL):
        yield source.count("\n", 0, comment.start()) + 1, " ".join(comment.group().split())


def resolve(name: str) -> Any:
    """A module, or what is in one; None if there is no such thing."""
    module, attributes = _module_of(name)
    for attribute in attributes:
        module = getattr(module, attribute, None)
    return module


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The comments and docstrings of a module with their lines.

    Left out are the docstrings of events, which are docs/events.md, and those of REST
    resources, which are the OpenAPI document.
    """
    source = path.read_text()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    if path.name not in {"events.py", "api.py"}:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield getattr(node, "lineno", 1), " ".join((ast.get_docstring(node) or "").split())


def _module_of(name: str) -> tuple[Any, list[str]]:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        try:
            return import_module(module), parts[length:]
        except ModuleNotFoundError as error:
            if error.name is None or not module.startswith(error.name):
                raise
    raise LookupError(name)
