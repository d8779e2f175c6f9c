"""Loads a zone's file: reads it, checks it, and runs the product's own commands.

One transaction holds everything: a refused file leaves nothing behind.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.demo_accounts import refuse_demo
from consultazione.importing.faults import Fault
from consultazione.importing.load import Loader
from consultazione.importing.schema import ZoneDocument
from consultazione.importing.yaml_lines import Unreadable, line_of, read
from consultazione.web.validation_messages import flatten
from consultazione.zones.models import Zone


class BadFile(ValueError):
    """The file cannot be loaded; each fault names line, field and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def main(settings: Settings, path: Path, if_empty: bool = False) -> int:
    """`consultazione import FILE`: exit status 0 if loaded or not needed, 1 if refused."""
    database = open_database(
        settings.require_database_url(), text_keys=TextKeys(settings.secrets_dir)
    )
    if if_empty and _has_zone(database):
        return 0
    try:
        text = path.read_text(encoding="utf-8")
        loader = load(database, text, settings.uploads_dir, settings)
    except (BadFile, OSError, UnicodeDecodeError) as error:
        for line in str(error).splitlines():
            print(f"{path}: {line}", file=sys.stderr)
        print(f"{path}: nothing was loaded.", file=sys.stderr)
        return 1
    print(f"{path}: {loader.zone.name}, {loader.cycle.years}: loaded.")
    if loader.zone.demo:
        notice = settings.data_dir / "demo-accounts.txt"
        notice.write_text(loader.accounts_notice(), encoding="utf-8")
    return 0


def load(
    database: Database, text: str, uploads_dir: Path, settings: Settings | None = None
) -> Loader:
    """Load a zone's file in one transaction; BadFile if anything in it is wrong.

    text: YAML. uploads_dir: where its materials are stored. settings: of the site that gets
    the zone; CannotStart if a demo zone may not be loaded there. Prints progress on standard
    error.
    """
    try:
        raw, lines = read(text)
    except Unreadable as error:
        raise BadFile([str(error)]) from error
    try:
        data: dict[str, Any] = ZoneDocument().load(raw if isinstance(raw, dict) else {})
    except ValidationError as error:
        raise BadFile(_shape_faults(error, lines)) from error
    if settings is not None and data["zone"]["demo"]:
        refuse_demo(settings)
    try:
        with (
            database.transaction(SYSTEM) as tx,
            Progress(console=Console(stderr=True), transient=True) as progress,
        ):
            loader = Loader(tx, data, uploads_dir, settings.public_url if settings else "")
            for _step in progress.track(loader.steps(), total=loader.size, description="import"):
                pass
    except Fault as fault:
        where = ".".join(str(part) for part in fault.path)
        line = line_of(lines, fault.path)
        raise BadFile([f"line {line}: {where}: {fault.reason}"]) from fault
    return loader


def _shape_faults(error: ValidationError, lines: Any) -> list[str]:
    faults = []
    for field, messages in flatten(error.messages).items():
        path = tuple(int(part) if part.isdecimal() else part for part in field.split("."))
        faults.append((line_of(lines, path), f"{field}: {' '.join(messages)}"))
    return [f"line {line}: {what}" for line, what in sorted(faults)]


def _has_zone(database: Database) -> bool:
    with database.snapshot() as session:
        return bool(session.scalar(select(func.count()).select_from(Zone)))
