"""The public address: safe, true, and with a certificate that lasts."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.upkeep.doctor.case import Case, Finding, advice

_SECONDS = 5.0
_SOON = timedelta(days=14)


def public_address_is_safe(case: Case) -> Iterator[Finding]:
    """What others reach is https, so that passwords and cookies travel closed."""
    settings, host = case.settings, urlsplit(case.settings.public_url).hostname or ""
    if settings.is_local or settings.secure_cookies:
        return
    if host in ("127.0.0.1", "localhost", "::1"):
        yield Finding(
            f"HOST={settings.host} can be reached by others, but links in mails and codes lead to "
            f"{settings.public_url}.",
            "Set PUBLIC_URL to the site's https:// address, or HOST to 127.0.0.1.",
        )
    else:
        yield Finding(
            f"PUBLIC_URL={settings.public_url} is not encrypted: passwords travel in the clear, "
            "and cookies are not marked Secure.",
            "Put a proxy with a certificate before it, and write PUBLIC_URL with https://",
        )


def proxy_is_trusted(case: Case) -> Iterator[Finding]:
    """Behind a proxy, who asks is told by the proxy; without one by nobody."""
    settings = case.settings
    if settings.secure_cookies and settings.trusted_proxies == 0 and case.is_ours:
        yield Finding(
            "The site is https, so a proxy stands before it, but TRUSTED_PROXIES is 0: everybody "
            "has the proxy's address, and limits hit all at once.",
            "Set TRUSTED_PROXIES=1 (the number of proxies before it).",
        )


def certificate_is_valid(case: Case) -> Iterator[Finding]:
    """The certificate of the public address is good, and lasts two weeks."""
    if not case.settings.secure_cookies:
        return
    try:
        ends = certificate_ends(case.settings)
    except ssl.SSLCertVerificationError as error:
        yield Finding(
            f"Browsers refuse the certificate of {case.settings.public_url}: "
            f"{error.verify_message}.",
            "Have it renewed by the proxy, and see the proxy's log for why it was not.",
        )
        return
    except OSError as error:
        yield advice(
            f"{case.settings.public_url} cannot be reached from here "
            f"({error.strerror or type(error).__name__}), so its certificate was not seen.",
            "Look at it from outside.",
        )
        return
    if ends - case.now < _SOON:
        yield Finding(
            f"The certificate of {case.settings.public_url} ends on "
            f"{clock.in_rome(ends):%d/%m/%Y}.",
            "Have it renewed: the proxy should have done so by itself.",
        )


def demo_accounts_are_at_home(case: Case) -> Iterator[Finding]:
    """Accounts whose passwords everybody knows are where nobody else comes."""
    query = "SELECT count(*) AS count FROM person WHERE demo AND password_hash IS NOT NULL"
    count = case.row(query)["count"]
    if count and not case.settings.is_local:
        what = f"There are {count} demo accounts, whose passwords everybody knows."
        remedy = "Set up zones of your own in an installation without --demo."
        if case.settings.demo_on_public_address:
            yield advice(what, remedy)
        else:
            yield Finding(what, remedy)


def certificate_ends(settings: Settings) -> datetime:
    """When the certificate of the public address ends; OSError if it cannot be seen."""
    address = urlsplit(settings.public_url)
    host = address.hostname or ""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, address.port or 443), timeout=_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as closed,
    ):
        found = closed.getpeercert() or {}
    return clock.from_timestamp(ssl.cert_time_to_seconds(str(found["notAfter"])))
