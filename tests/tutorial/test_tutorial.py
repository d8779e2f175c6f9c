"""`docs/tutorial.md` shows lines of `add_a_message.patch`, which applies and passes its tests."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from consultazione.config import ROOT

PATCH = Path(__file__).with_name("add_a_message.patch")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text()
TOUCHED = re.findall(r"^\+\+\+ b/(.+)$", PATCH.read_text(), re.MULTILINE)
# What git does not hold, and the tests need.
INSTALLED = ("node_modules", "static/vendor")
CATALOGUES = "consultazione/translations/{}/LC_MESSAGES/messages.{}"


def blocks(*languages: str) -> str:
    """The contents of the tutorial's blocks of these languages, one after the other."""
    pattern = rf"^```(?:{'|'.join(languages)})\n(.*?)^```"
    return "".join(re.findall(pattern, TUTORIAL, re.DOTALL | re.MULTILINE))


def commands() -> Iterator[list[str]]:
    """The commands that the tutorial gives, in their order; `make` as what it would run."""
    for line in blocks("sh").replace("\\\n", " ").splitlines():
        program, *arguments = shlex.split(line, comments=True)
        if program == "make":
            for target in arguments:
                yield from RECIPES.get(target) or recipe(target)
        else:
            yield [sys.executable if program == ".venv/bin/python" else program, *arguments]


def recipe(target: str) -> list[list[str]]:
    """The programs of the product that a target of the Makefile runs."""
    makefile = (ROOT / "Makefile").read_text()
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert lines, f"make {target} runs nothing"
    return [
        [sys.executable, *shlex.split(line)]
        for line in re.findall(r"^\t@\$\(BIN\)/python (.*)$", lines[1], re.MULTILINE)
    ]


# Set-up installs too; what it does to a change of the catalogues is to compile them.
RECIPES = {
    "setup": [
        [sys.executable, "-m", "babel.messages.frontend", "-q", "compile",
         "-i", CATALOGUES.format(code, "po"), "-o", CATALOGUES.format(code, "mo")]
        for code in ("en", "it")
    ]
}  # fmt: skip


def shown() -> list[str]:
    """The lines of the change that the tutorial shows."""
    lines = blocks("python", "js", "json", "po", "text").splitlines()
    return [line.strip() for line in lines if line.strip()]


def test_the_tutorial_names_every_file_of_the_patch_in_its_order() -> None:
    table = TUTORIAL.partition("## Files impacted")[2].partition("\n## ")[0]
    named = re.findall(r"^\| \d+ \| `([^`]+)`", table, re.MULTILINE)
    assert named == TOUCHED


def test_the_tutorial_shows_lines_of_the_patch() -> None:
    added = {line[1:].strip() for line in PATCH.read_text().splitlines() if line.startswith("+")}
    assert [line for line in shown() if line not in added] == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files of the checkout that git does not ignore, and links to what is installed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    for name in listed.stdout.rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    for name in INSTALLED:
        if (ROOT / name).exists():
            (tmp_path / name).symlink_to((ROOT / name).resolve())
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """What a command says that ends well in the copy, which alone is on its path."""
    ours = ("PYTEST_", "GIT_")  # settings of the run that this test is part of
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    alone = {"PYTHONPATH": str(copy), "GIT_CEILING_DIRECTORIES": str(copy.parent)}
    ended = subprocess.run(
        command, cwd=copy, env=inherited | alone, capture_output=True, text=True, check=False
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 0, f"{shlex.join(command)}\n{said}"
    return said


def test_whoever_follows_the_tutorial_has_a_message_that_works(copy: Path) -> None:
    """Applies the patch to a copy and runs the commands of the tutorial there, its tests last.

    If the patch applies no more: `git apply --reject` it, do by hand what was refused, and write
    `git diff -U2` in its place, with the files in the order of the tutorial's table.
    """
    run(copy, "git", "apply", "-C1", str(PATCH))
    *writing, testing = commands()
    for command in writing:
        run(copy, *command)
    assert " passed" in run(copy, *testing, "-p", "no:cacheprovider", "-n", "0")
