"""Writing entries of the index: what an object says now, or nothing if nobody may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, bindparam, delete, func, literal_column
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.search.indexing.dictionary import mark_stale
from consultazione.search.indexing.rekeying import newest_leaf
from consultazione.search.indexing.sealed_stems import sealed, stems_of
from consultazione.search.kinds.base import Kind, plain_words
from consultazione.search.kinds.base import Text as Readable
from consultazione.search.models import Band, SearchEntry

ITALIAN: ColumnElement[Any] = literal_column("'italian_plain'::regconfig")
_SPELT: ColumnElement[Any] = literal_column("'spelt_plain'::regconfig")
_LONGEST_TITLE = 300
_TABLE: Table = SearchEntry.__table__  # type: ignore[assignment]
_OF_PLACE = (
    "kind", "object_id", "band", "zone_id", "cycle_id", "table_id", "category", "state", "at",
)  # fmt: skip


def keep(session: Session, kind: Kind, ids: Sequence[int], *, at: datetime) -> None:
    """Have the index say what these objects say now, in the caller's transaction. Idempotent."""
    texts = list(kind.texts(session, ids))
    if texts and kind.is_sealed:
        session.connection().execute(_SEALED, _sealed_rows(session, kind, texts, at))
    elif texts:
        session.connection().execute(_OPEN, [_open_row(kind, one) for one in texts])
        mark_stale(session, {one.zone_id for one in texts})
    shown = {one.object_id for one in texts}
    forget(session, kind.name, [number for number in ids if number not in shown])


def forget(session: Session, kind: str, ids: Iterable[int]) -> None:
    """Take objects out of the index, and soon their words out of the dictionary."""
    if gone := list(ids):
        these = (SearchEntry.kind == kind, among(SearchEntry.object_id, gone))
        taken = delete(SearchEntry).where(*these).returning(SearchEntry.zone_id, SearchEntry.band)
        rows = session.execute(taken)
        mark_stale(session, {zone_id for zone_id, band in rows if band < Band.COMMENTS})


def _open_row(kind: Kind, one: Readable) -> Mapping[str, Any]:
    return {
        **_of_place(kind, one),
        "title": one.title[:_LONGEST_TITLE],
        "words_of_title": plain_words(one.title),
        "words_of_body": plain_words(one.body),
        "spelt": f"{plain_words(one.title)} {plain_words(one.body)}",
    }


def _sealed_rows(
    session: Session, kind: Kind, texts: Sequence[Readable], at: datetime
) -> list[Mapping[str, Any]]:
    leaf = newest_leaf(session, at=at)
    return [
        {**_of_place(kind, one), "stems": sealed(session, leaf, stems), "leaf": leaf}
        for one, stems in zip(texts, stems_of(session, [one.body for one in texts]), strict=True)
    ]


def _of_place(kind: Kind, one: Readable) -> Mapping[str, Any]:
    values = (
        kind.name, one.object_id, int(kind.band), one.zone_id, one.cycle_id, one.table_id,
        one.category, one.state, one.at,
    )  # fmt: skip
    return dict(zip(_OF_PLACE, values, strict=True))


def _written(**values: Any) -> Insert:
    """The statement that writes an entry, or writes it anew; built once for all."""
    named: dict[str, Any] = {name: bindparam(name) for name in _OF_PLACE}
    written = insert(_TABLE).values(**named, **values, stale=False)
    changed = {name: written.excluded[name] for name in (*named, *values, "stale")}
    return written.on_conflict_do_update(index_elements=["kind", "object_id"], set_=changed)


def _words(name: str, weight: str) -> Any:
    words = func.to_tsvector(ITALIAN, bindparam(name, type_=Text))
    return func.setweight(words, literal_column(f"'{weight}'"))


_OPEN = _written(
    title=bindparam("title"),
    words=_words("words_of_title", "A").op("||")(_words("words_of_body", "D")),
    spelt=func.strip(func.to_tsvector(_SPELT, bindparam("spelt", type_=Text))),
)
_SEALED = _written(stems=bindparam("stems"), leaf=bindparam("leaf"))
