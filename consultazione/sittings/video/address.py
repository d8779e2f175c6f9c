"""The address of a sitting's video: which are accepted, and the host of one."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid

LONGEST = 300
# Only characters that can end neither a content security policy directive nor an attribute.
_ADDRESS = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?)"
    r"(?P<rest>[/?#][!#$%&()*+,\-./:;=?@\[\]_~A-Za-z0-9]*)?",
    re.IGNORECASE | re.ASCII,  # without ASCII, "ſ" matches "s", and \d any script's digits
)


def read_address(text: str | None) -> str | None:
    """Return an address with its host in lower case; None for an empty text.

    Invalid unless it is an https address of a named host, without user information.
    """
    if not text:
        return None
    match = _ADDRESS.fullmatch(text)
    if match is None or len(text) > LONGEST:
        wrong = _("Write an address that begins with https://, such as https://meet.jit.si/a-room.")
        raise Invalid.at("video_url", wrong)
    return f"https://{match['host'].lower()}{match['rest'] or '/'}"


def host_of(address: str) -> str:
    """Return the host of an accepted address, with its port if it has one."""
    return re.split(r"[/?#]", address.removeprefix("https://"), maxsplit=1)[0]
