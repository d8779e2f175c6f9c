"""A page of results: found in the index, read where they stand, and shown only if readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consultazione.core.db_limits import ended_by
from consultazione.search.asking.correcting import corrected, stands_in
from consultazione.search.asking.finding import Criteria, Place, find
from consultazione.search.asking.near import meant, near
from consultazione.search.asking.passages import Parts, passages
from consultazione.search.asking.words import Asked, ask
from consultazione.search.kinds import KINDS
from consultazione.search.kinds.base import Kind, Text

PAGE = 20
_FIND_MS, _NEAR_MS = 900, 400
# How long a statement may take; and PostgreSQL would leave the index of words aside, since it
# expects many to have them.
_SETTINGS = text(
    "SELECT set_config('statement_timeout', :most, true), set_config('enable_seqscan', 'off', true)"
)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Result:
    """What was found, as everybody may read it now; title and passage in pieces, True if found."""

    kind: Kind
    text: Text
    title: Parts
    passage: Parts


@dataclass(frozen=True)
class Results:
    """A page of a search.

    words: what was looked for, as it was understood; empty if nothing in it can be. next_key:
    from which to go on; empty at the end. is_near: nothing has the words, these are near. meant:
    what may have been meant. is_corrected: nothing has the words, these have those that were
    meant, for which next_key is. is_slow: it took too long, and more words would help.
    """

    words: str
    items: Sequence[Result] = ()
    next_key: str = ""
    is_near: bool = False
    meant: str = ""
    is_corrected: bool = False
    is_slow: bool = False


def search(
    session: Session,
    typed: str,
    criteria: Criteria,
    *,
    after: Place | None = None,
    limit: int = PAGE,
) -> Results:
    """Search for what was typed; whatever that is, it is answered, and within two seconds."""
    asked = ask(session, typed)
    if asked.is_empty:
        return Results("")
    found = _within(
        session, _FIND_MS, lambda: find(session, asked, criteria, after=after, limit=limit + 1)
    )
    if found is None:
        return Results(asked.words, is_slow=True)
    if not found and after is None:
        right = _corrected(session, asked, criteria, limit)
        return right or _near(session, asked, criteria)
    return _page(session, asked, found, limit)


def _page(session: Session, asked: Asked, found: Sequence[Place], limit: int) -> Results:
    shown, more = found[:limit], len(found) > limit
    next_key = shown[-1].key if more else ""
    return Results(asked.words, _read(session, asked, shown), next_key)


def _corrected(session: Session, asked: Asked, criteria: Criteria, limit: int) -> Results | None:
    """What has the words that were probably meant; None if nothing that is shown has them."""

    def look() -> Results | None:
        right = corrected(session, asked.words, zone_id=criteria.zone_id)
        if not right:
            return None
        meant = ask(session, right)
        return _page(
            session, meant, find(session, meant, criteria, after=None, limit=limit + 1), limit
        )

    page = _within(session, _NEAR_MS, look)
    if page is None or not stands_in(page.words, asked.words, (one.text for one in page.items)):
        return None
    return replace(page, words=asked.words, meant=page.words, is_corrected=True)


def _near(session: Session, asked: Asked, criteria: Criteria) -> Results:
    found = _within(session, _NEAR_MS, lambda: near(session, asked.words, criteria)) or []
    items = _read(session, asked, found)
    return Results(
        asked.words,
        items,
        is_near=True,
        meant=meant(asked.words, [item.text.title for item in items]),
    )


def _read(session: Session, asked: Asked, places: Sequence[Place]) -> list[Result]:
    """The objects at these places in their order, those that everybody may read."""
    texts = {
        (kind.name, text.object_id): (kind, text)
        for kind, ids in _by_kind(places)
        for text in kind.texts(session, ids)
    }
    found = [texts[key] for one in places if (key := (one.kind, one.object_id)) in texts]
    cut = passages(session, asked.query, [(text.title, text.body) for _kind, text in found])
    return [
        Result(kind, text, title, passage)
        for (kind, text), (title, passage) in zip(found, cut, strict=True)
    ]


def _by_kind(places: Iterable[Place]) -> Iterator[tuple[Kind, list[int]]]:
    by_kind: dict[str, list[int]] = {}
    for place in places:
        by_kind.setdefault(place.kind, []).append(place.object_id)
    return ((KINDS[name], ids) for name, ids in by_kind.items() if name in KINDS)


def _within(session: Session, most: int, act: Callable[[], Found]) -> Found | None:
    """What an act finds; None if one of its statements takes longer than so many milliseconds.

    The act only reads, and the way back to where it began takes its settings back as well.
    """
    begun = session.begin_nested()
    try:
        session.execute(_SETTINGS, {"most": str(most)})
        return act()
    except DBAPIError as error:
        if ended_by(error) != "statement":
            raise
        return None
    finally:
        begun.rollback()
