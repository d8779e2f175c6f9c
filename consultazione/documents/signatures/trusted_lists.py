"""Fetching the EU trusted lists (ETSI TS 119 612) into the folder of whom the site trusts.

The list of lists is checked with the certificates that the Official Journal published, which
pyHanko brings along, and each country's list with those that the list of lists names. What does
not pass is not written, and what was there stays: a day without network costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from pyhanko.sign.validation.qualified.eutl_parse import (
    TLReference,
    latest_known_lotl_tlso_certs,
    trust_list_to_registry,
    validate_and_parse_lotl,
)

_MOST = 40 * 1024 * 1024
_PATIENCE = 30.0
Fetch = Callable[[str], str]
# A country's list, if it passes; whatever else is raised.
Check = Callable[[str, TLReference], object]
References = Callable[[str], Collection[TLReference]]


def refresh(
    folder: Path,
    address: str,
    countries: Collection[str],
    fetch: Fetch,
    *,
    references: References | None = None,
    check: Check | None = None,
) -> dict[str, str]:
    """Fetch the lists of some countries; returns what became of each, `renewed` or why not.

    folder: TRUST_DIR. address: of the list of lists; fetch: the text at an address, or raises.
    Idempotent. references, check: the steps that verify; others only in tests.
    """
    found = (references or _references)(fetch(address))
    became = dict.fromkeys(countries, "not on the list of lists")
    for one in found:
        if one.territory in became:
            became[one.territory] = _renew(folder, one, fetch, check or _check)
    return became


def fetched(address: str) -> str:
    """The text at an https address, of 40 MB at most; ValueError for another, OSError if away."""
    if urlsplit(address).scheme != "https":
        raise ValueError(address)
    with closing(urlopen(address, timeout=_PATIENCE)) as answer:
        content: bytes = answer.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("too long")
    return content.decode("utf-8")


def _renew(folder: Path, one: TLReference, fetch: Fetch, check: Check) -> str:
    try:
        content = fetch(one.location_uri)
        check(content, one)
    except Exception as error:  # whatever a network or a library does with it
        return f"kept as it was: {type(error).__name__}"
    path = folder / f"{one.territory}.xml"
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(content, encoding="utf-8")
    draft.replace(path)
    return "renewed"


def _references(content: str) -> Collection[TLReference]:
    return validate_and_parse_lotl(content, latest_known_lotl_tlso_certs()).references


def _check(content: str, one: TLReference) -> object:
    return trust_list_to_registry(content, one.tlso_certs)
