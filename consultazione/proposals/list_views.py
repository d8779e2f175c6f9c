"""The query string of the list: `/proposte?tavolo=...&stato=...&ordine=...&q=...`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from flask import request

from consultazione.proposals.models import ProposalState
from consultazione.proposals.search import Filter, Order
from consultazione.tables.models import ThematicTable
from consultazione.web.current_zone import current_cycle
from consultazione.web.url_converters import asked_words

Word = TypeVar("Word", bound=StrEnum)
_LONGEST_SEARCH = 200


def asked_filter(places: Iterable[ThematicTable]) -> Filter:
    """The filter in the query string; unknown values are ignored."""
    slug = request.args.get("tavolo", "")
    return Filter(
        cycle_id=current_cycle().id,
        table_id=next((table.id for table in places if table.slug == slug), None),
        state=_word(ProposalState, request.args.get("stato", "")),
        words=asked_words("q", _LONGEST_SEARCH),
        order=_word(Order, request.args.get("ordine", "")) or Order.NEWEST,
    )


def filter_args() -> dict[str, str]:
    """The filter's non-empty query arguments, for links that keep the filter."""
    names = ("tavolo", "stato", "ordine", "q")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _word(kind: type[Word], text: str) -> Word | None:
    return next((member for member in kind if member.value == text), None)
