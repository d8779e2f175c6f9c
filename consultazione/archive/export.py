"""Puts an archive together, in a directory of its own, and packs it.

Everything is read at one moment; the pages are read as they stood at the newest entry of the log.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select

from consultazione.archive.addresses import SITE
from consultazione.archive.agid import Kept
from consultazione.archive.bag import Bag, digest_of, pack
from consultazione.archive.crawl import Found, crawl
from consultazione.archive.data import write_data
from consultazione.archive.entries import Disclosure, Published, write_entries
from consultazione.archive.pages import ASSETS, ListedPage, framed, frozen, text_of
from consultazione.archive.papers import write_papers
from consultazione.archive.reading import FORMAT, Progress, Source
from consultazione.archive.search import (
    INDEX_BEGINS,
    INDEX_ENDS,
    SEARCH,
    about,
    index_of,
    list_of,
)
from consultazione.archive.sip import write_index
from consultazione.archive.state.names import ShownNames
from consultazione.archive.state.writing import names_of, write_state
from consultazione.archive.tree import newest_tree, write_tree
from consultazione.core import clock
from consultazione.core.log import EntryRow, is_kept
from consultazione.core.log.restored import OF_ARCHIVES

_VERIFY = Path(__file__).with_name("verify.py")
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
# How far it has come, in hundredths: before pages are asked for, after them, before it is packed.
_BEFORE, _PAGES, _PACKED, _ALL = 3, 85, 93, 100


class Form(StrEnum):
    """What an archive is for: to read and verify, or to hand over to a conservator."""

    WHOLE = "archivio"
    SUBMISSION = "versamento"


class Exists(FileExistsError):
    """There is a file where the archive should be written."""


@dataclass(frozen=True)
class Made:
    """An archive that was made."""

    sha256: str
    size: int
    entries: int
    documents: int
    files: int


def export(
    source: Source,
    disclosure: Disclosure,
    to: Path,
    *,
    form: Form = Form.WHOLE,
    force: bool = False,
    tell: Progress = lambda *_said: None,
) -> Made:
    """Write the archive of a cycle to a file, whole or not at all.

    force: take the place of a file that is there. Exists if there is one otherwise, OSError if it
    cannot be written. tell: hears how far it has come.
    """
    if to.exists() and not force:
        raise Exists(str(to))
    with tempfile.TemporaryDirectory(prefix=".archivio-", dir=to.parent) as folder:
        bag = Bag(Path(folder, "bag"))
        bag.directory.mkdir()
        moment = _newest(source)
        with clock.stopped_at(moment):
            published, kept = _FORMS[form](bag, source, disclosure, tell)
        bag.close(_info(source, published, form))
        tell(_PACKED, _ALL, "pack")
        part = Path(folder, "part.zip")
        with part.open("wb") as out:
            pack(bag, out)
            out.flush()
            os.fsync(out.fileno())
            size = out.tell()
        digest = digest_of(part)
        part.replace(to)
    tell(_ALL, _ALL, "done")
    count = published.open + published.withheld
    return Made(digest, size, count, len(kept), len(bag.digests))


def _whole(
    bag: Bag, source: Source, disclosure: Disclosure, tell: Progress
) -> tuple[Published, list[Kept]]:
    tell(0, _ALL, "entries")
    tree = newest_tree(source.session)
    published = write_entries(bag, source, disclosure, upto=tree.last if tree else None)
    if tree is not None:
        write_tree(bag, tree)
    names = names_of(source.session)
    with _crawled(bag, source, tell) as found:
        kept = write_papers(bag, source, found.papers, published, tree)
        _write_pages(bag, source, found, names)
    tell(_PAGES, _ALL, "data")
    write_data(bag, source, published)
    write_state(bag, source, files={one.sha256: one.file for one in kept}, names=names)
    bag.write("data/archivio.json", _said(source, published))
    bag.write("verify.py", _VERIFY.read_bytes())
    bag.write("index.html", _DOOR.encode())
    return published, kept


def _submission(
    bag: Bag, source: Source, disclosure: Disclosure, tell: Progress
) -> tuple[Published, list[Kept]]:
    """Documents, metadata and an index; the entries are read to name those of the documents."""
    tell(0, _ALL, "entries")
    with tempfile.TemporaryDirectory(prefix=".voci-", dir=bag.directory.parent) as aside:
        published = write_entries(Bag(Path(aside)), source, disclosure)
    with _crawled(bag, source, tell) as found:
        kept = write_papers(bag, source, found.papers, published, None)
    write_index(bag, source, kept, at=published.last_at)
    return Published(last_at=published.last_at), kept


_FORMS: dict[Form, Callable[[Bag, Source, Disclosure, Progress], tuple[Published, list[Kept]]]] = {
    Form.WHOLE: _whole,
    Form.SUBMISSION: _submission,
}

_DOOR = """<!doctype html>
<html lang="it">
<head>
  <meta charset="utf-8">
  <meta http-equiv="refresh" content="0; url=data/sito/index.html">
  <title>Archivio</title>
</head>
<body><p><a href="data/sito/index.html">Apri l’archivio</a></p></body>
</html>
"""


@contextmanager
def _crawled(bag: Bag, source: Source, tell: Progress) -> Iterator[Found]:
    """All that was found of the cycle, with papers in the bag, and pages until the block ends."""
    with tempfile.TemporaryFile(dir=bag.directory.parent) as file:
        told = 0
        for found in crawl(source, bag, file):
            known = len(found.places)
            share = _BEFORE + (_PAGES - _BEFORE) * known // (known + found.waiting + 1)
            if share > told:
                told = share
                tell(told, _ALL, "pages")
        yield found


def _write_pages(bag: Bag, source: Source, found: Found, names: ShownNames) -> None:
    pages: list[ListedPage] = []
    with bag.opened(f"{SITE}/ricerca.js") as index:
        index.write(INDEX_BEGINS)
        for stored in found.pages:
            file = found.places[stored.path]
            content = frozen(found.page(stored), file, found.places)
            bag.write(file, _framed(source, file, stored.title, content))
            words = text_of(content)
            names.note(words)
            index.write(index_of(file, stored.title, words))
            pages.append(ListedPage(file, stored.title))
        index.write(INDEX_ENDS)
    own = {
        "elenco": ("Tutte le pagine", list_of(pages)),
        "cerca": ("Cerca", SEARCH),
        "leggimi": ("Come verificare", about()),
    }
    for name, (title, content) in own.items():
        file = f"{SITE}/{name}.html"
        bag.write(file, _framed(source, file, title, content))
    for asset in ("archivio.css", "cerca.js"):
        bag.write(f"{SITE}/{asset}", (ASSETS / asset).read_bytes())


def _framed(source: Source, file: str, title: str, content: str) -> bytes:
    return framed(file, title, content, zone=source.zone_name, years=source.years).encode()


def _said(source: Source, published: Published) -> bytes:
    """What `archivio.json` says: which cycle this is, and where its streams end."""
    said = {
        "formato": FORMAT,
        "zona": {"slug": source.zone, "nome": source.zone_name, "capofila": source.lead_body},
        "ciclo": source.years,
        "fino_a": published.last_at,
        "voci": {"pubblicate": published.open, "trattenute": published.withheld},
        "streams": {stream: list(head) for stream, head in sorted(published.heads.items())},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _info(source: Source, published: Published, form: Form) -> dict[str, str]:
    return {
        "Source-Organization": source.lead_body,
        "External-Description": f"{source.zone_name}, Piano di zona {source.years} ({form})",
        "External-Identifier": f"{source.zone}/{source.years}",
        "Bagging-Date": published.last_at[:10] or "1970-01-01",
    }


def _newest(source: Source) -> datetime:
    """When the newest entry of the cycle's log was made, but for those of archives themselves."""
    query = select(func.max(EntryRow.at)).where(
        EntryRow.stream.in_(source.streams), EntryRow.kind.not_like(f"{OF_ARCHIVES}%"), is_kept()
    )
    return source.session.scalar(query) or _EPOCH
