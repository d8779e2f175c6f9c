"""What a benchmark found: a table for the eye, a JSON file for comparing over time."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from consultazione.config import ROOT

DIRECTORY = ROOT / "var" / "bench"

# One line of figures: what was measured, with its unit in the name, and how much.
Figures = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The figures of one benchmark.

    work: what was done, in a sentence. ours, baseline: figures by case, the same cases in
    both where they can be compared. ratio: how many times better ours is, above 1 where
    it is the better one; one number, or one a case.
    """

    name: str
    work: str
    ours: Mapping[str, Figures]
    baseline: Mapping[str, Figures]
    ratio: float | Mapping[str, float]
    machine: Mapping[str, Any] = field(default_factory=lambda: machine())


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
    }


def show(report: Report, console: Console) -> None:
    """Print the figures as a table, ours above the baseline, and the ratios below."""
    console.print(f"\n[bold]{report.name}[/bold]: {report.work}")
    console.print(_table(report))
    ratios = report.ratio if isinstance(report.ratio, Mapping) else {"ratio": report.ratio}
    words = ", ".join(f"{case}: {ratio:.2f}" for case, ratio in ratios.items())
    console.print(f"ours over baseline (above 1: ours is better): {words}")
    console.print(", ".join(f"{name} {value}" for name, value in report.machine.items()))


def write(report: Report, directory: Path = DIRECTORY) -> Path:
    """Write the figures to NAME.json; returns the file."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{report.name}.json"
    path.write_text(json.dumps(asdict(report), indent=2) + "\n", encoding="utf-8")
    return path


def _table(report: Report) -> Table:
    sides = {"ours": report.ours, "baseline": report.baseline}
    rows = [(side, case, figs) for side, cases in sides.items() for case, figs in cases.items()]
    names = list(dict.fromkeys(name for _side, _case, figures in rows for name in figures))
    table = Table("", "case")
    for name in names:
        table.add_column(name, justify="right")
    for side, case, figures in rows:
        table.add_row(side, case, *(_number(figures.get(name)) for name in names))
    return table


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.2f}"
