"""What the plan office writes of an intervention: its sheet, and who pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel, PolicyArea

# Body, fund, and whether the consultation found it: what no two shares have in common.
Payer = tuple[int, int, bool]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The sheet of an intervention (*scheda intervento*): all that is said of it beside the money.

    scheda: the regional scheda that it carries out; regional_area: the area of the regional
    plan. body_ids: the bodies involved beside the lead body; priority_ids: needs and
    priorities of the cycle that it answers. table_id: the table where it was agreed.
    continues_id: the intervention of an earlier year that it goes on with.
    """

    kind: InterventionKind
    title: str
    level: MacroLevel
    area: AreaOfUse
    lead_body_id: int
    scheda: str = ""
    regional_area: str = ""
    policies: Sequence[PolicyArea] = ()
    body_ids: Sequence[int] = ()
    priority_ids: Sequence[int] = ()
    table_id: int | None = None
    continues_id: int | None = None
    objectives: str = ""
    actions: str = ""
    recipients: str = ""
    integration: str = ""


@dataclass(frozen=True, kw_only=True)
class NewShare:
    """A part of an intervention's cost. activated_by_consultation: found at the tables."""

    body_id: int
    fund_id: int
    amount: Decimal
    activated_by_consultation: bool = False

    @property
    def payer(self) -> Payer:
        """What no two shares of an intervention have in common."""
        return self.body_id, self.fund_id, self.activated_by_consultation
