"""Words as they are set in a document, as markdown that shows the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

# What would be a mark wherever it stands: emphasis, code, links, cells, tags, characters by name.
_MARKS = re.compile(r"[\\`*\[|]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)", re.UNICODE)
# What would begin a list, a heading, a quotation or a rule at the beginning of a line.
_BEGINNING = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[#>~]|[-+=](?:[\s=-]|$)))", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Run:
    """Words that are set in one way; a line end in them is a break of the line."""

    text: str
    strong: bool = False
    emph: bool = False


def plain(runs: Iterable[Run]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(run.text for run in runs).split())


def on_one_line(runs: Iterable[Run]) -> list[Run]:
    """The same words without breaks of lines."""
    return [Run(" ".join(run.text.split("\n")), run.strong, run.emph) for run in runs]


def inline(runs: Iterable[Run]) -> str:
    """The words as markdown: nothing in them is a mark, but for what is bold or italic."""
    pieces = _merged(runs)
    found = ""
    for place, piece in enumerate(pieces):
        after = pieces[place + 1].text[:1] if place + 1 < len(pieces) else ""
        found += _marked(piece, before=found[-1:], after=after)
    lines = (line.strip() for line in _BLANKS.sub(" ", found).split("\n"))
    return "\\\n".join(_BEGINNING.sub(r"\1\\", line) for line in lines if line)


def _merged(runs: Iterable[Run]) -> list[Run]:
    """Runs that are set in the same way as one; blanks around them stand apart, without marks."""
    apart = [part for run in runs for part in _apart(run)]
    return [
        Run("".join(run.text for run in same), strong, emph)
        for (strong, emph), same in groupby(_bridged(apart), key=lambda run: (run.strong, run.emph))
    ]


def _apart(run: Run) -> list[Run]:
    core = run.text.strip()
    if not core or not (run.strong or run.emph):
        return [Run(run.text)] if run.text else []
    begin = run.text.index(core)
    around = Run(run.text[:begin]), run.text[begin + len(core) :]
    parts = [around[0], Run(core, run.strong, run.emph), Run(around[1])]
    return [part for part in parts if part.text]


def _bridged(runs: Sequence[Run]) -> list[Run]:
    """Blanks between two runs that are set alike belong to them."""
    found = list(runs)
    for place in range(1, len(found) - 1):
        before, here, after = found[place - 1 : place + 2]
        alike = (before.strong, before.emph) == (after.strong, after.emph)
        if alike and not here.text.strip():
            found[place] = Run(here.text, before.strong, before.emph)
    return found


def _marked(run: Run, *, before: str, after: str) -> str:
    """A run with its marks, where they would be read as marks (CommonMark 0.31, 6.2)."""
    text = _MARKS.sub(r"\\\g<0>", run.text)
    mark = "**" * run.strong + "*" * run.emph
    if not mark or before == "*":
        return text
    opens = not _is_mark(text[:1]) or not _is_letter(before)
    closes = not _is_mark(text[-1:]) or not _is_letter(after)
    return f"{mark}{text}{mark}" if opens and closes else text


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_letter(character: str) -> bool:
    return bool(character) and not character.isspace() and not _is_mark(character)
