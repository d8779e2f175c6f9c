"""Adding a statement to a map: what opening one and proposing a statement share."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.opinions.events import OpinionAdmitted, OpinionProposed, opinions_stream
from consultazione.opinions.models import Opinion, OpinionMap, OpinionState


def add_opinion(
    tx: Transaction,
    opinion_map: OpinionMap,
    *,
    number: int,
    body: str,
    state: OpinionState,
) -> Opinion:
    """Store a statement and record that it was proposed and, if it is, admitted."""
    opinion = Opinion(
        map_id=opinion_map.id,
        number=number,
        body=body,
        state=state,
        author_id=tx.actor.person_id,
        proposed_at=tx.now,
    )
    tx.session.add(opinion)
    tx.flush()
    stream = opinions_stream(opinion_map.id)
    proposed = OpinionProposed(
        map_id=opinion_map.id, opinion_id=opinion.id, number=number, body=FreeText(body)
    )
    tx.record(stream, proposed)
    if state is OpinionState.ADMITTED:
        tx.record(stream, OpinionAdmitted(map_id=opinion_map.id, opinion_id=opinion.id))
    return opinion
