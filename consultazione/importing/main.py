"""Loads zones' files: reads them, checks them, and runs the product's own commands.

One transaction holds everything: of files that are given together either all are loaded or none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError
from rich.console import Console
from rich.progress import Progress

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.demo_accounts import refuse_demo
from consultazione.importing.faults import Fault
from consultazione.importing.load import Loader
from consultazione.importing.schema import ZoneDocument
from consultazione.importing.yaml_lines import Unreadable, line_of, read
from consultazione.setup.first_start import has_zone
from consultazione.web.validation_messages import flatten


class BadFile(ValueError):
    """The file cannot be loaded; each fault names line, field and reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def main(settings: Settings, paths: Sequence[Path], if_empty: bool = False) -> int:
    """`consultazione import FILE...`: exit status 0 if loaded or not needed, 1 if refused."""
    database = open_database(
        settings.require_database_url(), text_keys=TextKeys(settings.secrets_dir)
    )
    if if_empty and _is_set_up(database):
        return 0
    try:
        texts = {str(path): path.read_text(encoding="utf-8") for path in paths}
        loaders = load_files(database, texts, settings.uploads_dir, settings)
    except (BadFile, OSError, UnicodeDecodeError) as error:
        for line in str(error).splitlines():
            print(line, file=sys.stderr)
        print("Nothing was loaded.", file=sys.stderr)
        return 1
    for loader in loaders:
        print(f"{loader.zone.name}, {loader.cycle.years}: loaded.")
    if notices := [loader.accounts_notice() for loader in loaders if loader.zone.demo]:
        notice = settings.data_dir / "demo-accounts.txt"
        notice.write_text("\n".join(notices), encoding="utf-8")
    return 0


def load(
    database: Database, text: str, uploads_dir: Path, settings: Settings | None = None
) -> Loader:
    """Load one text, as `load_files` does; the loader of its last document."""
    return load_files(database, {"": text}, uploads_dir, settings)[-1]


def load_files(
    database: Database,
    texts: Mapping[str, str],
    uploads_dir: Path,
    settings: Settings | None = None,
) -> list[Loader]:
    """Load zones' files in one transaction; BadFile if anything in one of them is wrong.

    texts: YAML by the name of the file, which stands before its faults. uploads_dir: where
    logos and materials are stored. settings: of the site that gets the zones; CannotStart if a
    demo zone may not be loaded there. Prints progress on standard error.
    """
    documents = [one for name, text in texts.items() for one in _documents(name, text)]
    if settings is not None and any(one.data["zone"]["demo"] for one in documents):
        refuse_demo(settings)
    loaders = []
    with (
        database.transaction(SYSTEM) as tx,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        for one in documents:
            loader = Loader(tx, one.data, uploads_dir, settings.public_url if settings else "")
            try:
                steps = progress.track(loader.steps(), total=loader.size, description=one.name)
                for _step in steps:
                    pass
            except Fault as fault:
                raise BadFile([one.told(fault)]) from fault
            loaders.append(loader)
    return loaders


@dataclass(frozen=True)
class _Document:
    """One document of a file, checked. lines: where each of its values stands."""

    name: str
    data: dict[str, Any]
    lines: dict[Any, int]

    def told(self, fault: Fault) -> str:
        """A fault with its line and its place in the file."""
        where = ".".join(str(part) for part in fault.path)
        return _named(self.name, f"line {line_of(self.lines, fault.path)}: {where}: {fault.reason}")


def _documents(name: str, text: str) -> Iterator[_Document]:
    try:
        read_documents = read(text)
    except Unreadable as error:
        raise BadFile([_named(name, str(error))]) from error
    if not read_documents:
        raise BadFile([_named(name, "line 1: the file is empty")])
    for raw, lines in read_documents:
        try:
            yield _Document(name, ZoneDocument().load(raw if isinstance(raw, dict) else {}), lines)
        except ValidationError as error:
            faults = [_named(name, fault) for fault in _shape_faults(error, lines)]
            raise BadFile(faults) from error


def _named(name: str, fault: str) -> str:
    return f"{name}: {fault}" if name else fault


def _shape_faults(error: ValidationError, lines: Any) -> list[str]:
    faults = []
    for field, messages in flatten(error.messages).items():
        path = tuple(int(part) if part.isdecimal() else part for part in field.split("."))
        faults.append((line_of(lines, path), f"{field}: {' '.join(messages)}"))
    return [f"line {line}: {what}" for line, what in sorted(faults)]


def _is_set_up(database: Database) -> bool:
    with database.snapshot() as session:
        return has_zone(session)
