"""Ranking: everybody puts items in order; counted after Borda (Paris, 1781)."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sharing.budgets.methods.base import Choice, Terms


class Ranking:
    """Of n items the first of an order gets n points, the next n - 1; one left out gets none."""

    name = _("Put in order")
    how = _(
        "Write 1 beside the item that matters most to you, 2 beside the next, and so on; "
        "you may leave items out."
    )
    counting = _(
        "Of n items, the first of each order gets n points, the second n - 1, and so on; "
        "an item that was left out gets none (Borda count)."
    )
    unit = _("Place")
    score = _("Points")

    def check(self, choice: Choice, terms: Terms) -> None:
        """Invalid unless the places are 1, 2, 3 ... each once."""
        if not choice:
            raise Invalid.at("answer", _("Give at least one item a place."))
        if sorted(choice.values()) != list(range(1, len(choice) + 1)):
            raise Invalid.at("answer", _("Use each place once, from 1 on, without gaps."))

    def most(self, terms: Terms) -> int:
        """As many places as there are items."""
        return len(terms.items)

    def scores(self, choice: Choice, terms: Terms) -> Mapping[int, int]:
        """The Borda points of each item that has a place."""
        return {item_id: len(terms.items) + 1 - place for item_id, place in choice.items()}
