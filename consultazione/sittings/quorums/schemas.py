"""Schemas of a sitting's quorum: as programs send it, and as the forms of pages do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load

from consultazione.people.models import Category
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms
from consultazione.sittings.quorums.labels import QUORUM_KINDS
from consultazione.web.fields import Choice, Whole

_MOST = 100_000


class QuorumSchema(Schema):
    """How many must be there; each kind reads the numbers that are its own."""

    kind = Choice(QuorumKind, required=True)
    least = Whole(most=_MOST, load_default=0)
    percent = Whole(most=100, load_default=0)
    by_category = fields.Dict(
        keys=fields.Enum(Category, by_value=True), values=Whole(most=_MOST), load_default=dict
    )

    @post_load
    def _terms(self, data: dict[str, Any], **_kwargs: Any) -> QuorumTerms:
        return QuorumTerms(**data)


def category_field(category: Category) -> str:
    """Return the name of the form field for a category's least number."""
    return f"least_{category.value}"


_Numbers: Any = Schema.from_dict(
    {category_field(c): Whole(most=_MOST, load_default=None, allow_none=True) for c in Category}
)


class QuorumFields(_Numbers):  # type: ignore[misc]
    """The same as fields of a form, of which the kind that is chosen reads its own."""

    quorum_kind = Choice(QuorumKind, load_default=QuorumKind.NONE)
    least = Whole(most=_MOST, load_default=None, allow_none=True)
    percent = Whole(most=100, load_default=None, allow_none=True)

    @post_load
    def _quorum(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        by_category = {category: data.pop(category_field(category)) for category in Category}
        terms = QuorumTerms(
            kind=data.pop("quorum_kind"),
            least=data.pop("least") or 0,
            percent=data.pop("percent") or 0,
            by_category={category: least for category, least in by_category.items() if least},
        )
        return {**data, "quorum": terms}


def quorum_lists() -> Mapping[str, object]:
    """Return the closed lists from which the form lets one choose."""
    return {"quorums": QUORUM_KINDS, "categories": list(Category)}


def form_values(terms: QuorumTerms) -> Mapping[str, object]:
    """Return terms as the initial values of the form's fields."""
    return {
        "quorum_kind": terms.kind.value,
        "least": terms.least or "",
        "percent": terms.percent or "",
        **{category_field(category): least for category, least in terms.by_category.items()},
    }
