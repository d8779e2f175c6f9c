"""The server that takes our mail, as SMTP_URL names it, and the sender, as MAIL_FROM does."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from consultazione.bad_setting import BadSetting

# RFC 8314: submission with TLS from the start is preferred, on 465; 587 is for STARTTLS.
_PORTS = {"smtps": 465, "smtp": 587}


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


def _no_address(text: str) -> BadSetting:
    return BadSetting(f"MAIL_FROM={text!r}: write it as name@example.it, or Name <name@example.it>")


def _bad_address() -> BadSetting:
    return BadSetting("SMTP_URL: write it as smtps://user:password@host:465 or smtp://host:587")
