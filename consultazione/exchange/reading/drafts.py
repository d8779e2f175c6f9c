"""What a file says of interventions, as the reading process hands it over.

Amounts travel as texts with two decimals: no figure passes through a float.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from cattrs.preconf.json import make_converter

from consultazione.exchange.reading.faults import Fault
from consultazione.exchange.reading.headings import Column

# Texts of an intervention, by column; of those with several names, the names.
Fields = dict[Column, str]


@dataclass(frozen=True, kw_only=True)
class ShareDraft:
    """A line's share. row: of the file, from 1; spent: None if the file does not say."""

    row: int
    body: str
    fund: str
    amount: Decimal
    spent: Decimal | None = None
    percent: Decimal | None = None
    activated: bool = False


@dataclass(kw_only=True)
class Draft:
    """An intervention with its shares.

    rows: its lines in the file. number: the one that it has here, if the file names it.
    """

    rows: list[int]
    title: str
    number: int | None = None
    total: Decimal | None = None
    fields: Fields = field(default_factory=dict)
    shares: list[ShareDraft] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The first of its lines."""
        return self.rows[0]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A whole file: its sheet, its interventions, and what is wrong.

    letters: of the columns that it has.
    """

    sheet: str
    letters: dict[Column, str]
    drafts: list[Draft]
    faults: list[Fault]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What comes of a file: its reading, or why there is none."""

    reading: Reading | None = None
    fault: Fault | None = None


_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))


def to_json(answer: Answer) -> str:
    """An answer as the reading process sends it."""
    return _converter.dumps(answer, ensure_ascii=False)


def from_json(sent: str) -> Answer:
    """The answer that was sent; ValueError, KeyError or an ExceptionGroup if it is none."""
    return _converter.loads(sent, Answer)
