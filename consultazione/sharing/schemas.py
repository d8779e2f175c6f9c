"""Schemas of the forms of figures, criteria and items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from decimal import Decimal
from typing import Any, TypedDict

from flask_babel import lazy_gettext as _
from marshmallow import Schema

from consultazione.sharing.criteria import BASES, CriterionKind
from consultazione.sharing.labels import NUMBER_FAULTS, NUMBER_SIGNS
from consultazione.web.fields import Amount, Choice, Line, Prose, Whole


class Number(Amount):
    """An amount or a percentage; empty counts as zero."""

    signs = NUMBER_SIGNS
    default_error_messages = Amount.default_error_messages | {
        **{fault.value: sentence for fault, sentence in NUMBER_FAULTS.items()},
        "decimals": _("Write the number with two decimals at most."),
    }

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """The number."""
        return super().deserialize("0" if value == "" else value, *args, **kwargs)


class FiguresSchema(Schema):
    """What is counted of a body in a year."""

    body_id = Whole(required=True)
    year = Whole(required=True, least=1900, most=2199)
    population = Whole(load_default=None, allow_none=True, least=1, most=10**8)
    users = Whole(load_default=None, allow_none=True, least=0, most=10**8)
    source = Line(required=True)


class ItemSchema(Schema):
    """What the municipalities pay for together."""

    title = Line(required=True)
    amount = Number(required=True)
    criterion_id = Whole(required=True)


class CriterionSchema(Schema):
    """A criterion; the fixed parts of municipalities stand in fields of their own."""

    name = Line(required=True, most=120)
    kind = Choice(CriterionKind, required=True)
    figures_year = Whole(required=True, least=1900, most=2199)
    percentage_population = Number(load_default=Decimal(0))
    percentage_users = Number(load_default=Decimal(0))
    percentage_fixed = Number(load_default=Decimal(0))


class RewrittenCriterionSchema(CriterionSchema):
    """The same, with the reason for which it changes."""

    reason = Prose(required=True, least=10, most=2000)


def with_parts(schema: type[Schema], body_ids: Iterable[int]) -> Schema:
    """A criterion's schema with a field for the part of each municipality: `part-<id>`."""
    parts = {
        f"part-{body}": Whole(load_default=0, allow_none=True, least=0, most=10**6)
        for body in body_ids
    }
    made: Schema = type("CriterionOfBodiesSchema", (schema,), dict(parts))()
    return made


class ApplicationSchema(Schema):
    """The vote that carried a what-if; the interventions of its items stand in own fields."""

    poll_id = Whole(required=True)
    fund_id = Whole(load_default=None, allow_none=True)
    reason = Prose(load_default="", least=0, most=2000)


def with_interventions(item_ids: Iterable[int]) -> Schema:
    """The same with a field for the intervention of each item: `intervention-<id>`."""
    chosen = {
        f"intervention-{item}": Whole(load_default=None, allow_none=True) for item in item_ids
    }
    made: Schema = type("ApplicationOfItemsSchema", (ApplicationSchema,), dict(chosen))()
    return made


class Gathered(TypedDict):
    """What such a form says; interventions by the item's id, as far as they were chosen."""

    poll_id: int
    fund_id: int | None
    reason: str
    interventions: dict[int, int]


def gathered(given: Mapping[str, Any]) -> Gathered:
    """What the fields of such a form say."""
    chosen = {
        int(name.removeprefix("intervention-")): value
        for name, value in given.items()
        if name.startswith("intervention-") and value is not None
    }
    return {
        "poll_id": given["poll_id"],
        "fund_id": given["fund_id"],
        "reason": given["reason"],
        "interventions": chosen,
    }


class Divided(TypedDict):
    """What a criterion divides by."""

    percentages: dict[CriterionKind, Decimal]
    parts: dict[int, int]


def divided(given: MutableMapping[str, Any]) -> Divided:
    """The percentages and parts of such a form, taken out of its fields."""
    percentages = {basis: given.pop(f"percentage_{basis.value}") for basis in BASES}
    named = [name for name in given if name.startswith("part-")]
    parts = {int(name.removeprefix("part-")): given.pop(name) or 0 for name in named}
    return {"percentages": percentages, "parts": parts}
