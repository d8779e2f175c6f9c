"""What becomes of an intervention's sheet and shares in rows and in the log, whoever writes them.

The commands for one intervention and the import of a file leave the same behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypedDict

from consultazione.core.events import FreeText
from consultazione.programme.amounts import hundredths
from consultazione.programme.events import INTERVENTION_DETAILS, CostShared, SpendingRecorded
from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel
from consultazione.programme.models import (
    Intervention,
    InterventionBody,
    InterventionPriority,
)
from consultazione.programme.sheet import NewShare, Payer, Sheet

# What an intervention's own row holds of its sheet.
_COLUMNS = (
    "kind", "title", "scheda", "regional_area", "level", "area", "lead_body_id", "table_id",
    "continues_id", "objectives", "actions", "recipients", "integration",
)  # fmt: skip


class ShareRow(TypedDict):
    """A share as its table has it."""

    intervention_id: int
    programme_id: int
    body_id: int
    fund_id: int
    amount: Decimal
    activated_by_consultation: bool
    spent: Decimal | None


class Said(TypedDict):
    """What the log says of an intervention, whether new or revised."""

    intervention_id: int
    title: FreeText
    intervention_kind: InterventionKind
    level: MacroLevel
    area: AreaOfUse
    lead_body_id: int
    body_ids: list[int]
    priority_ids: list[int]
    details: FreeText


def row_values(sheet: Sheet) -> Mapping[str, object]:
    """What an intervention's own row holds of its sheet, by column."""
    chosen = sorted({area.value for area in sheet.policies})
    return {name: getattr(sheet, name) for name in _COLUMNS} | {"policies": chosen}


def links_of(intervention_id: int, sheet: Sheet) -> list[InterventionBody | InterventionPriority]:
    """The rows of the bodies that a sheet involves, the lead body aside, and of its priorities."""
    of = {"intervention_id": intervention_id}
    return [
        *(InterventionBody(**of, body_id=n) for n in _involved(sheet)),
        *(InterventionPriority(**of, priority_id=n) for n in _answered(sheet)),
    ]


def said_of(intervention: Intervention, sheet: Sheet) -> Said:
    """What the log says of an intervention that has this sheet."""
    return said_with(intervention, body_ids=_involved(sheet), priority_ids=_answered(sheet))


def said_with(intervention: Intervention, *, body_ids: list[int], priority_ids: list[int]) -> Said:
    """What the log says of an intervention that has these bodies and priorities."""
    return {
        "intervention_id": intervention.id,
        "title": FreeText(intervention.title),
        "intervention_kind": intervention.kind,
        "level": intervention.level,
        "area": intervention.area,
        "lead_body_id": intervention.lead_body_id,
        "body_ids": body_ids,
        "priority_ids": priority_ids,
        "details": INTERVENTION_DETAILS.of(intervention),
    }


def _involved(sheet: Sheet) -> list[int]:
    return sorted(set(sheet.body_ids) - {sheet.lead_body_id})


def _answered(sheet: Sheet) -> list[int]:
    return sorted(set(sheet.priority_ids))


def share_rows(
    intervention: Intervention, shares: Sequence[NewShare], spent: Mapping[Payer, Decimal | None]
) -> list[ShareRow]:
    """The rows of an intervention's shares, by column, to be inserted as they are.

    spent: what is known to be spent, by payer. As rows, since objects of the tens of thousands of
    shares that a file may hold took longer than all the rest of its import.
    """
    return [
        {
            "intervention_id": intervention.id,
            "programme_id": intervention.programme_id,
            "body_id": share.body_id,
            "fund_id": share.fund_id,
            "amount": share.amount,
            "activated_by_consultation": share.activated_by_consultation,
            "spent": spent.get(share.payer),
        }
        for share in shares
    ]


def cost_shared(intervention: Intervention, shares: Sequence[NewShare]) -> CostShared:
    """The entry on a cost that was shared out."""
    return CostShared(
        intervention_id=intervention.id,
        cents=hundredths(intervention.total),
        body_ids=[share.body_id for share in shares],
        fund_ids=[share.fund_id for share in shares],
        share_cents=[hundredths(share.amount) for share in shares],
        activated=[n for n, share in enumerate(shares, 1) if share.activated_by_consultation],
    )


def spending_recorded(intervention: Intervention, spent: Mapping[int, Decimal]) -> SpendingRecorded:
    """The entry on what was spent of shares, by their ids."""
    return SpendingRecorded(
        intervention_id=intervention.id,
        share_ids=sorted(spent),
        spent_cents=[hundredths(spent[share_id]) for share_id in sorted(spent)],
    )
