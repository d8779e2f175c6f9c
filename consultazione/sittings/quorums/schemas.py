"""The shape of a sitting's quorum as it is sent: by programs, and by the pages' forms."""

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
    """The name of the form's field with the least number of a category."""
    return f"least_{category.value}"


_Numbers: Any = Schema.from_dict(
    {category_field(one): Whole(most=_MOST, load_default=None, allow_none=True) for one in Category}
)


class QuorumFields(_Numbers):  # type: ignore[misc]
    """The same as fields of a form, of which the kind that is chosen reads its own."""

    quorum_kind = Choice(QuorumKind, load_default=QuorumKind.NONE)
    least = Whole(most=_MOST, load_default=None, allow_none=True)
    percent = Whole(most=100, load_default=None, allow_none=True)

    @post_load
    def _quorum(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        by_category = {one: data.pop(category_field(one)) for one in Category}
        terms = QuorumTerms(
            kind=data.pop("quorum_kind"),
            least=data.pop("least") or 0,
            percent=data.pop("percent") or 0,
            by_category={one: least for one, least in by_category.items() if least},
        )
        return {**data, "quorum": terms}


def quorum_lists() -> Mapping[str, object]:
    """The closed lists that the form's fields offer."""
    return {"quorums": QUORUM_KINDS, "categories": list(Category)}


def as_typed(terms: QuorumTerms) -> Mapping[str, object]:
    """Terms as the form's fields show them."""
    return {
        "quorum_kind": terms.kind.value,
        "least": terms.least or "",
        "percent": terms.percent or "",
        **{category_field(one): least for one, least in terms.by_category.items()},
    }
