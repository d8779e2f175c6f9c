"""Names and texts that have nothing good in mind: every script, and what stands in none."""

from __future__ import annotations

import random
from collections.abc import Callable

Words = Callable[[random.Random], str]

# A letter and vowels of the Kharoshthi script, which once brought the setting program down.
KHAROSHTHI = "".join(map(chr, (0x10A00, 0x10A02, 0x10A03, 0x10A04, 0x10A05, 0x10A06, 0x10A08)))
_MARKS = "".join(map(chr, [*range(0x300, 0x370), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x20F1)]))
_TURNS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_INVISIBLE = "\xad\u034f\u200b\u200c\u200d\u2060\ufeff\ufe0f\U000e0041\U000e0100\u3164\u180e"
_BLANKS = " \t\n\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\x85"
_MARKUP = ("*", "_", "`", "#", "$", "\\", "[", "](", "![", ">", "- ", "1. ", "<b>", "@", "~", "\n")
_CODE = ('#panic("x")', '#read("/etc/passwd")', "$x^2$", "#sys.inputs", "*#strong[x]*", "<label>")

_LIMIT = 10_000  # characters of a note
# The longest texts that a form admits, of the kinds that cost most.
LONGEST = {
    "ideographs": "".join(map(chr, range(0x4E00, 0x4E00 + _LIMIT))),
    "one word": "a" * _LIMIT,
    "marks on one letter": "e" + "\u0301" * (_LIMIT - 1),
    "fonts that change": "aɐ�" * (_LIMIT // 3),
    "stars": "*" * 4_999 + "a" + "*" * 4_999,
    "depth": "*a " * 1_600 + "b* " * 1_600,
    "items": "- a\n" * (_LIMIT // 4),
    "turns": "\u202e\u05d0a" * (_LIMIT // 3),
    "brackets": "[" * _LIMIT,
}


def hostile_texts(count: int, *, seed: int = 8) -> list[str]:
    """That many texts, the same each time for the same seed; the first are known troublemakers."""
    chance = random.Random(seed)
    known = [f"Anna {KHAROSHTHI}", "*" * 500 + "a" + "*" * 500, "- " * 400 + "x", "e" + _MARKS]
    made = [chance.choice(_KINDS)(chance) for _ in range(count - len(known))]
    return known + made


def _any_characters(chance: random.Random) -> str:
    return "".join(_character(chance) for _ in range(chance.randint(1, 60)))


def _one_script(chance: random.Random) -> str:
    """Neighbours in the table of characters: letters of a script with its own marks."""
    start = chance.choice((0xA0, 0x10000, 0x1B000)) + chance.randint(0, 0xFFFF)
    return "".join(_character(chance, start, start + 96) for _ in range(chance.randint(2, 40)))


def _many_marks(chance: random.Random) -> str:
    letters = ("".join(chance.choices(_MARKS, k=chance.randint(0, 8))) for _ in range(12))
    return "".join(_letter(chance) + marks for marks in letters)


def _turned_around(chance: random.Random) -> str:
    letters = "\u05d0\u05d1\u0627\u0644\u06cc\u0710abc(1)" + _TURNS
    return "".join(chance.choices(letters, k=chance.randint(2, 80)))


def _invisible(chance: random.Random) -> str:
    letters = "ae\u0301\u1f600\u2764\u0915\u094d" + _INVISIBLE + _BLANKS
    return "".join(chance.choices(letters, k=chance.randint(2, 60)))


def _long_word(chance: random.Random) -> str:
    return _letter(chance) * chance.randint(200, 2000)


def _deep(chance: random.Random) -> str:
    mark = chance.choice(("*", "**", "_", "[", "> ", "- ", "1. ", "`", "![", "~~"))
    depth = chance.randint(50, 600)
    return mark * depth + _letter(chance) + mark * depth


def _markup(chance: random.Random) -> str:
    pieces = [*_MARKUP, *_CODE, "a", _letter(chance), chance.choice(_MARKS)]
    return "".join(chance.choices(pieces, k=chance.randint(2, 80)))


def _letter(chance: random.Random) -> str:
    return chance.choice(("a", "è", "Ω", "ж", "\u05d0", "\u4e00", "\U0001f600", KHAROSHTHI[0]))


def _character(chance: random.Random, first: int = 0xA0, last: int = 0x10FFFF) -> str:
    """Any character between two, but no half of one; unassigned ones too."""
    code = chance.randint(first, min(last, 0x10FFFF))
    return "\ufffe" if 0xD800 <= code <= 0xDFFF else chr(code)


_KINDS: tuple[Words, ...] = (
    _any_characters, _one_script, _one_script, _many_marks, _turned_around, _invisible, _long_word,
    _deep, _markup,
)  # fmt: skip
