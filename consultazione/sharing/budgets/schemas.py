"""Schemas of the forms of participatory budgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, fields

from consultazione.sharing.budgets.models import BudgetMethod
from consultazione.sharing.schemas import Number
from consultazione.web.fields import Choice, Line, Prose, RomeMoment, Whole


class BudgetSchema(Schema):
    """A participatory budget as it is prepared."""

    title = Line(required=True, least=5)
    description = Prose(load_default="", least=0, most=4000)
    method = Choice(BudgetMethod, required=True)
    year = Whole(required=True, least=1900, most=2199)
    amount = Number(required=True)
    points = Whole(load_default=100, least=1, most=1000)


class BudgetItemSchema(Schema):
    """Something that the money can be spent on."""

    title = Line(required=True, least=3)
    description = Prose(load_default="", least=0, most=4000)
    amount = Number(required=True)


class OpeningSchema(Schema):
    """Until when people can answer, as an Italian clock shows it."""

    closes_at = RomeMoment(required=True)


def answer_schema(item_ids: Iterable[int], most: int) -> Schema:
    """A number beside each item, in the field `item-<id>`; an empty one counts as zero."""
    names: dict[str, fields.Field[Any]] = {
        f"item-{item}": Whole(load_default=0, allow_none=True, least=0, most=most)
        for item in item_ids
    }
    made: Schema = Schema.from_dict(names)()
    return made


def given_numbers(values: Mapping[str, int | None]) -> dict[int, int]:
    """The numbers of such a form by the id of the item."""
    return {int(name.removeprefix("item-")): number or 0 for name, number in values.items()}
