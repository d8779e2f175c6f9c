"""What becomes of one mail that came in: a comment, an answer that says why not, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256
from hmac import digest

import structlog
from marshmallow import ValidationError

from consultazione.comments.models import Comment
from consultazione.comments.schemas import ReplySchema
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.errors import Invalid, Refusal
from consultazione.core.text_keys import TextKeys
from consultazione.italian import speaking
from consultazione.keys.mail_key import mail_key
from consultazione.notices.mail_in.commands import Letter, note_bounce, refuse_answer, take_answer
from consultazione.notices.mail_in.delivery_reports import hard_failure
from consultazione.notices.mail_in.limits import is_flooding
from consultazione.notices.mail_in.reading import Incoming, Unreadable, read_mail
from consultazione.notices.mail_in.tokens import Purpose, Token, is_ours, token_in
from consultazione.people.models import Person

_log = structlog.get_logger()


class Outcome(StrEnum):
    """What became of a mail. KNOWN: it came before. IGNORED: a program sent it, or it is one of too
    many. NOBODY: its address is not ours.
    """

    PUBLISHED = "published"
    WAITS = "waits"
    REFUSED = "refused"
    KNOWN = "known"
    IGNORED = "ignored"
    BOUNCE = "bounce"
    NOBODY = "nobody"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Inbox:
    """Takes the mails that come to signed addresses.

    database: with the keys of texts. replies: the address of answers. key: what signs them. sender:
    whom our own mails come from.
    """

    database: Database
    replies: str
    key: bytes
    sender: str

    def token_in(self, address: str) -> Token | None:
        """The token of an address of ours; None if there is no such address."""
        return token_in(address, self.key, self.replies)

    def take(self, raw: bytes, token: Token, *, return_path: str | None) -> Outcome:
        """Take a mail that came to a token's address, once. Idempotent.

        return_path: the sender on its envelope, empty for none; None if nobody knows. Raises what a
        database does that is away: whoever hands the mail over comes again.
        """
        try:
            outcome = self._take(raw, token, return_path)
        except Unreadable:
            outcome = Outcome.UNREADABLE
        _log.info("mail came in", purpose=token.purpose.name.lower(), outcome=outcome.value)
        return outcome

    def _take(self, raw: bytes, token: Token, return_path: str | None) -> Outcome:
        if token.purpose is Purpose.BOUNCE:
            return self._bounce(raw, token)
        mail = read_mail(raw)
        letter = self._letter(mail, token)
        if self._is_of_a_program(mail, return_path) or self._is_flooding(letter):
            return Outcome.IGNORED
        with speaking(self._language(token)):
            try:
                return self._publish(letter)
            except Refusal as refusal:
                return self._refuse(letter, refusal)

    def _bounce(self, raw: bytes, token: Token) -> Outcome:
        status = hard_failure(raw)
        if not status:
            return Outcome.IGNORED
        with self.database.transaction(SYSTEM) as tx:
            counted = note_bounce(tx, token=token, sender_key=self._named(""), status=status)
        return Outcome.BOUNCE if counted else Outcome.KNOWN

    def _letter(self, mail: Incoming, token: Token) -> Letter:
        return Letter(
            token=token,
            key=mail.key,
            sender=mail.sender,
            sender_key=self._named(mail.sender),
            body=mail.text,
            may_be_answered=mail.may_be_answered,
            has_files=mail.has_files,
        )

    def _is_of_a_program(self, mail: Incoming, return_path: str | None) -> bool:
        """True for what is never answered, so that two programs do not write to each other."""
        own = parseaddr(self.sender)[1].lower()
        is_own = is_ours(mail.sender, self.replies) or mail.sender == own
        return mail.is_automatic or is_own or not mail.sender or return_path == ""

    def _is_flooding(self, letter: Letter) -> bool:
        with self.database.snapshot() as session:
            return is_flooding(session, letter.sender_key, at=clock.now())

    def _language(self, token: Token) -> str:
        with self.database.snapshot() as session:
            person = session.get(Person, token.person_id)
            return person.language if person is not None else "it"

    def _publish(self, letter: Letter) -> Outcome:
        shaped = replace(letter, body=_shaped(letter.body)) if letter.body else letter
        with self.database.transaction(SYSTEM) as tx:
            written = take_answer(tx, letter=shaped)
        if written is None:
            return Outcome.KNOWN
        return Outcome.PUBLISHED if isinstance(written, Comment) else Outcome.WAITS

    def _refuse(self, letter: Letter, refusal: Refusal) -> Outcome:
        with self.database.transaction(SYSTEM) as tx:
            answered = refuse_answer(tx, letter=letter, reason=refusal.detail)
        if answered is None:
            return Outcome.KNOWN
        return Outcome.REFUSED if answered else Outcome.IGNORED

    def _named(self, sender: str) -> bytes:
        return digest(self.key, b"sender " + sender.encode(), sha256)


def open_inbox(settings: Settings) -> Inbox | None:
    """The inbox of the settings; None without REPLY_ADDRESS."""
    if settings.reply_address is None:
        return None
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=2, text_keys=keys)
    key = mail_key(settings.secrets_dir)
    return Inbox(database, settings.reply_address, key, settings.mail_from)


def _shaped(body: str) -> str:
    """The text as a form would have it; Invalid, with its sentence, if a form would refuse it."""
    try:
        return str(ReplySchema().load({"body": body})["body"])
    except ValidationError as error:
        told = error.messages
        found = told.get("body") if isinstance(told, dict) else told
        raise Invalid(found[0] if found else str(error)) from error
