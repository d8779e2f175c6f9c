"""The ways of mail in the settings: SMTP_URL, MAIL_FROM, REPLY_ADDRESS and MAIL_IN."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from consultazione.bad_setting import BadSetting

# RFC 8314: submission with TLS from the start is preferred, on 465; 587 is for STARTTLS.
_PORTS = {"smtps": 465, "smtp": 587}
# With a plus and a token after it the local part keeps within 64 (`notices.mail_in.tokens`).
_REPLIES = re.compile(r"[a-z0-9][a-z0-9._-]{0,15}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and how.

    tls: encrypted from the start. password: None if the server asks for none.
    """

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def is_here(self) -> bool:
        """True for a server on this machine, to which mail may go in the clear."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True)
class MailListener:
    """Where the mail server of the body hands answers and bounces over to us.

    lmtp: by LMTP (RFC 2033), else by SMTP.
    """

    host: str
    port: int
    lmtp: bool


def read_mail_server(text: str | None) -> MailServer | None:
    """SMTP_URL as `smtps://user:password@host:465` or `smtp://...`; None if it is empty.

    BadSetting for anything else; its sentence never repeats the value, which holds a password.
    """
    if not text:
        return None
    address = urlsplit(text)
    try:
        port = address.port or _PORTS[address.scheme]
    except (KeyError, ValueError):
        raise _bad_address() from None
    if not address.hostname or address.path.strip("/") or address.query:
        raise _bad_address()
    if bool(address.username) != bool(address.password):
        raise BadSetting("SMTP_URL: write the user and the password, or neither.")
    user, password = (unquote(one) if one else None for one in (address.username, address.password))
    return MailServer(address.hostname, port, address.scheme == "smtps", user, password)


def read_sender(text: str | None, *, host: str, sends: bool) -> str:
    """MAIL_FROM, such as `Distretto <partecipa@name.example>`; without one an address at `host`.

    sends: True if there is a server, to which an invented address must not be shown: BadSetting
    if none is set then, or if it is no address.
    """
    if not text:
        if sends:
            raise BadSetting("MAIL_FROM is not set: write the address that mails come from.")
        return f"consultazione@{host}"
    name, address = parseaddr(text)
    local, _at, domain = address.rpartition("@")
    if not (local and domain and text.isprintable()):
        raise _no_address(text)
    try:
        return str(Address(name, local, domain))
    except (ValueError, IndexError):
        raise _no_address(text) from None


def read_reply_address(text: str | None) -> str | None:
    """REPLY_ADDRESS, such as `risposte@partecipa.example`; None without one."""
    if not text:
        return None
    if not _REPLIES.fullmatch(text):
        raise BadSetting(
            f"REPLY_ADDRESS={text!r}: write it as risposte@name.example, with at most 16 letters"
            " and no plus before the @."
        )
    return text.lower()


def read_listener(text: str | None, *, replies: str | None) -> MailListener | None:
    """MAIL_IN as `lmtp://127.0.0.1:8024` or `smtp://...`; None if it is empty."""
    if not text:
        return None
    address = urlsplit(text)
    try:
        port = address.port
    except ValueError:
        port = None
    extra = address.path.strip("/") or address.query or address.username
    if address.scheme not in {"lmtp", "smtp"} or not address.hostname or not port or extra:
        raise BadSetting(f"MAIL_IN={text!r}: write it as lmtp://127.0.0.1:8024 or smtp://host:port")
    if replies is None:
        raise BadSetting("MAIL_IN is set without REPLY_ADDRESS: set the address of answers too.")
    return MailListener(address.hostname, port, address.scheme == "lmtp")


def _no_address(text: str) -> BadSetting:
    return BadSetting(f"MAIL_FROM={text!r}: write it as name@example.it, or Name <name@example.it>")


def _bad_address() -> BadSetting:
    return BadSetting("SMTP_URL: write it as smtps://user:password@host:465 or smtp://host:587")
