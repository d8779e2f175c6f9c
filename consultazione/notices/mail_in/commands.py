"""Taking mails that came in, each once, in the name of who wrote them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from consultazione.comments.commands.handing_in import hand_in_comment
from consultazione.comments.commands.writing import reply_to_comment
from consultazione.comments.models import Comment, Position
from consultazione.core.actor import Actor
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, Sentence
from consultazione.core.mail.bounces import count_bounce
from consultazione.core.mail.outbox import Mail, owe
from consultazione.core.permissions import Permission, require
from consultazione.notices.mail_in.limits import MOST_ANSWERED, answered_since
from consultazione.notices.mail_in.models import TakenMail
from consultazione.notices.mail_in.tokens import Purpose, Token
from consultazione.people.models import Person
from consultazione.people.queries import actor_of
from consultazione.tables.holding.models import HeldText


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail that came in, as the commands need it.

    key: by which it is known again. sender: the address of who wrote it; sender_key: a keyed digest
    of that. body: their own words. may_be_answered: False if a program must not write back.
    """

    token: Token
    key: bytes
    sender: str
    sender_key: bytes
    body: str
    may_be_answered: bool = True
    has_files: bool = False


def take_answer(tx: Transaction, *, letter: Letter) -> Comment | HeldText | None:
    """Publish an answer as a comment of who wrote it, or as a reply; None if it was taken before.

    It is written without the roles of its author, which a mail does not prove. A mail says if
    attachments were left out, or if the text waits. NotAllowed if the account is blocked, or the
    address is not its; Conflict if the token has expired; Invalid if it has no words of its own;
    raises what the commands on comments raise.
    """
    require(tx.actor, Permission.TAKE_ANSWER)
    row = _note(tx, letter)
    if row is None:
        return None
    author = _author(tx, letter)
    if not letter.body:
        raise Invalid(_("Your answer has no text of its own: write above what it quotes."))
    with tx.acting_as(author):
        written = _write(tx, letter)
    if isinstance(written, Comment):
        row.comment_id = written.id
    if letter.has_files or isinstance(written, HeldText):
        _owe_answer(tx, row, letter, "answer_taken")
    return written


def refuse_answer(tx: Transaction, *, letter: Letter, reason: Sentence) -> bool | None:
    """Owe who wrote an answer one mail that says why nothing came of it, with their text in it.

    None if it was settled before. False if nobody is to be written to: their mail asks for no
    answers by programs, or many were written to them today.
    """
    require(tx.actor, Permission.REFUSE_ANSWER)
    row = _note(tx, letter)
    if row is None:
        return None
    if not _owe_answer(tx, row, letter, "answer_refused"):
        return False
    row.reason, row.body = str(reason), letter.body or None
    return True


def note_bounce(tx: Transaction, *, token: Token, sender_key: bytes, status: str) -> bool:
    """Count that a mail came back for good; False if it was counted, or is none of the person's.

    status: of RFC 3463. A mail counts once, whatever number of reports comes, and only if it went
    to the address of the account.
    """
    require(tx.actor, Permission.NOTE_BOUNCE)
    mail = tx.session.get(Mail, token.object_id)
    if mail is None or mail.person_id != token.person_id or token.has_expired(tx.today):
        return False
    key = b"mail %d" % mail.id
    if _note(tx, Letter(token=token, key=key, sender="", sender_key=sender_key, body="")) is None:
        return False
    count_bounce(tx.session, token.person_id, status=status, at=tx.now)
    return True


def _note(tx: Transaction, letter: Letter) -> TakenMail | None:
    """The row of a mail, the first time that it comes; another process with it is waited for."""
    token = letter.token
    about = b"%d %d %d " % (token.purpose, token.person_id, token.object_id)
    values = {
        "mail_key": sha256(about + letter.key).digest(),
        "sender_key": letter.sender_key,
        "person_id": token.person_id,
        "at": tx.now,
        "has_files": letter.has_files,
    }
    statement = insert(TakenMail).values(values).on_conflict_do_nothing().returning(TakenMail.id)
    made = tx.session.scalar(statement)
    return None if made is None else tx.session.get_one(TakenMail, made)


def _author(tx: Transaction, letter: Letter) -> Actor:
    """Who wrote an answer, if it is them and they are let in, without their roles."""
    token = letter.token
    person = tx.session.get(Person, token.person_id)
    actor = actor_of(tx.session, token.person_id)
    if person is None or person.email is None:
        raise NotAllowed(_("The account that you answered from was deleted."))
    if person.email != letter.sender:
        raise NotAllowed(
            _(
                "Your answer comes from another address than that of your account. Answer from that"
                " one, or write the comment on the site."
            )
        )
    if not actor.is_signed_in:
        raise NotAllowed(_("Your account is blocked: nothing can be published with it."))
    if token.has_expired(tx.today):
        raise Conflict(
            _(
                "A mail can be answered for thirty days, and these are over. Write the comment on"
                " the site."
            )
        )
    return replace(actor, grants=frozenset(), held_back=frozenset())


def _write(tx: Transaction, letter: Letter) -> Comment | HeldText:
    number = letter.token.object_id
    if letter.token.purpose is Purpose.COMMENT:
        return reply_to_comment(tx, comment_id=number, body=letter.body, by_mail=True)
    return hand_in_comment(
        tx, proposal_id=number, position=Position.NEUTRAL, body=letter.body, by_mail=True
    )


def _owe_answer(tx: Transaction, row: TakenMail, letter: Letter, kind: str) -> bool:
    """Owe the mail that answers, unless it is not wanted, or would be one of too many."""
    if not letter.may_be_answered or not letter.sender:
        return False
    if answered_since(tx.session, letter.sender_key, at=tx.now) >= MOST_ANSWERED:
        return False
    language = tx.session.scalar(select(Person.language).where(Person.id == row.person_id))
    mail = owe(tx, kind, person_id=row.person_id, address=letter.sender, language=language or "it")
    tx.flush()
    row.mail_id = mail.id
    return True
