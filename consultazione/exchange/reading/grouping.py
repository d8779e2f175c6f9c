"""Lines of one intervention put together: a line for each share, the rest said once or alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from consultazione.core.money import CENT
from consultazione.exchange.reading.drafts import Draft, ShareDraft
from consultazione.exchange.reading.faults import Fault, FaultKind, shortened
from consultazione.exchange.reading.headings import Column, key_of

Letters = Mapping[Column, str]


def grouped(
    sheet: str, letters: Letters, drafts: Iterable[Draft], *, refused: Collection[int]
) -> tuple[list[Draft], list[Fault]]:
    """One draft for each intervention, in the file's order, and what its lines disagree on.

    refused: rows whose shares are missing for another reason already, so that no sum can fit.
    """
    together: dict[object, Draft] = {}
    found: list[tuple[FaultKind, int, Column, object, object]] = []
    for draft in drafts:
        key = draft.number if draft.number is not None else key_of(draft.title)
        first = together.setdefault(key, draft)
        if first is not draft:
            found += _join(first, draft)
    for draft in together.values():
        found += _twice(draft)
        if not any(row in refused for row in draft.rows):
            found += _sums(draft)
    return list(together.values()), [
        Fault(
            kind=kind,
            sheet=sheet,
            row=row,
            column=letters.get(column, ""),
            heading=column.value,
            value=shortened(value),
            known=shortened(known),
        )
        for kind, row, column, value, known in found
    ]


_Found = Iterator[tuple[FaultKind, int, Column, object, object]]


def _join(first: Draft, other: Draft) -> _Found:
    """Add a later line to the first of its intervention."""
    if key_of(other.title) != key_of(first.title):
        yield FaultKind.DIFFERS, other.row, Column.TITLE, other.title, first.row
    for column, text in other.fields.items():
        if first.fields.setdefault(column, text) != text:
            yield FaultKind.DIFFERS, other.row, column, text, first.row
    if other.total is not None:
        first.total = other.total if first.total is None else first.total
        if first.total != other.total:
            yield FaultKind.DIFFERS, other.row, Column.TOTAL, other.total, first.row
    first.shares += other.shares
    first.rows += other.rows


def _twice(draft: Draft) -> _Found:
    seen: dict[object, ShareDraft] = {}
    for share in draft.shares:
        key = key_of(share.body), key_of(share.fund), share.activated
        first = seen.setdefault(key, share)
        if first is not share:
            yield FaultKind.SHARE_TWICE, share.row, Column.BODY, share.body, first.row


def _sums(draft: Draft) -> _Found:
    total = sum((share.amount for share in draft.shares), Decimal(0))
    if draft.total is not None and draft.total != total:
        yield FaultKind.SUM, draft.row, Column.TOTAL, draft.total, total
    for share in draft.shares:
        if share.percent is not None and share.percent != (part := _part(share.amount, total)):
            yield FaultKind.PERCENT_OF_SUM, share.row, Column.PERCENT, share.percent, part


def _part(amount: Decimal, total: Decimal) -> Decimal:
    """The percentage of the total that an amount is, with two decimals."""
    return (amount * 100 / total).quantize(CENT, ROUND_HALF_UP)
