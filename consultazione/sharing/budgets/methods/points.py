"""Points: everybody gives the same number of points away, as they like."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid
from consultazione.sharing.budgets.methods.base import Choice, Terms


class Points:
    """The points that an item was given are added up."""

    name = _("Give points")
    how = _("Give your points to the items, as many to each as you like; you may keep some back.")
    counting = _("The points that everybody gave to an item are added up.")
    unit = _("Points")
    score = _("Points")

    def check(self, choice: Choice, terms: Terms) -> None:
        """Invalid if no point is given, or more than a person has."""
        given = sum(choice.values())
        if not choice:
            raise Invalid.at("answer", _("Give at least one point."))
        if given > terms.points:
            sentence = _(
                "You gave %(given)s points and have %(points)s: take some back.",
                given=given,
                points=terms.points,
            )
            raise Invalid.at("answer", sentence)

    def most(self, terms: Terms) -> int:
        """All the points of a person."""
        return terms.points

    def scores(self, choice: Choice, terms: Terms) -> Mapping[int, int]:
        """The points as they were given."""
        return dict(choice)
