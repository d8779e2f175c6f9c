"""By what something was decided: an act, a sitting, an outcome, or a source in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Invalid
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable
from consultazione.zones.models import Act

_ACT = _("Choose an act of this cycle.")
_SITTING = _("Choose a sitting of this cycle.")
_OUTCOME = _("Choose a closed outcome of this cycle.")


@dataclass(frozen=True)
class Basis:
    """Just one of the four is given."""

    act_id: int | None
    sitting_id: int | None
    outcome_id: int | None
    source: str | None

    def check(self, session: Session, cycle_id: int) -> None:
        """Invalid, naming the field, unless there is just one, and it is of the cycle."""
        given = [one for one in (self.act_id, self.sitting_id, self.outcome_id, self.source) if one]
        if len(given) != 1:
            raise Invalid.at(
                "source",
                _("Say by what it was decided: an act, a sitting, an outcome, or in words."),
            )
        of_cycle = ThematicTable.cycle_id == cycle_id
        act = select(Act.id).where(Act.id == self.act_id, Act.cycle_id == cycle_id)
        sitting = select(Sitting.id).join(Sitting.table).where(Sitting.id == self.sitting_id)
        outcome = (
            select(Outcome.id)
            .join(ThematicTable, ThematicTable.id == Outcome.table_id)
            .where(Outcome.id == self.outcome_id, Outcome.state == OutcomeState.CLOSED)
        )
        for field, chosen, query, sentence in (
            ("act_id", self.act_id, act, _ACT),
            ("sitting_id", self.sitting_id, sitting.where(of_cycle), _SITTING),
            ("outcome_id", self.outcome_id, outcome.where(of_cycle), _OUTCOME),
        ):
            if chosen and session.scalar(query) is None:
                raise Invalid.at(field, sentence)
