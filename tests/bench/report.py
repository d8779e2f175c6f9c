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
# A side, a case, its figures.
Row = tuple[str, str, Figures]


@dataclass(frozen=True)
class Limit:
    """The most that a figure of a case may be; figure: its name."""

    figure: str
    most: float


@dataclass(frozen=True, kw_only=True)
class Report:
    """The figures of one benchmark.

    work: what was done, in a sentence. ours, baseline: figures by case, the same cases in
    both where they can be compared. ratio: how many times better ours is, above 1 where
    it is the better one; one number, or one a case. limits: by case the most that one of its
    figures may be.
    """

    name: str
    work: str
    ours: Mapping[str, Figures]
    baseline: Mapping[str, Figures]
    ratio: float | Mapping[str, float]
    limits: Mapping[str, Limit] = field(default_factory=dict)
    machine: Mapping[str, Any] = field(default_factory=lambda: machine())

    @property
    def over(self) -> list[str]:
        """The cases that are over their limits."""
        found = self.limits.items()
        return [case for case, limit in found if self.ours[case][limit.figure] > limit.most]


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
    for rows in _groups(report):
        console.print(_table(report, rows))
    ratios = report.ratio if isinstance(report.ratio, Mapping) else {"ratio": report.ratio}
    words = ", ".join(f"{case}: {ratio:.2f}" for case, ratio in ratios.items())
    console.print(f"ours over baseline (above 1: ours is better): {words}")
    if report.limits:
        console.print(f"over their limits: {', '.join(report.over) or 'none'}")
    console.print(", ".join(f"{name} {value}" for name, value in report.machine.items()))


def write(report: Report, directory: Path = DIRECTORY) -> Path:
    """Write the figures to NAME.json; returns the file."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{report.name}.json"
    path.write_text(json.dumps(asdict(report), indent=2) + "\n", encoding="utf-8")
    return path


def _groups(report: Report) -> list[list[Row]]:
    """The rows of each table: all in one, or those with the same figures where there are limits."""
    sides = {"ours": report.ours, "baseline": report.baseline}
    rows = [(side, case, figs) for side, cases in sides.items() for case, figs in cases.items()]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[2]) if report.limits else (), []).append(row)
    return list(groups.values())


def _table(report: Report, rows: list[Row]) -> Table:
    names = list(dict.fromkeys(name for _side, _case, figures in rows for name in figures))
    table = Table("", "case")
    for name in [*names, *(["limit", ""] if report.limits else [])]:
        table.add_column(name, justify="right")
    for side, case, figures in rows:
        found = [_number(figures.get(name)) for name in names]
        table.add_row(side, case, *found, *(_limit(report, case) if side == "ours" else ()))
    return table


def _limit(report: Report, case: str) -> tuple[str, str]:
    """What a case may be at most, and a mark if it is more."""
    limit = report.limits.get(case)
    mark = "over" if case in report.over else ""
    return (f"{limit.figure} {_number(limit.most)}", mark) if limit else ("", "")


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.2f}"
