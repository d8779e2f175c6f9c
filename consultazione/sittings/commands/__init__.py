"""What people may do with sittings: convene, preside, attend, speak, vote."""

from __future__ import annotations

from consultazione.sittings.commands.attendance import (
    enter_sitting,
    enter_together,
    leave_sitting,
    see_off,
)
from consultazione.sittings.commands.ballots import Vote, cast_ballot, cast_ballots
from consultazione.sittings.commands.commitments import (
    cancel_commitment,
    complete_commitment,
    make_commitment,
    revise_commitment,
)
from consultazione.sittings.commands.convening import add_point, convene_sitting
from consultazione.sittings.commands.course import (
    close_point,
    close_sitting,
    open_sitting,
    start_point,
)
from consultazione.sittings.commands.desk import check_in, check_in_by_code, check_out
from consultazione.sittings.commands.floor import (
    end_floor,
    give_floor,
    withdraw_hand,
    withdraw_hand_for,
)
from consultazione.sittings.commands.notes import (
    add_phrase,
    remove_phrase,
    write_running_note,
)
from consultazione.sittings.commands.papers import attach_material, detach_material
from consultazione.sittings.commands.pausing import (
    resume_sitting,
    suspend_point,
    suspend_sitting,
)
from consultazione.sittings.commands.polls import close_poll, count_in_room, open_poll
from consultazione.sittings.commands.questions import (
    answer_question,
    ask_question,
    hide_question,
    merge_question,
    show_question,
)
from consultazione.sittings.commands.quorums import set_quorum, verify_quorum
from consultazione.sittings.commands.raising import (
    Request,
    raise_hand,
    raise_hand_for,
    raise_hands,
)
from consultazione.sittings.commands.rehearsing import end_rehearsal, start_rehearsal
from consultazione.sittings.commands.reordering import move_point
from consultazione.sittings.commands.roll import (
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
)
from consultazione.sittings.commands.statements import (
    hide_statement,
    make_statement,
    show_statement,
    withdraw_statement,
)
from consultazione.sittings.commands.upvoting import (
    upvote_question,
    upvote_together,
    withdraw_upvote,
)
from consultazione.sittings.commands.video import set_video

__all__ = [
    "Request",
    "Vote",
    "add_phrase",
    "add_point",
    "answer_question",
    "ask_question",
    "attach_material",
    "cancel_commitment",
    "cast_ballot",
    "cast_ballots",
    "check_in",
    "check_in_by_code",
    "check_out",
    "choose_order",
    "close_point",
    "close_poll",
    "close_sitting",
    "complete_commitment",
    "convene_sitting",
    "count_in_room",
    "detach_material",
    "end_floor",
    "end_rehearsal",
    "enter_sitting",
    "enter_together",
    "excuse",
    "extend_floor",
    "give_floor",
    "hide_question",
    "hide_statement",
    "leave_sitting",
    "limit_time",
    "make_commitment",
    "make_statement",
    "merge_question",
    "move_hand",
    "move_point",
    "name_substitute",
    "open_poll",
    "open_sitting",
    "raise_hand",
    "raise_hand_for",
    "raise_hands",
    "remove_phrase",
    "resume_sitting",
    "revise_commitment",
    "see_off",
    "set_quorum",
    "set_video",
    "show_question",
    "show_statement",
    "start_point",
    "start_rehearsal",
    "suspend_point",
    "suspend_sitting",
    "upvote_question",
    "upvote_together",
    "verify_quorum",
    "withdraw_excuse",
    "withdraw_hand",
    "withdraw_hand_for",
    "withdraw_statement",
    "withdraw_substitute",
    "withdraw_upvote",
    "write_running_note",
]
