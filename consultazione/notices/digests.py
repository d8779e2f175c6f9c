"""The mail of one person's notices: one at once, or many of a day or a week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from flask_babel import format_datetime, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import event
from sqlalchemy.orm import Session

from consultazione.core.actor import VISITOR, Actor
from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.core.mail.outbox import Mail
from consultazione.notices.choices import Choices, choices_of_many, effective
from consultazione.notices.composing import Shown, entries_of, shown_of
from consultazione.notices.groups import group_of
from consultazione.notices.letters import Letter, Line, Reader, Section, readers_of
from consultazione.notices.mail_in.offering import offered
from consultazione.notices.mail_in.tokens import Purpose
from consultazione.notices.models import MAILED, Notice
from consultazione.notices.places import NOTICES, SETTINGS, STOP
from consultazione.notices.queries import notices_in
from consultazione.notices.told import Answerable, Told
from consultazione.notices.unsubscribing import tokens_of
from consultazione.people.queries import actors_of

# So many a mail tells in words; the others are a line with the way to them.
MOST_TOLD = 60
_WHY = _("You get this mail because you follow something on the site, or have a part in it.")


def notices_letter(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
    """What somebody is told, newest first, by table; None if nothing of it may be told any more.

    What they want no mail of by now is left out, and so is what they may not read by now.
    """
    return notices_letters(tx, [mail], public_url).get(mail.id)


def notices_letters(
    tx: Transaction, mails: Sequence[Mail], public_url: str
) -> Mapping[int, Letter]:
    """The same for many in the language that is spoken now, by the ids of their mails; none where
    nothing may be told any more.
    """
    with _at_hand(tx.session):
        read = _read(tx.session, mails, readers_of(tx, mails))
        letters: dict[int, Letter] = {}
        for mail in mails:
            letter = _letter(tx.session, read, mail.id, public_url)
            if letter is not None:
                letters[mail.id] = letter
        return letters


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What letters are written of. readers, notices: by mail; choices, actors, tokens: by person.

    entries: of the log, by position. offers: what answers to notices would be, as it is found.
    """

    readers: Mapping[int, Reader]
    notices: Mapping[int, Sequence[Notice]]
    choices: Mapping[int, Choices]
    actors: Mapping[int, Actor]
    tokens: Mapping[int, str]
    entries: Mapping[int, Entry]
    offers: dict[Answerable | None, tuple[Purpose, int] | None]


def _read(session: Session, mails: Sequence[Mail], readers: Mapping[int, Reader]) -> _Read:
    persons = {one.person.id for one in readers.values()}
    notices = notices_in(session, [mail.id for mail in mails], limit=MOST_TOLD + 1)
    return _Read(
        readers=readers,
        notices=notices,
        choices=choices_of_many(session, persons),
        actors=actors_of(session, persons),
        tokens=tokens_of(session, persons),
        entries=entries_of(session, chain.from_iterable(notices.values())),
        offers={},
    )


@contextmanager
def _at_hand(session: Session) -> Iterator[None]:
    """Within it the session keeps what was read: many letters tell of the same few objects."""
    held: list[object] = []

    def hold(_session: Session, one: object) -> None:
        held.append(one)

    event.listen(session, "loaded_as_persistent", hold)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", hold)


def _letter(session: Session, read: _Read, mail_id: int, public_url: str) -> Letter | None:
    reader = read.readers.get(mail_id)
    if reader is None or reader.person.email_confirmed_at is None:
        return None
    person = reader.person
    rows = _still_wanted(read.choices[person.id], read.notices[mail_id])
    actor = read.actors.get(person.id, VISITOR)
    shown = shown_of(session, read.entries, actor, rows[:MOST_TOLD])
    told = [(one, one.told) for one in shown if one.told is not None]
    if not told:
        return None
    return Letter(
        to=reader.address,
        subject=_subject(told),
        paragraphs=[_("Hello %(name)s,", name=person.display_name)],
        sections=_sections(told, public_url),
        action=(_("All your notices"), f"{public_url}{NOTICES}"),
        why=_WHY,
        settings=f"{public_url}{SETTINGS}",
        stop=f"{public_url}{STOP}?chiave={read.tokens[person.id]}",
        answers=_offer(session, read, told[0][1].answerable) if len(told) == 1 else None,
    )


def _offer(
    session: Session, read: _Read, answerable: Answerable | None
) -> tuple[Purpose, int] | None:
    if answerable not in read.offers:
        read.offers[answerable] = offered(session, answerable)
    return read.offers[answerable]


def _still_wanted(chosen: Choices, rows: Sequence[Notice]) -> list[Notice]:
    def is_wanted(notice: Notice) -> bool:
        group = group_of(notice.topic)
        return group is not None and effective(chosen, group, notice.table_id) in MAILED

    return [notice for notice in rows if is_wanted(notice)]


def _subject(told: Sequence[tuple[Shown, Told]]) -> str:
    """Of one notice its title and sentence, of several how many there are."""
    if len(told) == 1:
        one = told[0][1]
        return " ".join(f"{one.title}: {one.sentence}".split())[:150]
    return str(ngettext("%(num)s notice", "%(num)s notices", len(told)))


def _sections(told: Sequence[tuple[Shown, Told]], public_url: str) -> list[Section]:
    places: dict[str, list[Line]] = defaultdict(list)
    for shown, one in told:
        when = format_datetime(in_rome(shown.notice.made_at), "d MMMM, HH:mm", rebase=False)
        line = Line(one.title, one.sentence, one.quote, f"{public_url}{one.path}", when)
        places[one.place or str(_("For you"))].append(line)
    return [Section(place, lines) for place, lines in places.items()]
