"""What an order is about: words, an entry, a person or a file; and what takes their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid, NotFound
from consultazione.core.events import text_fields, to_data
from consultazione.core.log import read_stream
from consultazione.core.log.details import is_details, words_in
from consultazione.core.log.order_marks import mark_of, pseudonym_of
from consultazione.erasure.columns import TECHNICAL
from consultazione.erasure.files import find_files
from consultazione.erasure.finding import Place, find_places, zone_streams
from consultazione.erasure.passages import Passage, is_long_enough, require_long_enough
from consultazione.people.models import Person

_ENTRY = re.compile(r"([a-z_]+:\d+)\s*[/ ]\s*(?:n\.\s*)?(\d+)")
MOST_PASSAGES = 20


@dataclass(frozen=True)
class Sought:
    """What is to go: passages in their exact words, the texts of one entry, or one person.

    passages: one a line. entry: the stream and the number of an entry, such as `notes:7/12`.
    person_id: the account whose name and address go, wherever they stand. file: the name of an
    uploaded file, which is destroyed.
    """

    passages: str = ""
    entry: str = ""
    person_id: int | None = None
    file: str = ""


def passages_of(session: Session, zone_id: int, sought: Sought, *, number: int) -> list[Passage]:
    """The passages that are sought, with their marks, for the order with that number.

    The longest first, so that none hides another. Invalid on `passages`, `entry` or `person_id`,
    naming what is missing.
    """
    mark = mark_of(number)
    lines = [line.strip() for line in sought.passages.splitlines() if line.strip()]
    if len(lines) > MOST_PASSAGES:
        raise Invalid.at(
            "passages", _("At most %(most)s passages at once: split them.", most=MOST_PASSAGES)
        )
    found = [Passage(require_long_enough(line, field="passages"), mark) for line in lines]
    found += [Passage(text, mark) for text in _texts_of_entry(session, zone_id, sought.entry)]
    found += _of_person(session, sought.person_id, mark)
    if not found and not sought.file:
        raise Invalid.at("passages", _("Write the words that are to go, an entry or a person."))
    return sorted(dict.fromkeys(found), key=lambda passage: -len(passage.words))


def places_of(
    session: Session, zone_id: int, sought: Sought, passages: Sequence[Passage]
) -> list[Place]:
    """Every place of a zone in which one of these passages stands, and the file that is sought."""
    return [
        *find_places(session, zone_id, passages),
        *find_files(session, zone_id, sought.file),
    ]


def _texts_of_entry(session: Session, zone_id: int, entry: str) -> Sequence[str]:
    if not entry:
        return []
    named = _ENTRY.fullmatch(entry.strip().lower())
    if named is None:
        raise Invalid.at("entry", _("Name the entry by its stream and number, as in notes:7/12."))
    stream, number = named[1], int(named[2])
    is_here = stream in set(session.scalars(zone_streams(session, zone_id)))
    entries = read_stream(session, stream, after=number - 1, limit=1) if is_here else []
    if not entries:
        raise Invalid.at("entry", _("There is no such entry in this zone."))
    event = entries[0].event
    data = to_data(event)
    texts = [data[name] for name in text_fields(type(event)) if data[name]]
    if not texts:
        raise Invalid.at("entry", _("This entry has no texts, or they are erased already."))
    plain = [text for text in texts if not is_details(text)]
    return [
        *(require_long_enough(text, field="entry") for text in plain),
        *(text for one in texts if is_details(one) for text in _words(one)),
    ]


def _words(details: str) -> Iterator[str]:
    """What a text of several columns says in words; not what the software alone fills in."""
    for column, words in words_in(details):
        if column not in TECHNICAL and is_long_enough(words):
            yield words


def _of_person(session: Session, person_id: int | None, mark: str) -> list[Passage]:
    if person_id is None:
        return []
    person = session.scalar(select(Person).filter_by(id=person_id))
    if person is None:
        raise NotFound(_("There is no such account."))
    pseudonym = pseudonym_of(person_id)
    if person.display_name == pseudonym:
        raise Invalid.at("person_id", _("This account is emptied already."))
    name = require_long_enough(person.display_name, field="person_id")
    found = [Passage(name, pseudonym)]
    return found + ([Passage(person.email, mark)] if person.email else [])
