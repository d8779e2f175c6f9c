"""``python -m tests.bench [NAME ...]``: run the benchmarks, or those that are named."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click
from rich.console import Console

from tests.bench import report

NAMES = (
    "start",
    "page",
    "signin",
    "latency",
    "fanout",
    "ballots",
    "join",
    "resume",
    "hands",
    "memory",
    "log",
    "verify",
    "minutes",
    "signatures",
    "search",
    "notices",
    "longsit",
    "region",
    "archive",
    "opinions",
    "mutations",
    "phone",
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--quick", is_flag=True, help="A fraction of the work: does it run at all?")
@click.option("--into", type=click.Path(path_type=Path), default=report.DIRECTORY)
def main(names: tuple[str, ...], quick: bool, into: Path) -> None:
    """Each benchmark prints a table and writes NAME.json, into var/bench unless told otherwise."""
    console = Console(width=120)
    for name in names or NAMES:
        benchmark = importlib.import_module(f"tests.bench.{name}")
        console.print(f"\n{name}: running", style="dim")
        found: report.Report = benchmark.run(quick=quick)
        report.show(found, console)
        console.print(f"written to {report.write(found, into)}", style="dim")


if __name__ == "__main__":
    sys.exit(main())
