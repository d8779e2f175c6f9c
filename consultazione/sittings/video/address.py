"""The address of a sitting's video: what is admitted as one, and whom it belongs to."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid

LONGEST = 300
# Only characters that cannot end a directive of a content policy or an attribute.
_ADDRESS = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?)"
    r"(?P<rest>[/?#][!#$%&()*+,\-./:;=?@\[\]_~A-Za-z0-9]*)?",
    re.IGNORECASE | re.ASCII,  # else "ſ" counts as an "s", and any script has digits
)


def read_address(text: str | None) -> str | None:
    """The address that somebody wrote, with its host in small letters; None for an empty one.

    Invalid unless it is an https address of a named host, without a name to sign in with.
    """
    if not text:
        return None
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > LONGEST:
        wrong = _("Write an address that begins with https://, such as https://meet.jit.si/a-room.")
        raise Invalid.at("video_url", wrong)
    return f"https://{found['host'].lower()}{found['rest'] or '/'}"


def host_of(address: str) -> str:
    """The host of an admitted address, with its port if it names one."""
    return re.split(r"[/?#]", address.removeprefix("https://"), maxsplit=1)[0]
