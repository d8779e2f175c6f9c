"""What has to hold before a proposal can be submitted at a table, or wait there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotAllowed
from consultazione.core.permissions import Permission, acting_person
from consultazione.people.queries import Voice
from consultazione.people.speaking.choosing import lock_chosen_voice
from consultazione.proposals.needs import needs_among
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import seated_ids
from consultazione.tables.rights.standing import why_not_as, why_not_at
from consultazione.tables.rules import Deed, Who, rule_of
from consultazione.tables.working import require_working
from consultazione.zones.models import Priority
from consultazione.zones.phases.when import require_when


def require_time_to_submit(tx: Transaction, cycle_id: int) -> None:
    """Conflict unless proposals can be submitted in a cycle now: nothing waits that cannot be."""
    require_when(tx, Permission.SUBMIT_PROPOSAL, cycle_id)


def check_submission(
    tx: Transaction, table: ThematicTable, need_ids: Collection[int], chosen: int | None
) -> tuple[Voice, Sequence[Priority]]:
    """The voice in which the actor proposes at a table in hand, and the needs that are named.

    chosen: as in `speaking.choosing`. Raises what `submit_proposal` does.
    """
    require_working(table)
    return _voice_at(tx, table, chosen), needs_among(tx.session, table.cycle_id, need_ids)


def _voice_at(tx: Transaction, table: ThematicTable, chosen: int | None) -> Voice:
    """The actor's voice at a table: the chosen one, else for an organisation that sits there."""
    person_id = acting_person(tx.actor)
    refused = why_not_at(tx.session, table, Deed.PROPOSE, person_id, at=tx.now)
    if refused is not None:
        raise NotAllowed(refused)
    wanted = seated_ids(tx.session, table.id, unions=rule_of(table.rule).propose is Who.UNIONS)
    voice = lock_chosen_voice(tx, person_id, zone_id=table.zone_id, chosen=chosen, preferred=wanted)
    if chosen is not None:
        told = why_not_as(tx.session, table, Deed.PROPOSE, person_id, voice, at=tx.now)
        if told is not None:
            raise Invalid.at("voice", told)
    elif voice.mandate_id is None:
        # The mandate may have ended between the question and the lock.
        again = why_not_at(tx.session, table, Deed.PROPOSE, person_id, at=tx.now)
        if again is not None:
            raise NotAllowed(again)
    return voice
