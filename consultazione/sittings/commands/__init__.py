"""What people may do with sittings: convene, preside, attend, speak, vote."""

from __future__ import annotations

from consultazione.sittings.commands.attendance import enter_sitting, leave_sitting
from consultazione.sittings.commands.convening import add_point, convene_sitting
from consultazione.sittings.commands.course import (
    close_point,
    close_sitting,
    open_sitting,
    start_point,
)
from consultazione.sittings.commands.floor import end_floor, give_floor, raise_hand, withdraw_hand
from consultazione.sittings.commands.polls import cast_ballot, close_poll, open_poll

__all__ = [
    "add_point",
    "cast_ballot",
    "close_point",
    "close_poll",
    "close_sitting",
    "convene_sitting",
    "end_floor",
    "enter_sitting",
    "give_floor",
    "leave_sitting",
    "open_poll",
    "open_sitting",
    "raise_hand",
    "start_point",
    "withdraw_hand",
]
