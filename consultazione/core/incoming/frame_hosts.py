"""The sites that may show a page of ours in a frame, as people type them and as CSP has them."""

from __future__ import annotations

from consultazione.core.errors import Invalid
from consultazione.core.incoming.web_address import host_of, read_address
from consultazione.core.sentences import LazySentence as _

MOST = 20
_EXAMPLE = "www.comune.example.it"


def read_hosts(text: str, *, field: str = "frame_hosts") -> list[str]:
    """The origins that a text names, each once: `https://www.comune.example.it`.

    text: host names or https addresses, apart by blanks, commas or new lines; what follows the
    host in an address does not count. Every origin is a source of `frame-ancestors` (CSP Level 3,
    2.3.1). Invalid on the field for anything else, and for more than MOST.
    """
    hosts = list(dict.fromkeys(_origin(word, field) for word in text.replace(",", " ").split()))
    if len(hosts) > MOST:
        raise Invalid.at(field, _("Name at most %(most)s sites.", most=MOST))
    return hosts


def _origin(word: str, field: str) -> str:
    whole = word if "://" in word else f"https://{word}"
    try:
        address = read_address(whole, field=field, example=_EXAMPLE)
    except Invalid as refusal:
        wrong = _(
            "“%(word)s” is no name of a site: write it like %(example)s.",
            word=word[:80],
            example=_EXAMPLE,
        )
        raise Invalid.at(field, wrong) from refusal
    return f"https://{host_of(address or '')}"
