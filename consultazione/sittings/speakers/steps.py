"""Steps of the list of speakers that commands of the floor take too."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.sittings.speakers.models import SpeakersList, SpeakingOrder


def speakers_list(tx: Transaction, sitting_id: int) -> SpeakersList:
    """The list of a sitting that the transaction holds alone; made at its first use."""
    found = tx.session.get(SpeakersList, sitting_id, populate_existing=True)
    if found is None:
        found = SpeakersList(
            sitting_id=sitting_id, ordering=SpeakingOrder.FIRST_COME, placed=[], seconds=None
        )
        tx.session.add(found)
        tx.flush()
    return found
