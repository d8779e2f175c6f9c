"""The choice of a voice: under a mandate, or in one's own name.

What an act is given as `voice` is the number of a mandate, OWN for one's own name, or None for
the usual one, as `queries.voice_of` has it.
"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid
from consultazione.people.models import Category, Mandate
from consultazione.people.queries import Voice, lock_valid, lock_voice

OWN = 0


def lock_chosen_voice(
    tx: Transaction,
    person_id: int,
    *,
    zone_id: int,
    chosen: int | None,
    preferred: Collection[int] = (),
) -> Voice:
    """The voice that a person has chosen to act with now: its mandate is locked FOR SHARE.

    Invalid on `voice` if it is no valid mandate of theirs in the zone. preferred: as in
    `queries.voices_of`, where nothing is chosen.
    """
    if chosen is None:
        return lock_voice(tx, person_id, zone_id=zone_id, preferred=preferred)
    if chosen == OWN:
        return Voice(None, Category.CITIZEN)
    mandate = tx.session.get(Mandate, chosen)
    is_theirs = (
        mandate is not None
        and mandate.person_id == person_id
        and mandate.organisation.zone_id == zone_id
    )
    if mandate is None or not is_theirs or not lock_valid(tx, [chosen]):
        raise Invalid.at(
            "voice", _("You do not speak for this organisation, or no more: choose again.")
        )
    return Voice(mandate.id, mandate.organisation.category)
