"""Letters: what a mail says, before it is set as text and HTML and given its envelope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

from sqlalchemy import select

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.core.errors import Sentence
from consultazione.core.mail.outbox import Mail
from consultazione.notices.choices import is_told
from consultazione.notices.mail_in.tokens import Purpose
from consultazione.people.models import Person


@dataclass(frozen=True)
class Line:
    """One thing that a letter tells: of what, what happened, words of it, where and when."""

    title: str
    sentence: Sentence
    quote: str
    url: str
    when: str


@dataclass(frozen=True)
class Section:
    """The lines of a letter that belong to one place."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Letter:
    """A letter to one address.

    subject, paragraphs: sentences, in the reader's language when they are set. action: what the
    button says, and the address that it leads to; None without one. why: why they get it.
    sections: what it tells of, by place. settings, stop: addresses where its reader chooses what
    they get, and where they stop it without signing in; None for what they always get. answers:
    what an answer to it is, and to which object; None if nobody reads answers.
    """

    to: str
    subject: Sentence
    paragraphs: Sequence[Sentence]
    why: Sentence
    action: tuple[Sentence, str] | None = None
    sections: Sequence[Section] = ()
    settings: str | None = None
    stop: str | None = None
    answers: tuple[Purpose, int] | None = None


# Writes the letter for a mail; None if there is nobody to write to, or nothing to say any more.
# What it changes is committed once the letter was handed over, and only then. The last argument
# is the public address of the site.
Writer = Callable[[Transaction, Mail, str], Letter | None]
# Writes the letters for many mails of one language, by their ids, in few statements; it changes
# nothing.
Writers = Callable[[Transaction, Sequence[Mail], str], Mapping[int, Letter]]


@dataclass(frozen=True)
class Reader:
    """Whom a letter is about, and the address where it goes."""

    person: Person
    address: str


def to_reader(write: Callable[[Transaction, Mail, Reader, str], Letter | None]) -> Writer:
    """A writer of letters about an account: nobody writes to one that is blocked or erased.

    write: gets the reader of the letter as well.
    """

    @wraps(write)
    def written(tx: Transaction, mail: Mail, public_url: str) -> Letter | None:
        reader = readers_of(tx, [mail]).get(mail.id)
        return None if reader is None else write(tx, mail, reader, public_url)

    return written


def readers_of(tx: Transaction, mails: Sequence[Mail]) -> dict[int, Reader]:
    """The readers of mails about accounts, by the ids of the mails; none who is to be told nothing.

    An address that the mail itself names comes before the account's.
    """
    ids = {mail.person_id for mail in mails if mail.person_id is not None}
    found = tx.session.scalars(select(Person).where(among(Person.id, ids), is_told()))
    persons = {person.id: person for person in found}
    return {
        mail.id: Reader(
            persons[mail.person_id], mail.address or persons[mail.person_id].email or ""
        )
        for mail in mails
        if mail.person_id in persons
    }
