"""What somebody wrote in an answer, without what they quote and what signs it.

The rules are those of the mail programs in use in Italy, in Italian and in English. Whatever they
miss ends at the line that each of our mails begins with. Text is only ever taken away where a
program marks it: a sentence such as "Il sindaco ha scritto:" stays, since it names no moment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Stands at the top of each mail that can be answered, in either language; never translated anew,
# since answers to older mails have it.
MARKS = ("Scrivi la risposta sopra questa riga", "Write your answer above this line")

_MOST_LINES = 4  # of an attribution that a program has broken
_MOMENT = re.compile(r"\d{1,2}[:.]\d{2}\b|\b20\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2}\b|@")
# Gmail, Apple Mail, Thunderbird, Yahoo, Libero: "Il giorno lun 30 nov 2026 alle ore 10:12 X <x@y>
# ha scritto:", and the same in English.
_BEGINS = re.compile(r"^(Il|In data|On)\s", re.IGNORECASE)
_WROTE = re.compile(r"\b(ha scritto|scriveva|hai scritto|wrote)\s*:?\s*$", re.IGNORECASE)
# Thunderbird of some years ago: "30/11/2026 10:12, X ha scritto:" and "X ha scritto il ...:".
_DATE_FIRST = re.compile(r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}[\s,]")
_RULE = re.compile(
    r"^[-_=*\s]*(messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|"
    r"original message|forwarded message|begin forwarded message)\s*:?[-_=*\s]*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[_\-=*]{10,}$")
# Outlook, Libero and Virgilio repeat the headers of what is answered.
_FROM = re.compile(r"^\*?(Da|From|Mittente)\s*:\*?\s*\S", re.IGNORECASE)
_HEADER = re.compile(
    r"^\*?(Inviato|Data|A|Cc|Ccn|Oggetto|Ogg|Rispondi a|Sent|Date|To|Subject|Reply-To|Destinatario)"
    r"\s*:\*?",
    re.IGNORECASE,
)
_HEADER_LINES = 7
_SIGNED = re.compile(r"^-- ?$")
# What phones and programs set below a text, of which none is the writer's own.
_BELOW = re.compile(
    r"^(Inviato|Spedito|Scritto|Sent|Scarica|Ottieni|Get)\s"
    r"(da |dal |dalla |con |tramite |from |via |with |Outlook )"
    r"?.{0,15}\b(iPhone|iPad|iOS|Android|Samsung|Galaxy|Huawei|Xiaomi|Redmi|OPPO|Honor|Pixel|"
    r"smartphone|cellulare|telefono|tablet|mobile|phone|Outlook|Windows|Mail|Posta|Libero|"
    r"Virgilio|Proton|Yahoo|Gmail|BlackBerry|TIM|myMail|Spark)\b.{0,40}$",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f]")
_MANY_BLANKS = re.compile(r"\n{3,}")


def cut(text: str) -> str:
    """The writer's own words; empty if there are none. Idempotent for what is already cut."""
    lines = [_plain(line) for line in text.splitlines()]
    own = _without_quotes(lines[: _end(lines)])
    own = _without_signature(own)
    return _MANY_BLANKS.sub("\n\n", "\n".join(own)).strip()


def _plain(line: str) -> str:
    return _INVISIBLE.sub("", line).replace("\xa0", " ").rstrip()


def _end(lines: Sequence[str]) -> int:
    """The number of the line at which the rest is a quotation without marks of its own."""
    for number, line in enumerate(lines):
        if _is_mark(line) or _begins_headers(lines, number):
            return number
        if length := _attribution(lines, number):
            following = next((one for one in lines[number + length :] if one.strip()), "")
            if not following.startswith(">"):
                return number
    return len(lines)


def _is_mark(line: str) -> bool:
    return not line.startswith(">") and (
        _RULE.match(line) is not None or any(mark in line for mark in MARKS)
    )


def _begins_headers(lines: Sequence[str], number: int) -> bool:
    """True for "Da: ...", or the line above it, if at least two other headers follow."""
    first = number
    if _LINE.match(lines[number].strip()):
        first = next((n for n in range(number + 1, len(lines)) if lines[n].strip()), number)
    if not _FROM.match(lines[first].strip()):
        return False
    below = lines[first + 1 : first + 1 + _HEADER_LINES]
    return sum(1 for line in below if _HEADER.match(line.strip())) >= 2


def _attribution(lines: Sequence[str], number: int) -> int:
    """How many lines from this one say who wrote what is quoted, and when; 0 if none do."""
    first = lines[number].strip()
    if not (_BEGINS.match(first) or _DATE_FIRST.match(first)):
        return 0
    said = ""
    for length, line in enumerate(lines[number : number + _MOST_LINES], start=1):
        if not line.strip():
            return 0
        said = f"{said} {line.strip()}"[:600]
        if _WROTE.search(said):
            return length if _MOMENT.search(said) else 0
    return 0


def _without_quotes(lines: Sequence[str]) -> list[str]:
    """The lines that are not quoted, nor say who wrote what is quoted below them."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        if length := _attribution(lines, number):
            number += length
            continue
        if not lines[number].lstrip().startswith(">"):
            kept.append(lines[number])
        number += 1
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    """The lines above "-- ", and without what a phone has set below them."""
    end = next((n for n, line in enumerate(lines) if _SIGNED.match(line)), len(lines))
    own = lines[:end]
    while own and (not own[-1].strip() or _BELOW.match(own[-1].strip())):
        own.pop()
    return own
