"""The entries of the index that have all words, band by band, page by page.

PostgreSQL cannot know how many entries have several words together. So of papers and proposals a
bounded number is asked of the index of words first: if there are no more, the best stand first;
if there are, the newest do, and a page of them is soon full. Comments are a million and short: the
newest stand first, and a word that many have is found among the newest few thousand without the
index, which would bring all of them.

A position in the list is one text (`Place.key`), valid on its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from consultazione.people.models import Category
from consultazione.search.asking.frequencies import RARE, frequencies
from consultazione.search.asking.words import Asked
from consultazione.search.kinds import KINDS
from consultazione.search.models import Band, SearchEntry

# With more entries than this that have the words, the newest stand first.
FEW = 400
# How many of the newest comments are looked through before the index is asked.
_NEWEST = 3000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"([0-2])\.(n|[0-9]{1,9})\.(-?[0-9]{1,17})\.([a-z_]{1,40})\.([0-9]{1,18})")
_SCALE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What else an entry has to be; since, until: moments between which it is dated."""

    zone_id: int
    cycle_id: int | None = None
    table_id: int | None = None
    kind: str | None = None
    category: Category | None = None
    state: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, order=True)
class Place:
    """Where an entry stands in the list of its band; rank: None where the newest stand first."""

    band: int
    rank: int | None
    at: datetime
    kind: str
    object_id: int

    @property
    def key(self) -> str:
        """The text from which the next page goes on."""
        micros = (self.at - _EPOCH) // timedelta(microseconds=1)
        rank = "n" if self.rank is None else self.rank
        return f"{self.band}.{rank}.{micros}.{self.kind}.{self.object_id}"

    @property
    def order(self) -> tuple[int, datetime, str, int]:
        """Larger stands first."""
        return (self.rank or 0, self.at, self.kind, self.object_id)


def place_at(key: str) -> Place | None:
    """The place that a key names; None for what is no key of ours, which starts over."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    band, rank, micros, kind, number = found.groups()
    try:
        at = _EPOCH + timedelta(microseconds=int(micros))
    except OverflowError:
        return None
    return Place(int(band), None if rank == "n" else int(rank), at, kind, int(number))


def find(
    session: Session, asked: Asked, criteria: Criteria, *, after: Place | None, limit: int
) -> list[Place]:
    """The places of the next entries that have all the words, at most `limit`."""
    found: list[Place] = []
    for band, find_in in _FINDERS.items():
        if len(found) >= limit or not _concerns(band, criteria, after):
            continue
        start = after if after is not None and after.band == band else None
        found += find_in(session, asked, criteria, band, start, limit - len(found))
    return found


def _concerns(band: Band, criteria: Criteria, after: Place | None) -> bool:
    kind = KINDS.get(criteria.kind or "")
    return (kind is None or kind.band is band) and (after is None or band >= after.band)


def _find_texts(
    session: Session,
    asked: Asked,
    criteria: Criteria,
    band: Band,
    after: Place | None,
    limit: int,
) -> Sequence[Place]:
    """Papers or proposals: the best, or the newest where there are many."""
    if after is None or after.rank is not None:
        rows = _few(session, asked, criteria, band)
        if len(rows) <= FEW or after is not None:
            return _best(rows, band, after, limit)
    newest = entries(band).where(_have(asked.query), *only(criteria))
    return _newest(session, newest, band, after, limit)


def _few(session: Session, asked: Asked, criteria: Criteria, band: Band) -> Sequence[Any]:
    """Those that have the words, with their ranks; FEW and one more at most."""
    rank = func.ts_rank(SearchEntry.words, _tsquery(asked.query))
    conditions = list(only(criteria, by_index=False))
    if _is_rare(session, asked):
        fitting = case((_have(asked.query), rank))
        others = entries(band, fitting).where(_have(asked.whole), *conditions)
        rows = session.execute(others.limit(FEW + 1)).all()
        if len(rows) <= FEW:
            return [row for row in rows if row.rank is not None]
    best = entries(band, rank).where(_have(asked.query), *conditions)
    return session.execute(best.limit(FEW + 1)).all()


def _is_rare(session: Session, asked: Asked) -> bool:
    """Whether few have the words before the last: then these alone are asked of the index.

    It needs 20 ms to put together all words that begin as the last one does.
    """
    if not asked.whole:
        return False
    often = frequencies(session, [stem for ones in asked.stems[:-1] for stem in ones])
    return any(max(often[stem] for stem in ones) <= RARE for ones in asked.stems[:-1])


def _best(rows: Sequence[Any], band: Band, after: Place | None, limit: int) -> list[Place]:
    places = [
        Place(int(band), int(row.rank * _SCALE), row.at, row.kind, row.object_id) for row in rows
    ]
    places.sort(key=lambda place: place.order, reverse=True)
    if after is not None:
        places = [place for place in places if place.order < after.order]
    return places[:limit]


def _find_comments(
    session: Session,
    asked: Asked,
    criteria: Criteria,
    band: Band,
    after: Place | None,
    limit: int,
) -> Sequence[Place]:
    """The newest comments; of a common word among the newest few thousand alone."""
    if not asked.keyed:
        return []
    has_stems = or_(*(_has(words) for words in asked.keyed))
    first = _ordered(entries(band, SearchEntry.stems).where(*only(criteria)), after)
    recent = first.limit(_NEWEST).subquery()
    among_them = select(recent).where(or_(*(_has(d, recent.c.stems) for d in asked.keyed)))
    rows = session.execute(among_them.limit(limit)).all()
    if len(rows) < limit:
        rest = entries(band).where(has_stems, *only(criteria, by_index=False))
        rows = session.execute(_ordered(rest, after).limit(limit)).all()
    return [Place(int(band), None, row.at, row.kind, row.object_id) for row in rows]


_Finder = Callable[[Session, Asked, Criteria, Band, Place | None, int], Sequence[Place]]
_FINDERS: dict[Band, _Finder] = {
    Band.PAPERS: _find_texts,
    Band.PROPOSALS: _find_texts,
    Band.COMMENTS: _find_comments,
}


def _has(words: Sequence[Sequence[int]], column: Any = SearchEntry.stems) -> ColumnElement[bool]:
    """Whether there is one of the digests of each word."""
    return and_(
        *(
            column.op("&&", is_comparison=True)(literal(list(digests), ARRAY(BigInteger)))
            for digests in words
        )
    )


def _have(query: str) -> ColumnElement[bool]:
    return SearchEntry.words.bool_op("@@")(_tsquery(query))


def _tsquery(query: str) -> ColumnElement[Any]:
    return cast(literal(query, SqlText), TSQUERY)


def entries(band: Band, *more: ColumnElement[Any] | Any) -> Select[Any]:
    """Of one band; said as the partial indexes say it, which no parameter would match."""
    named = [one.label("rank") if isinstance(one, ColumnElement) else one for one in more]
    query = select(SearchEntry.kind, SearchEntry.object_id, SearchEntry.at, *named)
    return query.where(literal_column(f"search_entry.band = {int(band)}"))


def only(criteria: Criteria, *, by_index: bool = True) -> Iterator[ColumnElement[bool]]:
    """The other conditions. by_index: False where the zone's index would lead the way, and not
    the words': a sum is in no index.
    """
    zone: Any = SearchEntry.zone_id if by_index else SearchEntry.zone_id + 0
    yield zone == criteria.zone_id
    for name in ("cycle_id", "table_id", "kind", "category", "state"):
        if (wanted := getattr(criteria, name)) is not None:
            yield getattr(SearchEntry, name) == wanted
    if criteria.since is not None:
        yield SearchEntry.at >= criteria.since
    if criteria.until is not None:
        yield SearchEntry.at < criteria.until


def _newest(
    session: Session, query: Select[Any], band: Band, after: Place | None, limit: int
) -> list[Place]:
    rows = session.execute(_ordered(query, after).limit(limit)).all()
    return [Place(int(band), None, row.at, row.kind, row.object_id) for row in rows]


def _ordered(query: Select[Any], after: Place | None) -> Select[Any]:
    """Newest first, from a place on."""
    columns = (SearchEntry.at, SearchEntry.kind, SearchEntry.object_id)
    if after is not None:
        query = query.where(tuple_(*columns) < tuple_(after.at, after.kind, after.object_id))
    return query.order_by(*(column.desc() for column in columns))
