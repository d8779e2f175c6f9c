"""Entries as a stranger gets them: whole, so that their digests can be computed, or withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.core.log import EntryRow, TextRow
from consultazione.core.log.texts import open_text
from consultazione.core.text_keys import keys_of
from consultazione.transparency.disclosure import judge
from consultazione.transparency.leaves import is_named
from consultazione.transparency.models import LeafRow

Texts = Mapping[str, Mapping[str, str] | None]
_Found = dict[str, dict[str, str] | None]


def published_entries(session: Session, start: int, end: int) -> list[dict[str, object]]:
    """The entries whose leaves are from `start` to before `end`, in order, as JSON values.

    All have `index` and `digest`; those of named streams `stream`, `number` and `prev_digest`;
    those that are withheld `withheld`, and why. The others have what the digest covers, `kind`,
    `at`, `actor_id`, `data` and `salt`, and `texts`: for each free text that may be read its
    salt and its words, or nothing if it was erased.
    """
    query = select(LeafRow.number, EntryRow).join(EntryRow, EntryRow.position == LeafRow.position)
    chosen = query.where(LeafRow.number >= start, LeafRow.number < end)
    return _published(session, chosen.order_by(LeafRow.number))


def published_entry(session: Session, stream: str, number: int) -> dict[str, object] | None:
    """One entry of a named stream; None if it is no leaf yet, or there is none."""
    query = select(LeafRow.number, EntryRow).join(EntryRow, EntryRow.position == LeafRow.position)
    found = _published(session, query.where(EntryRow.stream == stream, EntryRow.number == number))
    return found[0] if found and is_named(stream) else None


def _published(session: Session, query: Select[int, EntryRow]) -> list[dict[str, object]]:
    rows = session.execute(query).all()
    public = [row.position for _, row in rows if judge(row.kind).is_public]
    texts = _texts(session, public)
    return [_said(index, row, texts.get(row.position, {})) for index, row in rows]


def _said(index: int, row: EntryRow, texts: Texts) -> dict[str, object]:
    said: dict[str, object] = {"index": index, "digest": row.digest.hex()}
    if not is_named(row.stream):
        return {**said, "withheld": "account"}
    said |= {"stream": row.stream, "number": row.number, "prev_digest": row.prev_digest.hex()}
    judgement = judge(row.kind)
    if not judgement.is_public:
        return {**said, "withheld": str(judgement.why)}
    return {
        **said,
        "kind": row.kind,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": row.actor_id,
        "data": row.data,
        "salt": row.salt.hex(),
        "texts": {name: text for name, text in texts.items() if name in judgement.texts},
    }


def _texts(
    session: Session, positions: Sequence[int]
) -> dict[int, dict[str, dict[str, str] | None]]:
    """The salts and words of free texts by position and field; None for what was erased."""
    if not positions:
        return {}
    tree = keys_of(session).tree(session)
    found: dict[int, _Found] = {}
    for row in session.scalars(select(TextRow).where(among(TextRow.position, positions))):
        text = open_text(tree, row.position, row.field, row.leaf, row.sealed)
        said = None if text is None else {"salt": text.salt.hex(), "text": text.body}
        found.setdefault(row.position, {})[row.field] = said
    return found
