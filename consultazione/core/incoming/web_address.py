"""The address of a page elsewhere, as people type it: which are accepted, and the host of one."""

from __future__ import annotations

import re

from consultazione.core.errors import Invalid
from consultazione.core.sentences import LazySentence as _

LONGEST = 300
# Only characters that can end neither a content security policy directive nor an attribute.
_ADDRESS = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?)"
    r"(?P<rest>[/?#][!#$%&()*+,\-./:;=?@\[\]_~A-Za-z0-9]*)?",
    re.IGNORECASE | re.ASCII,  # without ASCII, "ſ" matches "s", and \d any script's digits
)


def read_address(text: str | None, *, field: str, example: str) -> str | None:
    """Return an address with its host in lower case; None for an empty text.

    field: the name of the form's field. example: an address that would do. Invalid on the field
    unless it is an https address of a named host, without user information.
    """
    if not text:
        return None
    match = _ADDRESS.fullmatch(text)
    if match is None or len(text) > LONGEST:
        wrong = _(
            "Write an address that begins with https://, such as %(example)s.", example=example
        )
        raise Invalid.at(field, wrong)
    return f"https://{match['host'].lower()}{match['rest'] or '/'}"


def host_of(address: str) -> str:
    """Return the host of an accepted address, with its port if it has one."""
    return re.split(r"[/?#]", address.removeprefix("https://"), maxsplit=1)[0]
