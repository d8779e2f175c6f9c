"""The sheet of an intervention (*scheda intervento*): everything said of it beside the money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel, PolicyArea


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the plan office writes of an intervention.

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
