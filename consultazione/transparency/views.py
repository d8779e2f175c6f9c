"""The public log as static files (C2SP tlog-tiles), and proofs of single entries.

Full tiles never change, and whoever has fetched one may keep it for good.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from flask import Response
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.transparency.blueprint import pages
from consultazione.transparency.leaves import is_named
from consultazione.transparency.published import published_entries, published_entry
from consultazione.transparency.queries import (
    Published,
    hash_at,
    index_of,
    leaves_between,
    newest_checkpoint,
    proof_of,
    published_size,
    read_hashes,
)
from consultazione.transparency.tiles import WIDTH, Tile, bundle, parse_path, width_in
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much

_NOT_HERE = _("The public log has nothing at this address, or not yet.")
_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
_FOR_SECONDS = {"Cache-Control": "public, max-age=5"}
_TEXT = "text/plain; charset=utf-8"
_BYTES = "application/octet-stream"


@pages.get("/checkpoint")
def checkpoint() -> Response:
    """The newest checkpoint: a note signed by the log, and by its witnesses."""
    return _file(_newest().note, _TEXT, _FOR_SECONDS)


@pages.get("/key")
def key() -> Response:
    """The verifier's key of the log, as text."""
    return _file(f"{_newest().key}\n", _TEXT, _FOR_SECONDS)


@pages.get("/tile/<path:tile>")
def tile(tile: str) -> Response:
    """A tile of hashes, or the bundle of entries below it, by its path."""
    found, is_bundle = _tile(tile)
    start = found.number * WIDTH
    if is_bundle:
        content = bundle(leaves_between(snapshot(), start, start + found.width))
    else:
        content = b"".join(read_hashes(snapshot(), found))
    return _file(content, _BYTES, _FOR_GOOD)


@pages.get("/proof/<stream>/<int:number>.tlog-proof")
def proof(stream: str, number: int) -> Response:
    """The proof that an entry stands in the tree of the newest checkpoint."""
    newest = _newest()
    index = index_of(snapshot(), stream, number) if is_named(stream) else None
    if index is None or index >= newest.size:
        raise NotFound(_NOT_HERE)
    found = proof_of(index, newest, hash_at(snapshot(), newest.size))
    return _file(str(found), _TEXT, _FOR_SECONDS)


@pages.get("/entry/<stream>/<int:number>")
@reads_much()
def entry(stream: str, number: int) -> Response:
    """One entry in its published form, as JSON."""
    found = published_entry(snapshot(), stream, number)
    if found is None:
        raise NotFound(_NOT_HERE)
    return _file(_lines([found]), "application/json", {})


@pages.get("/entries/<int:number>.jsonl")
@reads_much()
def entries(number: int) -> Response:
    """The published form of the entries of a bundle: a line of JSON for each."""
    start, width = number * WIDTH, width_in(0, number, _size())
    if not width:
        raise NotFound(_NOT_HERE)
    found = published_entries(snapshot(), start, start + width)
    return _file(_lines(found), "application/jsonl", {})


def _newest() -> Published:
    """The newest checkpoint; NotFound before the first."""
    newest = newest_checkpoint(snapshot())
    if newest is None:
        raise NotFound(_NOT_HERE)
    return newest


def _size() -> int:
    """How many leaves it covers; the rest of it need not be read. NotFound before the first."""
    size = published_size(snapshot())
    if size is None:
        raise NotFound(_NOT_HERE)
    return size


def _tile(path: str) -> tuple[Tile, bool]:
    """The tile of a path, if the published tree has it; else NotFound."""
    try:
        found, is_bundle = parse_path(path)
    except ValueError:
        raise NotFound(_NOT_HERE) from None
    if found.width > width_in(found.level, found.number, _size()):
        raise NotFound(_NOT_HERE)
    return found, is_bundle


def _lines(values: Iterable[Mapping[str, object]]) -> str:
    return "".join(f"{json.dumps(value, ensure_ascii=False)}\n" for value in values)


def _file(content: str | bytes, mimetype: str, headers: Mapping[str, str]) -> Response:
    return Response(content, content_type=mimetype, headers=dict(headers))
