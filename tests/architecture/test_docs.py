"""The documents: what is written from the source is up to date, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from consultazione import event_docs, live_contract, rights_docs
from consultazione.config import ROOT
from consultazione.embedded.demo import DEMO
from tests.support.source import FEATURES

DOCUMENTS = [
    path for folder in ("", "docs", ".github") for path in sorted((ROOT / folder).glob("*.md"))
]
LINK = re.compile(r"\]\(([^)\s]+)\)")
TOPS = "consultazione|workers|tests|templates|static|docs|demo|docker"
PATH = re.compile(rf"`((?:{TOPS})/[\w./-]+)`")
# In docs/live.md also below `consultazione/live`, which the page says.
SHORT = re.compile(r"`([\w/]+\.(?:py|js))`")
# In a comment, or in a text that names a file; what set-up or tests write is not there yet.
IN_SOURCE = re.compile(
    rf"(?<![\w./-])((?:{TOPS})/(?!vendor/)[\w./-]+\.(?:py|js|mjs|ts|html|md|json|txt))\b"
)
SOURCES = [
    path
    for top in ("consultazione", "workers", "templates", "static")
    for path in sorted((ROOT / top).rglob("*"))
    if path.suffix in {".py", ".js", ".mjs", ".ts", ".html"} and "vendor" not in path.parts
]

# The files that the tutorial has its readers make.
MADE = set(
    re.findall(
        r"^--- /dev/null\n\+\+\+ b/(.+)$",
        (ROOT / "tests" / "tutorial" / "add_a_message.patch").read_text(),
        re.MULTILINE,
    )
)


def test_manual_of_events_is_up_to_date() -> None:
    """If this fails: `make docs`."""
    assert event_docs.FILE.read_text() == event_docs.text()


def test_rights_are_written_down_as_they_are() -> None:
    """If this fails: `make docs`."""
    assert rights_docs.FILE.read_text() == rights_docs.text()


def test_contract_of_the_room_is_up_to_date() -> None:
    """If this fails: `make docs`."""
    assert live_contract.FILE.read_text() == live_contract.text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = {link for link in LINK.findall(document.read_text()) if "://" not in link}
    files = {link.partition("#")[0] for link in links}
    assert [name for name in files if name and not (document.parent / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_places_named_are_there(document: Path) -> None:
    """A path of the source in backticks exists; `<feature>` and the like are no paths."""
    places = set(PATH.findall(document.read_text())) - MADE
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_files_of_the_live_path_are_there() -> None:
    named = set(SHORT.findall((ROOT / "docs" / "live.md").read_text()))
    below = (ROOT, ROOT / "consultazione" / "live")
    assert [name for name in named if not any((top / name).exists() for top in below)] == []


def test_files_named_in_the_source_are_there() -> None:
    """What was moved is looked for in vain where a comment says that it stands."""
    wrong = [
        f"{path.relative_to(ROOT)} names {name}"
        for path in SOURCES
        for name in IN_SOURCE.findall(path.read_text())
        if not (ROOT / name).exists()
    ]
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_named_are_there(document: Path) -> None:
    """A `make TARGET` in backticks is a target of the Makefile."""
    named = set(re.findall(r"`make ([a-z-]+)", document.read_text()))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named <= targets


def test_accounts_named_are_those_of_the_demo() -> None:
    readme = (ROOT / "README.md").read_text()
    passwords = {}
    for path in DEMO:
        document = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        for account in (*document.get("people", ()), *document.get("coordinators", ())):
            passwords[account["email"]] = account["password"]
    named = re.findall(r"[\w.]+@demo\.example", readme)
    assert named
    assert all(f"`{passwords[account]}`" in readme for account in named)


def test_the_rooms_of_the_features_are_in_the_architecture() -> None:
    """A folder with code is named there by its own name, with or without its feature's."""
    document = (ROOT / "docs" / "architecture.md").read_text()
    told = {word for code in re.findall(r"`([^`\n]+)`", document) for word in re.split(r"\W", code)}
    rooms = (path.parent for path in (ROOT / "consultazione").glob("*/*/__init__.py"))
    of_features = {room.name for room in rooms if room.parent.name in FEATURES}
    assert of_features - told - {"commands"} == set()
