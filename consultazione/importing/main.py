"""Loads zones' files: reads them, checks them, and runs the product's own commands.

One transaction holds everything: of files that are given together either all are loaded or none.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, Transaction, open_database
from consultazione.core.text_keys import TextKeys
from consultazione.embedded.demo_accounts import refuse_demo
from consultazione.importing.accounts import accounts_notice
from consultazione.importing.documents import BadFile, Document, documents
from consultazione.importing.faults import Fault
from consultazione.importing.load import Loader
from consultazione.importing.territory.loading import TerritoryLoader
from consultazione.setup.first_start import is_set_up


def main(settings: Settings, paths: Sequence[Path], if_empty: bool = False) -> int:
    """`consultazione import FILE...`: exit status 0 if loaded or not needed, 1 if refused."""
    database = open_database(
        settings.require_database_url(), text_keys=TextKeys(settings.secrets_dir)
    )
    if if_empty and is_set_up(database):
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
        print(f"{loader.title}: loaded.")
    if accounts := [(one.place, account) for one in loaders for account in one.accounts]:
        notice = settings.data_dir / "demo-accounts.txt"
        notice.write_text(accounts_notice(accounts), encoding="utf-8")
    return 0


def load(
    database: Database, text: str, uploads_dir: Path, settings: Settings | None = None
) -> Loader:
    """Load one text whose last document is a zone's, as `load_files` does; that one's loader."""
    last = load_files(database, {"": text}, uploads_dir, settings)[-1]
    assert isinstance(last, Loader)
    return last


def load_files(
    database: Database,
    texts: Mapping[str, str],
    uploads_dir: Path,
    settings: Settings | None = None,
) -> list[Loader | TerritoryLoader]:
    """Load zones' files in one transaction; BadFile if anything in one of them is wrong.

    texts: YAML by the name of the file, which stands before its faults. uploads_dir: where
    logos and materials are stored. settings: of the site that gets the zones; CannotStart if a
    demo zone may not be loaded there. Prints progress on standard error.
    """
    found = [one for name, text in texts.items() for one in documents(name, text)]
    if settings is not None and any(one.is_demo for one in found):
        refuse_demo(settings)
    loaders = []
    with (
        database.transaction(SYSTEM) as tx,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        for one in found:
            loader = _loader(tx, one, uploads_dir, settings.public_url if settings else "")
            try:
                steps = progress.track(loader.steps(), total=loader.size, description=one.name)
                for _step in steps:
                    pass
            except Fault as fault:
                raise BadFile([one.told(fault)]) from fault
            loaders.append(loader)
    return loaders


def _loader(
    tx: Transaction, document: Document, uploads_dir: Path, public_url: str
) -> Loader | TerritoryLoader:
    if document.is_territory:
        return TerritoryLoader(tx, document.data)
    return Loader(tx, document.data, uploads_dir, public_url)
