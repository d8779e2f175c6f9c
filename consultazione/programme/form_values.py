"""What the forms of an intervention show: what it has now, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy.orm import Session

from consultazione.programme.labels import AREA_NAMES, KIND_NAMES, LEVEL_NAMES, POLICY_NAMES
from consultazione.programme.models import AnnualProgramme, Intervention, Share
from consultazione.programme.queries import answered, earlier_interventions, involved
from consultazione.tables.queries import tables
from consultazione.zones.models import Body
from consultazione.zones.queries import bodies, priorities

# Empty rows for bodies that pay from a second fund.
_EMPTY_ROWS = 3
_COLUMNS = (
    "kind", "title", "scheda", "regional_area", "level", "area", "policies", "lead_body_id",
    "table_id", "continues_id", "objectives", "actions", "recipients", "integration",
)  # fmt: skip


class Typed(Protocol):
    """A form, as far as its rows go."""

    values: dict[str, Any]


@dataclass(frozen=True)
class CostRow:
    """A row of the form that shares a cost out, as typed. number: from 0."""

    number: int
    body_id: str
    fund_id: str
    amount: str
    activated: bool


def sheet_values(session: Session, intervention: Intervention) -> Mapping[str, object]:
    """The sheet of an intervention as its form shows it."""
    own = {name: getattr(intervention, name) for name in _COLUMNS}
    return {
        **{name: "" if value is None else value for name, value in own.items()},
        "body_ids": [body.id for body in involved(session, intervention.id)],
        "priority_ids": [priority.id for priority in answered(session, intervention.id)],
    }


def sheet_choices(session: Session, programme: AnnualProgramme) -> Mapping[str, Any]:
    """What can be chosen in the sheet of an intervention of this programme."""
    return {
        "kinds": KIND_NAMES.items(),
        "levels": LEVEL_NAMES.items(),
        "areas": AREA_NAMES.items(),
        "policies": POLICY_NAMES.items(),
        "bodies": [(row.id, row.name) for row in bodies(session, programme.zone_id)],
        "priorities": [(row.id, row.title) for row in priorities(session, programme.cycle_id)],
        "tables": [(row.id, row.name) for row in tables(session, programme.cycle_id)],
        "earlier": [
            (row.id, f"{row.programme.year} · {row.title}")
            for row in earlier_interventions(session, programme)
        ],
    }


def cost_values(
    intervention: Intervention, shares: Sequence[Share], payers: Iterable[Body]
) -> Mapping[str, object]:
    """The shares of a cost, then a row for each body that pays nothing yet, then empty ones."""
    paying = {share.body_id for share in shares}
    others = [body.id for body in payers if body.id not in paying]
    more = [""] * _EMPTY_ROWS
    return {
        "total": typed(intervention.total or None),
        "body_id": [*[share.body_id for share in shares], *others, *more],
        "fund_id": [share.fund_id for share in shares],
        "amount": [typed(share.amount) for share in shares],
        "activated": [n for n, share in enumerate(shares) if share.activated_by_consultation],
    }


def typed(amount: Decimal | None) -> str:
    """An amount as somebody here would type it, with a comma; nothing if there is none."""
    return "" if amount is None else str(amount).replace(".", ",")


def cost_rows(form: Typed) -> list[CostRow]:
    """The rows of the form, whether typed or filled in from the shares."""
    body_ids = form.values.get("body_id") or []
    chosen = {str(number) for number in form.values.get("activated") or []}
    return [
        CostRow(
            number,
            str(body_id),
            _at(form.values, "fund_id", number),
            _at(form.values, "amount", number),
            str(number) in chosen,
        )
        for number, body_id in enumerate(body_ids)
    ]


def rows_in_use(rows: Sequence[CostRow]) -> int:
    """How many rows show at once: those up to the last that somebody filled in, and one more."""
    filled = [row.number for row in rows if row.fund_id or row.amount or row.activated]
    return max(filled, default=-1) + 2


def _at(values: Mapping[str, Any], name: str, number: int) -> str:
    column = values.get(name) or []
    return str(column[number]) if number < len(column) else ""
