"""`core` is bare: it stands on a few libraries of data, and on nothing of the edges."""

from __future__ import annotations

import subprocess
import sys

from consultazione.config import ROOT
from tests.support.source import Module, imported_modules, modules, outside_packages

LIBRARIES = {
    "alembic", "sqlalchemy",  # the database
    "cryptography",  # the keys of texts
    "cattrs",  # events to JSON and back
    "idna",  # domains of e-mail addresses
    "linkify_it", "markdown_it", "nh3",  # what people write, as safe HTML
    "filetype",  # the type of a file, by its first bytes
}  # fmt: skip
# What is loaded with core and then used behind its back.
EDGES = {
    "babel", "engineio", "flask", "flask_babel", "gevent", "redis", "rich", "rq", "socketio",
    "structlog", "werkzeug", "consultazione.config", "consultazione.web",
}  # fmt: skip
# A column keeps the name it was created with; permissions name every command of the product.
NAMES_REHEARSALS = {"consultazione.core.idempotency", "consultazione.core.permissions"}


def core() -> list[Module]:
    return [module for module in modules().values() if module.package == "core"]


def test_core_imports_a_short_list_of_libraries() -> None:
    allowed = LIBRARIES | sys.stdlib_module_names
    found = {module.name: outside_packages(module) - allowed for module in core()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert set.union(*(outside_packages(module) for module in core())) >= LIBRARIES


def test_core_imports_nothing_of_the_product_but_itself() -> None:
    found = {other.name for module in core() for other in imported_modules(module)}
    assert {name for name in found if not name.startswith("consultazione.core")} == set()


def test_importing_core_loads_no_edge() -> None:
    names = ", ".join(module.name for module in core())
    program = f"import sys, {names}\nprint(*sorted({EDGES} & set(sys.modules)))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_core_knows_no_rehearsals() -> None:
    found = {module.name for module in core() if "rehears" in module.path.read_text().lower()}
    assert found <= NAMES_REHEARSALS
