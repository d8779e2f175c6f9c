"""The unions' answers to an outcome are awaited, and the last day is near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import Actor
from consultazione.notices.models import Group
from consultazione.notices.told import Due, Told
from consultazione.notices.topics.outcomes import asked_to_sign, delegates_asked
from consultazione.outcomes.models import Outcome, OutcomeState
from consultazione.outcomes.queries import get_outcome

_BEFORE = timedelta(days=5)


class SignatureDue:
    """In the last five days, to the delegates of unions that have not answered yet."""

    name = "signature_due"
    group = Group.TASKS

    def due(self, session: Session, today: date) -> Sequence[Due]:
        """Of the outcomes whose last day is near."""
        query = select(Outcome.id, Outcome.due_on, Outcome.table_id).where(
            Outcome.state == OutcomeState.SIGNING,
            Outcome.due_on >= today,
            Outcome.due_on <= today + _BEFORE,
        )
        return [
            Due(person_id, outcome_id, due_on, table_id)
            for outcome_id, due_on, table_id in session.execute(query.order_by(Outcome.id))
            if due_on is not None
            for person_id in session.scalars(delegates_asked(outcome_id, clock.now()))
        ]

    def reminded(
        self, session: Session, subject_id: int, due_on: date, reader: Actor
    ) -> Told | None:
        """Nothing to who cannot answer it, or once the union has answered."""
        outcome = get_outcome(session, subject_id)
        return asked_to_sign(session, outcome, reader) if outcome.due_on == due_on else None
