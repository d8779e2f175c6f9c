"""What a page says of the changes of a row: by whom, when, why, and what it was before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.core.differences import Piece, word_diff
from consultazione.core.errors import Sentence
from consultazione.core.revisions import Revision
from consultazione.people.models import Person

# A value shorter than this is shown whole before and after, not word by word.
_SHORT = 80


@dataclass(frozen=True)
class Field:
    """How a field of a row is named to readers, and how its values are shown."""

    label: Sentence
    shown: Callable[[object], Sentence] = str


@dataclass(frozen=True)
class Changed:
    """A field that changed. pieces: the words that went and came, for long texts."""

    label: Sentence
    was: str
    now: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Version:
    """One change of a row. author: the name of who made it; empty for the platform."""

    number: int
    at: datetime
    author: str
    reason: str
    changes: Sequence[Changed]


def history(
    session: Session, revisions: Sequence[Revision], fields: Mapping[str, Field]
) -> list[Version]:
    """The changes as a page shows them, in the order given; fields without a name are left out."""
    ids = {revision.author_id for revision in revisions}
    names = select(Person.id, Person.shown_name).where(Person.id.in_(ids))
    authors = dict(iter(session.execute(names)))
    return [
        Version(
            number=revision.version,
            at=revision.at,
            author=authors.get(revision.author_id or 0, ""),
            reason=revision.reason or "",
            changes=_changes(revision, fields),
        )
        for revision in revisions
    ]


def day(value: object) -> str:
    """A day or a moment of a revision as readers write it; empty for none."""
    if not value:
        return ""
    text = str(value)
    at = in_rome(datetime.fromisoformat(text)).date() if "T" in text else date.fromisoformat(text)
    return str(format_date(at, "long"))


def _changes(revision: Revision, fields: Mapping[str, Field]) -> list[Changed]:
    return [
        _changed(field, revision.was.get(name), revision.now.get(name))
        for name, field in fields.items()
        if name in revision.now and revision.was.get(name) != revision.now[name]
    ]


def _changed(field: Field, was: object, now: object) -> Changed:
    before, after = ("" if value is None else str(field.shown(value)) for value in (was, now))
    is_long = len(before) > _SHORT and len(after) > _SHORT
    return Changed(field.label, before, after, word_diff(before, after) if is_long else ())
