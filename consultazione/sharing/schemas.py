"""Schemas of the forms of figures, criteria and items."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import Schema, ValidationError, fields

from consultazione.core.errors import Invalid
from consultazione.sharing.criteria import BASES, CriterionKind
from consultazione.sharing.money import parse_decimal
from consultazione.web.fields import Choice, Line, Prose, Whole


class Number(fields.Field[Decimal]):
    """A number of zero or more with a fraction, as people write it; empty counts as zero."""

    default_error_messages = Whole.default_error_messages

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Decimal:
        try:
            return parse_decimal(str(value) or "0", str(attr))
        except Invalid as refusal:
            raise ValidationError(str(refusal.detail)) from refusal


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
