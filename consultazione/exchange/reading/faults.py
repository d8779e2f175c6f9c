"""What can be wrong with a file, and where: kinds of faults, without their sentences.

A file is read in a process of its own, which has no reader's language: it tells kinds and
places, and `sentences.py` says them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class FaultKind(StrEnum):
    """Why a file, a line or a cell is refused."""

    EMPTY = "empty"
    NOT_A_SHEET = "not_a_sheet"
    OLD_OR_LOCKED = "old_or_locked"
    MACROS = "macros"
    BROKEN = "broken"
    BOMB = "bomb"
    TOO_LONG = "too_long"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_FAULTS = "too_many_faults"
    NOT_TEXT = "not_text"
    NO_ROWS = "no_rows"
    UNKNOWN_HEADING = "unknown_heading"
    SIMILAR_HEADING = "similar_heading"
    TWICE_HEADING = "twice_heading"
    MISSING_HEADING = "missing_heading"
    NO_HEADING = "no_heading"
    MERGED = "merged"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    NOT_FOR_HERE = "not_for_here"
    MISSING = "missing"
    LONG_TEXT = "long_text"
    CONTROL_CHARACTERS = "control_characters"
    NO_AMOUNT = "no_amount"
    NEGATIVE = "negative"
    ZERO = "zero"
    DECIMALS = "decimals"
    AMBIGUOUS = "ambiguous"
    TOO_HIGH = "too_high"
    OVER_HUNDRED = "over_hundred"
    NOT_WHOLE = "not_whole"
    NOT_YES_NO = "not_yes_no"
    NOT_IN_LIST = "not_in_list"
    DIFFERS = "differs"
    SHARE_TWICE = "share_twice"
    SUM = "sum"
    PERCENT_OF_SUM = "percent_of_sum"
    NO_SUCH_NUMBER = "no_such_number"
    TITLE_OF_SEVERAL = "title_of_several"
    TWICE_IN_FILE = "twice_in_file"
    NEEDED_WHEN_NEW = "needed_when_new"
    UNKNOWN_NAME = "unknown_name"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One fault. sheet, row and column are empty or 0 where the file as a whole is meant.

    row: as the program that wrote the file counts, from 1. column: its letter. value: what
    stands there, shortened. known: what may stand there instead.
    """

    kind: FaultKind
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    value: str = ""
    known: str = ""


class UnreadableFile(Exception):
    """The file cannot be read on; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind.value)
        self.fault = fault

    @classmethod
    def because(cls, kind: FaultKind, **where: Any) -> Self:
        """The same for a kind of fault; where: what else the fault says."""
        return cls(Fault(kind=kind, **where))


def shortened(value: object) -> str:
    """A cell's content as a sentence can quote it."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
