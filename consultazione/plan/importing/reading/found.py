"""What a document holds, as the reading process hands it over: kinds and places, no sentences.

That process has no reader's language, and nothing of the database: `sentences.py` says what
the kinds mean, and those of blocks are the plan's own by their values.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cattrs.preconf.json import make_converter


class Kind(StrEnum):
    """What a block would be; the values are those of the plan's blocks."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


class RemarkKind(StrEnum):
    """What of a document is left out, or taken otherwise than it stands there."""

    TRACKED = "tracked"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    TEXT_BOX = "text_box"
    PICTURE = "picture"
    DRAWING = "drawing"
    FORMULA = "formula"
    OBJECT = "object"
    HIDDEN = "hidden"
    CONTENTS = "contents"
    LINK = "link"
    MERGED_CELLS = "merged_cells"
    TABLE_IN_TABLE = "table_in_table"
    FRAME = "frame"
    CUT = "cut"
    NUMBERED_ANEW = "numbered_anew"
    LIKE_A_HEADING = "like_a_heading"
    MARGINS = "margins"


class FaultKind(StrEnum):
    """Why nothing of a document can be read."""

    NOT_A_DOCUMENT = "not_a_document"
    OLD_OR_LOCKED = "old_or_locked"
    MACROS = "macros"
    BROKEN = "broken"
    BOMB = "bomb"
    ENTITIES = "entities"
    TOO_LONG = "too_long"
    TOO_MUCH_TEXT = "too_much_text"
    NO_TEXT = "no_text"


@dataclass(frozen=True, kw_only=True)
class FoundBlock:
    """A block that the document would become.

    body: markdown. place: which paragraph or table of the document it begins with, from 1.
    level: of a heading, from 1; 0 for other blocks.
    """

    kind: Kind
    body: str
    place: int
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something that is not taken as it stands. place: 0 if it concerns the whole document."""

    kind: RemarkKind
    place: int
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why there is no reading. place: the paragraph that was reached; 0 if none was."""

    kind: FaultKind
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A document's blocks in their order, and the remarks on it."""

    blocks: list[FoundBlock]
    remarks: list[Remark]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What comes of a document: its reading, or why there is none."""

    reading: Reading | None = None
    fault: Fault | None = None


class UnreadableDocument(Exception):
    """The document cannot be read on; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind.value)
        self.fault = fault


_converter = make_converter()


def to_json(answer: Answer) -> str:
    """An answer as the reading process sends it."""
    return _converter.dumps(answer, ensure_ascii=False)


def from_json(sent: str) -> Answer:
    """The answer that was sent; ValueError, KeyError or an ExceptionGroup if it is none."""
    return _converter.loads(sent, Answer)
