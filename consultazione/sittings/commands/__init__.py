"""What people may do with sittings: convene, preside, attend, speak, vote."""

from __future__ import annotations

from consultazione.sittings.commands.attendance import enter_sitting, enter_together, leave_sitting
from consultazione.sittings.commands.ballots import Vote, cast_ballot, cast_ballots
from consultazione.sittings.commands.convening import add_point, convene_sitting
from consultazione.sittings.commands.course import (
    close_point,
    close_sitting,
    open_sitting,
    start_point,
)
from consultazione.sittings.commands.desk import check_in, check_out
from consultazione.sittings.commands.floor import end_floor, give_floor, raise_hand, withdraw_hand
from consultazione.sittings.commands.pausing import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.commands.reordering import move_point
from consultazione.sittings.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
)

__all__ = [
    "Vote",
    "add_point",
    "cast_ballot",
    "cast_ballots",
    "check_in",
    "check_out",
    "choose_order",
    "close_point",
    "close_poll",
    "close_sitting",
    "convene_sitting",
    "count_in_room",
    "end_floor",
    "enter_sitting",
    "enter_together",
    "extend_floor",
    "give_floor",
    "leave_sitting",
    "limit_time",
    "move_hand",
    "move_point",
    "open_poll",
    "open_sitting",
    "raise_hand",
    "resume_sitting",
    "start_point",
    "suspend_point",
    "suspend_sitting",
    "withdraw_hand",
]
