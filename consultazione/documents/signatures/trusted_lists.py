"""Fetching the EU trusted lists (ETSI TS 119 612) into the folder of whom the site trusts.

The list of lists is checked with the certificates that the Official Journal published, which
pyHanko brings along, and each country's list with those that the list of lists names. What does
not pass is not written, and what was there stays: a day without network costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import closing
from http.client import HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from xml.etree.ElementTree import ParseError

from pyhanko.sign.validation.qualified.eutl_parse import (
    TLReference,
    latest_known_lotl_tlso_certs,
    trust_list_to_registry,
    validate_and_parse_lotl,
)

from consultazione.core.durable import replace_durably
from consultazione.documents.validation.list_scheme import scheme_of

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


class SecureRedirects(HTTPRedirectHandler):
    """Follows an answer that leads elsewhere by https, and no other: ValueError."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows."""
        _require_secure(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetched(address: str) -> str:
    """The text at an https address, of 40 MB at most; ValueError for another, OSError if away."""
    _require_secure(address)
    with closing(build_opener(SecureRedirects).open(address, timeout=_PATIENCE)) as answer:
        content: bytes = answer.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("too long")
    return content.decode("utf-8")


def _require_secure(address: str) -> None:
    if urlsplit(address).scheme != "https":
        raise ValueError(address)


def _renew(folder: Path, one: TLReference, fetch: Fetch, check: Check) -> str:
    try:
        content = fetch(one.location_uri)
        check(content, one)
    except Exception as error:  # whatever a network or a library does with it
        return f"kept as it was: {type(error).__name__}"
    path = folder / f"{one.territory}.xml"
    if _is_older(content, path):
        return "kept as it was: what came is older"
    replace_durably(path, content)
    return "renewed"


def _is_older(content: str, path: Path) -> bool:
    """True if a list came before the one that is kept: its issuer may be trusted no more."""
    try:
        return scheme_of(content).number < scheme_of(path.read_text(encoding="utf-8")).number
    except (OSError, ValueError, ParseError):  # none is kept, or none that can be read
        return False


def _references(content: str) -> Collection[TLReference]:
    return validate_and_parse_lotl(content, latest_known_lotl_tlso_certs()).references


def _check(content: str, one: TLReference) -> object:
    return trust_list_to_registry(content, one.tlso_certs)
