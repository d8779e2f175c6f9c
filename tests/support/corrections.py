"""Asking for corrections of a draft, in a zone that gives days for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from consultazione.core.actor import Role
from consultazione.minutes.commands.corrections import ask_correction
from consultazione.minutes.models import Minutes, Piece
from consultazione.setup.commands.settings import change_zone
from tests.support.minutes_desk import Desk

WORDS = {"old_words": "si apre il martedì", "new_words": "si apre il giovedì"}


def let(desk: Desk, **settings: Any) -> None:
    """The zone of a desk has these rules from now on."""
    with desk.make.database.transaction(desk.make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=desk.make.zone.id, **settings)


def end_window(desk: Desk) -> None:
    """As if the days for corrections had ended yesterday."""
    with desk.make.database.transaction(desk.facilitator) as tx:
        minutes = tx.session.get_one(Minutes, desk.minutes.id)
        minutes.corrections_until = tx.today - timedelta(days=1)


def ask(desk: Desk, who: Any = None, **fields: Any) -> int:
    """Ask for a correction of the note, as who was there; returns its id."""
    given = {"piece": Piece.NOTE, "subject_id": desk.point_id, "reason": "Era giovedì.", **WORDS}
    return int(desk.run(ask_correction, who or desk.present, **{**given, **fields}).id)
