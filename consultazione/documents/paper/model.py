"""The view model of documents: a closed set of blocks, which page, PDF and ODT each know.

Pure data, frozen, and Italian, as acts of an Italian body are whoever reads them. A feature
composes a `Paper` from what it knows; how it looks, and how it is tagged for who does not see
it, is the business of this package alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from consultazione.core.canonical import sha256_of

Mark = Literal["strong", "emph", "code"]
MARKS: tuple[Mark, ...] = get_args(Mark)


@dataclass(frozen=True)
class Run:
    """Words set in one way. A line break in them stays one."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 for a part of the document, 3 and 4 for parts of that; never skip one."""

    block: ClassVar[str] = "heading"
    level: Literal[2, 3, 4]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. tone: quiet for asides, stressed for what must be seen."""

    block: ClassVar[str] = "paragraph"
    runs: tuple[Run, ...]
    tone: Literal["plain", "quiet", "stressed"] = "plain"


@dataclass(frozen=True)
class Facts:
    """Labels with their values, one below the other."""

    block: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings. widths: of its columns, relative to each other."""

    block: ClassVar[str] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Items:
    """A list, each of whose items is made of blocks."""

    block: ClassVar[str] = "items"
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Quote:
    """What somebody said in their own words, with whose they are."""

    block: ClassVar[str] = "quote"
    source: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, by hand: for whom, and in which quality."""

    block: ClassVar[str] = "signatures"
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Break:
    """What follows begins on another sheet."""

    block: ClassVar[str] = "break"


Block = Heading | Paragraph | Facts | Table | Items | Quote | Signatures | Break


@dataclass(frozen=True)
class Paper:
    """A document, as it is read.

    kind: its name in the register; zone, plan: whose it is; title: what it is called; subject:
    what it is about; notice: the box at its top, on the state in which it is shown.
    """

    kind: str
    zone: str
    plan: str
    title: str
    subject: str
    blocks: tuple[Block, ...]
    notice: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Seal:
    """What is said of a document from outside: its number, its digests, where it is checked.

    number: as documents cite it, "" for none. address: of its page on this site. digests: a
    label and a SHA-256 (hex) each.
    """

    address: str
    number: str = ""
    digests: tuple[tuple[str, str], ...] = ()


def text(words: str, tone: Literal["plain", "quiet", "stressed"] = "plain") -> Paragraph:
    """A paragraph of words that are set in one way."""
    return Paragraph((Run(words),), tone)


def facts(rows: Iterable[tuple[str, str]]) -> Facts:
    """Those of the rows that say something, a label and a value each."""
    return Facts(tuple((label, value) for label, value in rows if value))


def part(heading: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """A heading and what stands below it; nothing where there is nothing."""
    found = tuple(blocks)
    return (Heading(2, heading), *found) if found else ()


def to_json(paper: Paper | Seal) -> dict[str, object]:
    """A paper as JSON values; each block names its class under `block`."""
    made: dict[str, object] = _CONVERTER.unstructure(paper)
    return made


def digest_of(paper: Paper) -> str:
    """The SHA-256 (hex) of a paper's canonical JSON."""
    return sha256_of(to_json(paper))


def from_json(kept: Mapping[str, object]) -> Paper:
    """The paper that was kept as such JSON; an exception for what is none."""
    return _CONVERTER.structure(kept, Paper)


def _name_of(kind: type[Block]) -> str:
    return kind.block


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    configure_tagged_union(Block, converter, tag_name="block", tag_generator=_name_of)
    return converter


_CONVERTER = _converter()
