"""The two ways out: over SMTP to the one server of the settings, or into a folder."""

from __future__ import annotations

import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from consultazione.core.durable import replace_durably
from consultazione.mail_server import MailServer
from consultazione.notices.mail_in.delivery_reports import address_status

_TIMEOUT = 20.0
# That the site must sign in, or otherwise (RFC 4954): the settings are at fault, not the mail.
_SIGN_IN = frozenset({530, 534, 535, 538})


class NoEncryption(SMTPException):
    """A server elsewhere offers no STARTTLS: a mail holds links that nobody else may read."""


def hand_over(server: MailServer, message: EmailMessage, bounces: str | None = None) -> None:
    """Hand a message to the server; SMTPException or OSError if it does not take it.

    bounces: where it comes back to, its sender if None.

    Nothing leaves this machine but under encryption; the server's certificate is checked against
    the system's roots. What the server says after it took the message changes nothing.
    """
    with closing(_signed_in(server)) as smtp:
        smtp.send_message(message, from_addr=bounces)
        with suppress(SMTPException, OSError):
            smtp.quit()


class Way:
    """The way to the server for many messages: one connection, which is made when it is needed.

    After a failure the next message gets another connection.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: SMTP | None = None

    def hand_over(self, message: EmailMessage, bounces: str | None = None) -> None:
        """The same as `hand_over` does, over the connection that is there."""
        try:
            self._open().send_message(message, from_addr=bounces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the connection, if there is one; what the server says to that changes nothing."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _open(self) -> SMTP:
        if self._smtp is None:
            self._smtp = _signed_in(self._server)
        return self._smtp


def keep(folder: Path, mail_id: int, message: EmailMessage) -> None:
    """Write a message as `<mail_id>.eml`, readable by the site's own user alone.

    On return it is on the disk, whole; `sweep` deletes it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_durably(folder / f"{mail_id}.eml", message.as_bytes(), mode=0o600)


def told(error: BaseException) -> str:
    """The class and the code of a failure, for the outbox; no words, which repeat addresses."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])


def is_final(error: BaseException) -> bool:
    """True if the server will never take the mail: it refused it for good (5yz)."""
    if isinstance(error, SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError):
        return all(code >= 500 and code not in _SIGN_IN for code in _codes(error))
    return isinstance(error, SMTPNotSupportedError)


def refused_address(error: BaseException) -> str:
    """The status by which a server says that an address is gone; empty for any other failure.

    Of the words of the answer nothing else is read.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    for code, words in error.recipients.values():
        said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        if code >= 500 and (status := address_status(said)):
            return status
    return ""


def _signed_in(server: MailServer) -> SMTP:
    smtp = _connected(server)
    try:
        if server.user is not None and server.password is not None:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _connected(server: MailServer) -> SMTP:
    context = ssl.create_default_context()
    if server.tls:
        return SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
    smtp = SMTP(server.host, server.port, timeout=_TIMEOUT)
    try:
        smtp.ehlo()
        if server.is_here:
            return smtp
        if not smtp.has_extn("starttls"):
            raise NoEncryption
        smtp.starttls(context=context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _codes(error: BaseException) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    code = getattr(error, "smtp_code", None)
    return [code] if isinstance(code, int) else []
