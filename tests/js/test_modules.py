"""Runs the unit tests of the browser's modules, `tests/js/*.test.mjs`, under Node.js.

They run once, all together; each file is one test here, and its failures are the message.
By hand: `python -m pytest tests/js`, or one file of them with `-k acts`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from consultazione.config import ROOT
from consultazione.sittings.room.sentences import room_wording
from tests.support.node_process import node
from tests.support.translated import reading

HERE = Path(__file__).parent
STATIC = ROOT / "static"
# They put other modules or elements together on a page of a browser: tests/browser drives them.
PAGES = {
    "js/boot.js",
    "js/passkey.js",
    "search/similar_page.js",
    "sittings/keys.js",
    "sittings/notes.js",
    "sittings/room.js",
    "sittings/screen.js",
    "sittings/tabs.js",
    "verification/proof.js",
    "verification/verify.js",
}
FILES = sorted(HERE.glob("*.test.mjs"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What failed in each file, by its name; a file that ran no test is not in it."""
    report = tmp_path_factory.mktemp("node") / "report.xml"
    words = report.with_name("words.json")
    words.write_text(json.dumps(_words()))
    run = subprocess.run(
        [node(), "--test", "--test-reporter=junit", f"--test-reporter-destination={report}",
         *map(str, FILES)],
        env={**os.environ, "ROOM_WORDS": str(words), "NODE_NO_WARNINGS": "1", "TZ": "UTC"},
        capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert report.exists(), run.stderr
    return _failures(report)


def _words() -> dict[str, object]:
    """The sentences of the room in both languages, as its page holds them."""
    found: dict[str, object] = {}
    for language in ("en", "it"):
        with reading(language):
            found[language] = room_wording()
    return found


def _failures(report: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        failures = found.setdefault(Path(case.get("file", "")).name, [])
        failures += [f"{case.get('name')}: {failure.text}" for failure in case.iter("failure")]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_modules_of_the_browser(path: Path, results: dict[str, list[str]]) -> None:
    assert path.name in results, "no test of this file has run"
    assert results[path.name] == [], "\n\n".join(results[path.name])


def test_every_module_is_loaded_by_a_test() -> None:
    """By its own test, or by one of the module that puts it together with others."""
    tested = {
        name
        for path in [*FILES, *HERE.parent.glob("live/*.mjs")]
        for name in re.findall(r"static/([a-z_/]+\.js)", path.read_text())
    }
    reached = set(tested)
    while tested:
        tested = {found for name in tested for found in _imports(name)} - reached
        reached |= tested
    modules = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*.js")}
    assert {name for name in modules if not name.startswith("vendor/")} == reached | PAGES


def _imports(name: str) -> set[str]:
    """The modules of ours that a module imports or passes on; types are no module."""
    found = re.findall(r"from \"(\.[^\"]*)\"", (STATIC / name).read_text())
    paths = {((STATIC / name).parent / path).resolve() for path in found}
    own = {path for path in paths if path.is_relative_to(STATIC) and "vendor" not in path.parts}
    return {str(path.relative_to(STATIC)) for path in own if path.exists()}


def test_every_module_says_what_it_is_and_is_type_checked() -> None:
    modules = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    wrong = [path for path in modules if not path.read_text().startswith("// @ts-check\n// ")]
    assert wrong == []
