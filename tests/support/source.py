"""The product's source as the architecture tests read it: modules, and who imports whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from consultazione.config import ROOT

# The consultation's own story, top to bottom: a feature knows those above it only.
FEATURES = (
    "zones", "people", "documents", "tables", "proposals", "comments", "opinions", "sittings",
    "surveys", "moderation", "minutes", "outcomes", "plan", "programme", "sharing", "exchange",
    "memory", "provincial", "setup", "transparency", "archive", "notices", "site", "home", "search",
    "verification", "erasure", "privacy", "operations",
)  # fmt: skip
# The parts of a sitting, from the ground up: a part knows the feature's own root and those
# before it.
SITTING_PARTS = (
    "proxies", "quorums", "breaks", "floor", "places", "attendance", "polls", "delegating",
    "doubles", "questions", "record", "agenda", "video", "chat", "applause", "lifecycle", "room",
)  # fmt: skip
# The parts of the plan, each with its own tables, commands and pages.
PLAN_PARTS = (
    "blocks", "importing", "discussion", "approval", "needs", "decisions", "papers", "certificates",
)  # fmt: skip
# Parts of pages under a name of their own.
PARTS_OF_PAGES = {"consultazione.sittings.rest"}  # how sittings offer a command over REST
NAMED = {"commands": "command", "schemas": "schema"}


@dataclass(frozen=True)
class Module:
    """One module of `consultazione` or `workers`."""

    name: str
    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(), str(self.path))

    @property
    def parts(self) -> list[str]:
        """The name without the package at the top: `people.views` is [people, views]."""
        return self.name.split(".")[1:]

    @property
    def package(self) -> str:
        """What the module belongs to: a feature, `core`, `web`; empty at the top."""
        return self.parts[0] if self.parts and (self.is_package or self.parts[1:]) else ""

    @property
    def sitting_part(self) -> str:
        """The part of sittings that the module belongs to; empty at their root and elsewhere."""
        inside = self.parts[:1] == ["sittings"] and self.parts[1:2]
        return inside[0] if inside and inside[0] in SITTING_PARTS else ""

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def is_worker(self) -> bool:
        return self.name.split(".")[0] == "workers"

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Every import statement, those inside functions too, with each name that it asks for."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def modules() -> dict[str, Module]:
    """Every module of the product by its dotted name."""
    paths = [path for top in ("consultazione", "workers") for path in (ROOT / top).rglob("*.py")]
    found = (Module(_name(path), path) for path in sorted(paths) if "migrations" not in path.parts)
    return {module.name: module for module in found}


@cache
def imported_modules(module: Module) -> list[Module]:
    """The product's own modules that a module asks for, wherever in its text."""
    found = (_module_of(name) for _, name in module.imports())
    return list(dict.fromkeys(m for m in found if m is not None and m is not module))


def outside_packages(module: Module) -> set[str]:
    """The top names of everything else that a module imports."""
    return {name.split(".")[0] for _, name in module.imports() if _module_of(name) is None}


def calls(module: Module, wanted: str) -> Iterator[ast.Call]:
    """The calls of something by that name, as a function or as a method."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node) == wanted:
            yield node


def called(node: ast.expr) -> str:
    """The last name of a call or of a decorator: `get` for `@blueprint.get("/")`."""
    target = node.func if isinstance(node, ast.Call) else node
    return getattr(target, "attr", None) or getattr(target, "id", "")


def _name(path: Path) -> str:
    relative = path.relative_to(ROOT).with_suffix("")
    return ".".join(relative.parts[:-1] if relative.name == "__init__" else relative.parts)


def _module_of(name: str) -> Module | None:
    """The module that an imported name is, or stands in."""
    return modules().get(name) or modules().get(name.rpartition(".")[0])


def floor(module: Module) -> str:
    """Where a module stands: top, core, inner, command, schema, page, web, edge or a package."""
    if module.package == "core":
        return "core"
    if module.is_worker or module.package in {"live", "importing"}:
        return "edge"
    if module.package not in FEATURES:
        return module.package or "top"
    named = any(part.endswith(("views", "api", "blueprint")) for part in module.parts[1:])
    if named or module.name in PARTS_OF_PAGES:
        return "page"
    return next((NAMED[part] for part in module.parts[1:] if part in NAMED), "inner")
