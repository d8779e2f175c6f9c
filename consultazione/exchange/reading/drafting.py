"""A line into its part of an intervention: the sheet that it gives, and its share."""

from __future__ import annotations

from decimal import Decimal

from consultazione.exchange.reading import words
from consultazione.exchange.reading.drafts import Draft, Fields, ShareDraft
from consultazione.exchange.reading.faults import FaultKind
from consultazione.exchange.reading.headings import Column
from consultazione.exchange.reading.line import Line

_FIELDS = tuple(
    column
    for column in Column
    if column
    not in {
        Column.NUMBER,
        Column.TITLE,
        Column.BODY,
        Column.FUND,
        Column.AMOUNT,
        Column.PERCENT,
        Column.TOTAL,
        Column.SPENT,
        Column.ACTIVATED,
    }
)


def draft_of(line: Line) -> Draft:
    """What a line says; what is wrong is noted on the line."""
    title = line.text(Column.TITLE)
    if not title and not line.faults:
        line.refuse(FaultKind.MISSING, Column.TITLE)
    share = _share(line)
    return Draft(
        rows=[line.row],
        title=title,
        number=line.whole(Column.NUMBER),
        total=line.money(Column.TOTAL),
        fields=_fields(line),
        shares=[share] if share else [],
    )


def _share(line: Line) -> ShareDraft | None:
    """The line's share; None if it has none or is refused."""
    before = len(line.faults)
    body, fund, amount = line.text(Column.BODY), line.text(Column.FUND), line.money(Column.AMOUNT)
    spent, percent = line.money(Column.SPENT), line.money(Column.PERCENT, Decimal(100))
    activated = line.yes(Column.ACTIVATED)
    if len(line.faults) > before:
        return None
    given = {Column.BODY: body, Column.FUND: fund, Column.AMOUNT: amount is not None}
    if not any(given.values()) and spent is None and percent is None:
        return None
    for column, there in given.items():
        if not there:
            line.refuse(FaultKind.MISSING, column)
    if amount == 0:
        line.refuse(FaultKind.ZERO, Column.AMOUNT)
    if amount is None or len(line.faults) > before:
        return None
    return ShareDraft(
        row=line.row,
        body=body,
        fund=fund,
        amount=amount,
        spent=spent,
        percent=percent,
        activated=activated,
    )


def _fields(line: Line) -> Fields:
    """The texts of the intervention that the line gives; of closed lists, their values."""
    texts = {column: line.text(column) for column in _FIELDS}
    return {column: _value(line, column, text) for column, text in texts.items() if text}


def _value(line: Line, column: Column, text: str) -> str:
    if column not in words.NAMES:
        return text
    parts = text.split(";") if column is Column.POLICIES else [text]
    values = [words.value_of(column, part) for part in parts if part.strip()]
    if None in values:
        line.refuse(FaultKind.NOT_IN_LIST, column, known=words.names_of(column))
    return ";".join(value for value in values if value)
