"""The benchmark of a region still runs, and no page asks more because there are other zones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from consultazione.config import ROOT

pytestmark = pytest.mark.timeout(600)  # two servers and some hundred pages
QUICK = (sys.executable, "-m", "tests.bench", "region", "--quick", "--into")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the benchmark finds in a region of four zones."""
    into = tmp_path_factory.mktemp("bench")
    ran = subprocess.run([*QUICK, str(into)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, dict[str, Any]] = json.loads(Path(into, "region.json").read_text())["ours"]
    return found


def test_all_that_is_promised_is_measured(figures: dict[str, dict[str, Any]]) -> None:
    pages = {
        "/", "/percorso", "/calendario", "/tavoli", "/proposte", "/registro", "/piano",
        "/piano/bisogni", "/piano/stato", "/programma", "/programma/<year>", "/riparto",
        "/memoria", "/confronto/<years>", "/interventi/<intervention_id>",
        "/programma/<year>/indicatori", "/atti/<act_id>",
    }  # fmt: skip
    rest = ("what-if", "zones of a territory", "all money as csv", "import of", "PDF of")
    assert pages <= figures.keys()
    assert [word for word in rest if not any(case.startswith(word) for case in figures)] == []
    assert any(case.endswith("blocks: /piano/capitoli/<number>") for case in figures)


def test_pages_ask_as_much_beside_other_zones_as_alone(figures: dict[str, dict[str, Any]]) -> None:
    more = {
        case: (found["statements"], found["of one zone"])
        for case, found in figures.items()
        if found.get("statements", 0) > found.get("of one zone", 0)
    }
    assert more == {}
