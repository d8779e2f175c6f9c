"""The matrix of a map: a row a participant, a column a statement."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

AGREE, DISAGREE, PASS = 1, -1, 0
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Matrix:
    """Answers in a matrix, NaN where there is none. statements: the number of each column."""

    statements: tuple[int, ...]
    values: Numbers

    @property
    def given(self) -> Mask:
        """Where there is an answer."""
        return ~np.isnan(self.values)


def matrix_of(statements: Sequence[int], answers: Iterable[tuple[ArrayLike, ArrayLike]]) -> Matrix:
    """The matrix of answers: of each participant the numbers of statements, and what they answered.

    A participant without any answer is left out. KeyError for a statement that is none of these.
    """
    column = np.full(max(statements, default=0) + 1, -1)
    column[list(statements)] = range(len(statements))
    rows = []
    for numbers, values in answers:
        at = column[np.asarray(numbers, dtype=np.int64)]
        if (at < 0).any():
            raise KeyError(numbers)
        if at.size:
            row = np.full(len(statements), np.nan)
            row[at] = values
            rows.append(row)
    filled = np.array(rows) if rows else np.empty((0, len(statements)))
    return Matrix(tuple(statements), filled)


def shuffled(matrix: Matrix, order: Sequence[int]) -> Matrix:
    """The same with its participants in another order: the row of each becomes a bare number."""
    return Matrix(matrix.statements, matrix.values[np.asarray(order, dtype=int)])


def as_csv(matrix: Matrix) -> str:
    """The matrix as CSV (RFC 4180): `participant`, then of each statement 1, -1, 0 or nothing."""
    told = np.array(["-1", "0", "1", ""])
    codes = np.where(matrix.given, matrix.values, PASS).astype(int) + 1
    codes[~matrix.given] = len(told) - 1
    rows = ((str(number), *row) for number, row in enumerate(told[codes].tolist(), start=1))
    head = ("participant", *map(str, matrix.statements))
    return "".join(f"{','.join(row)}\r\n" for row in (head, *rows))


def from_csv(written: str) -> Matrix:
    """A matrix out of its CSV; ValueError if it is none."""
    rows = list(csv.reader(StringIO(written, newline="")))
    statements = tuple(int(number) for number in rows[0][1:])
    values = [[float(value) if value else np.nan for value in row[1:]] for row in rows[1:]]
    filled = np.array(values) if values else np.empty((0, len(statements)))
    return Matrix(statements, filled)
