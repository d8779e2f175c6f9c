"""Putting the entries of an archive back into the log, with their numbers, positions and digests.

An open entry comes back whole, with the texts that are published; of a withheld one there are its
place, kind, moment and digests (`core.log.restored`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Text, bindparam, cast, func, insert, select
from sqlalchemy.orm import Session

from consultazione.archive.entries import FOLDER, file_of
from consultazione.core.log import Stream, TextRow, draw_leaves
from consultazione.core.log.texts import SaltedText, seal_text
from consultazione.core.text_keys import keys_of

_AT_ONCE = 2_000
# A function of the database: nobody else may set positions.
_ADD = select(func.restore_log_entries(cast(bindparam("rows", type_=Text), JSON)))
# The leaf of each text that was put back, by the position of its entry and its field.
Leaves = dict[tuple[int, str], int]
Said = Mapping[str, Any]


def restore_entries(
    session: Session,
    folder: Path,
    heads: Mapping[str, tuple[int, str]],
    told: Callable[[int], None],
) -> tuple[int, int, Leaves]:
    """Put all entries back; the last position, the newest person who acted, the leaves of texts.

    heads: of each stream the last number and digest, as `archivio.json` has them. told: hears how
    many entries more were put back.
    """
    last = actor = 0
    leaves: Leaves = {}
    for stream, (number, digest) in sorted(heads.items()):
        lines = _lines(folder / FOLDER / file_of(stream))
        while some := list(islice(lines, _AT_ONCE)):
            session.execute(_ADD, {"rows": json.dumps([_row(entry) for entry in some])})
            leaves |= _put_texts(session, some)
            last = max(last, *(entry["position"] for entry in some))
            actor = max(actor, *(entry.get("actor_id") or 0 for entry in some))
            told(len(some))
        values = {"name": stream, "number": number, "digest": bytes.fromhex(digest)}
        session.execute(insert(Stream).values(values))
    return last, actor, leaves


def _lines(path: Path) -> Iterator[Said]:
    with path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def _row(entry: Said) -> Said:
    """An entry as its row; without content if it is withheld."""
    return {
        **entry,
        "data": json.dumps(entry.get("data")),
        "actor_id": entry.get("actor_id"),
        "salt": entry.get("salt", ""),
    }


def _put_texts(session: Session, entries: list[Said]) -> Leaves:
    """Seal the published texts of some entries under keys of this installation."""
    texts = [
        (entry["position"], name, SaltedText(bytes.fromhex(said["salt"]), said["body"]))
        for entry in entries
        for name, said in entry.get("texts", {}).items()
    ]
    if not texts:
        return {}
    tree = keys_of(session).tree(session)
    drawn = draw_leaves(session, len(texts))
    session.execute(
        insert(TextRow),
        [
            {
                "position": position,
                "field": name,
                "leaf": leaf,
                "sealed": seal_text(tree, position=position, field=name, leaf=leaf, text=body),
            }
            for leaf, (position, name, body) in zip(drawn, texts, strict=True)
        ],
    )
    return {
        (position, name): leaf for leaf, (position, name, _body) in zip(drawn, texts, strict=True)
    }
