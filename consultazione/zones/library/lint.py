"""Checks of texts and citations: a norm with two dates, a text that repeats a paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.zones.library.models import Citation, NormType

# Below this, a paragraph may well stand twice: a heading, a greeting, a list's beginning.
_SHORTEST = 60
_TWICE = 2
_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
    "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
_NUMERIC = r"[/.](?P<month>\d{1,2})[/.]"
_IN_WORDS = rf"°?\s+(?P<name>{'|'.join(_MONTHS)})\s+"
_DAY = rf"(?P<day>\d{{1,2}})(?:{_NUMERIC}|{_IN_WORDS})(?P<year>\d{{4}})"
_LAW = r"\b(?:legge(?!\s+reg)|l\.(?!\s*r\b))\s*"
# "legge 8 novembre 2000, n. 328", then "L. 328/2000 del 8/11/2000" and "legge n. 328 del ...".
_WAYS = tuple(
    re.compile(way, re.IGNORECASE)
    for way in (
        rf"{_LAW}{_DAY}\s*,?\s*n\.?\s*(?P<number>\d+)",
        rf"{_LAW}(?:n\.?\s*)?(?P<number>\d+)(?:/\d{{4}})?\s+del(?:l['’])?\s*{_DAY}",
    )
)


@dataclass(frozen=True)
class Law:
    """A law of the State as a text or the library cites it."""

    number: str
    on_day: date


def two_dates(citations: Iterable[Citation]) -> dict[int, list[date]]:
    """The citations of norms that the library has with several dates of one year.

    By the citation's id, the dates at which others cite the same norm: same type, same issuer,
    same number.
    """
    by_norm: dict[object, list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.number is not None:
            by_norm[_norm(citation)].append(citation)
    return {
        citation.id: others
        for same in by_norm.values()
        for citation in same
        if (others := sorted({one.on_day for one in same} - {citation.on_day}))
    }


def remarks(text: str, citations: Iterable[Citation]) -> list[Sentence]:
    """What is to be looked at in a text, a sentence each; nothing if all is well."""
    return [sentence for _place, sentence in remarks_by_place([(0, text)], citations)]


def remarks_by_place(
    texts: Sequence[tuple[int, str]], citations: Iterable[Citation]
) -> list[tuple[int, Sentence]]:
    """What is to be looked at in texts that are read as one, each with the place where it stands.

    texts: place and text, in order.
    """
    return [*_repeated(texts), *_misdated(texts, citations)]


def laws_in(text: str) -> list[Law]:
    """The laws of the State that a text cites with their date."""
    found = (match for way in _WAYS for match in way.finditer(text))
    return [Law(match["number"], day) for match in found if (day := _day(match)) is not None]


def _norm(citation: Citation) -> object:
    issuer = (citation.issuer or "").casefold()
    return citation.norm_type, issuer, (citation.number or "").casefold(), citation.on_day.year


def _repeated(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, Sentence]]:
    seen: dict[str, int] = {}
    paragraphs = ((place, one) for place, text in texts for one in re.split(r"\n\s*\n", text))
    for place, paragraph in paragraphs:
        words = " ".join(paragraph.split())
        plain = words.casefold()
        seen[plain] = seen.get(plain, 0) + 1
        if len(plain) >= _SHORTEST and seen[plain] == _TWICE:
            sentence = _("A paragraph stands here twice: “%(beginning)s…”.", beginning=words[:60])
            yield place, sentence


def _misdated(
    texts: Iterable[tuple[int, str]], citations: Iterable[Citation]
) -> Iterator[tuple[int, Sentence]]:
    """The laws that a text cites with another date than the texts elsewhere, or the library."""
    known: dict[tuple[str, int], set[date]] = defaultdict(set)
    for citation in citations:
        if citation.norm_type is NormType.LAW and citation.number:
            known[citation.number, citation.on_day.year].add(citation.on_day)
    cited = dict.fromkeys((place, law) for place, text in texts for law in laws_in(text))
    for _place, law in cited:
        known[law.number, law.on_day.year].add(law.on_day)
    for place, law in cited:
        others = sorted(known[law.number, law.on_day.year] - {law.on_day})
        if others:
            yield place, _contradiction(law, others)


def _contradiction(law: Law, others: Iterable[date]) -> Sentence:
    return _(
        "Law %(number)s is cited here with the date %(day)s, elsewhere with %(others)s.",
        number=law.number,
        day=_written(law.on_day),
        others=", ".join(map(_written, others)),
    )


def _written(day: date) -> str:
    """A day as laws are cited in short: 8/11/2000."""
    return f"{day.day}/{day.month}/{day.year}"


def _day(match: re.Match[str]) -> date | None:
    month = match["month"] or _MONTHS.index(match["name"].lower()) + 1
    try:
        return date(int(match["year"]), int(month), int(match["day"]))
    except ValueError:
        return None
