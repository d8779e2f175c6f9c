"""Where a norm can be read: the address that was given, else one that follows from its parts."""

from __future__ import annotations

from datetime import date

from consultazione.zones.library.models import Citation, NormType

# Types made by the State, of which Normattiva has the texts, and the words of each in the
# addresses that its help page describes (urn:nir). Decrees that are not laws are not built.
_URN_WORDS = {
    NormType.LAW: "stato:legge",
    NormType.LEGISLATIVE_DECREE: "stato:decreto.legislativo",
    NormType.DECREE_LAW: "stato:decreto.legge",
}
OF_THE_STATE = frozenset({*_URN_WORDS, NormType.PRIME_MINISTER_DECREE})
_NORMATTIVA = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:"


def address_of(citation: Citation) -> str | None:
    """The address of a citation's text; None if none was given and none can be built."""
    if citation.url is not None:
        return citation.url
    return normattiva(citation.norm_type, citation.number, citation.on_day)


def normattiva(norm_type: NormType, number: str | None, on_day: date) -> str | None:
    """The address of a norm of the State at Normattiva, by its URN; None for any other."""
    word = _URN_WORDS.get(norm_type)
    if word is None or number is None or not number.isdecimal():
        return None
    return f"{_NORMATTIVA}{word}:{on_day.isoformat()};{number}"
