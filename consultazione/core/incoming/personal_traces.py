"""Traces of personal data in a text that somebody is about to publish: kinds, never the words.

A hint for who writes, and no proof: nothing is refused for it. The patterns stand in one file,
which the browser reads too (`static/js/traces.js`); `tests/parity/traces.json` holds both to the
same answers.

Sources: the check character of a *codice fiscale*, D.M. 23 December 1976; that of an IBAN, ISO
13616 (remainder 1 of 97); what is data of health, GDPR art. 4 (15) and art. 9.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[3] / "static" / "js" / "personal-traces.json"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Trace(StrEnum):
    """A kind of personal data that a text seems to hold."""

    EMAIL = "email"
    PHONE = "phone"
    TAX_CODE = "tax_code"
    IBAN = "iban"
    HEALTH = "health"


def traces_in(text: str) -> list[Trace]:
    """The kinds of personal data that a text seems to hold, in the order of `Trace`."""
    return list(_found(text))


def _found(text: str) -> Iterator[Trace]:
    rest = text
    for trace in (Trace.EMAIL, Trace.TAX_CODE, Trace.IBAN, Trace.PHONE):
        hits = [hit for hit in _pattern(trace).findall(rest) if _holds(trace, hit)]
        if hits:
            yield trace
        rest = _pattern(trace).sub(" ", rest)  # an IBAN holds no telephone
    if _speaks_of_health(text):
        yield Trace.HEALTH


def is_tax_code(text: str) -> bool:
    """True if sixteen characters are a *codice fiscale*, by the last of them."""
    code = text.upper()
    total = sum(_value(sign, odd=place % 2 == 0) for place, sign in enumerate(code[:15]))
    return _LETTERS[total % 26] == code[15]


def is_iban(text: str) -> bool:
    """True if the check digits of an IBAN are right."""
    iban = text.replace(" ", "").upper()
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def _holds(trace: Trace, hit: str) -> bool:
    if trace is Trace.TAX_CODE:
        return is_tax_code(hit)
    return is_iban(hit) if trace is Trace.IBAN else True


def _value(sign: str, *, odd: bool) -> int:
    place = int(sign) if sign.isdigit() else _LETTERS.index(sign)
    return int(_rules()["odd"][place]) if odd else place


def _speaks_of_health(text: str) -> bool:
    """True if a word of health stands near somebody who is named."""
    near = int(_rules()["near"])
    words = [hit.start() for hit in _health().finditer(text)]
    people = [hit.start() for hit in re.finditer(_rules()["someone"], text)]
    return any(abs(word - person) <= near for word in words for person in people)


@cache
def _rules() -> Any:
    return json.loads(_FILE.read_text())


@cache
def _pattern(trace: Trace) -> re.Pattern[str]:
    return re.compile(_rules()["patterns"][trace.value])


@cache
def _health() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _rules()["health"])
    return re.compile(f"(?<![A-Za-zÀ-ÿ])(?:{words})", re.IGNORECASE)
