"""Every "may they?" of the product: which role may run which command, and where.

A command names itself and the place; the actor's roles count where they were given: a
facilitator of one table is nobody special at another. This module stands on `core`
alone, so that every feature can ask it.
"""

from __future__ import annotations

from consultazione.core.actor import Actor, Role
from consultazione.core.errors import NotAllowed
from consultazione.core.sentences import LazySentence as _

_ANYBODY = frozenset(Role) - {Role.SYSTEM}
_SIGNED_IN = _ANYBODY - {Role.VISITOR}
_MODERATES = frozenset({Role.FACILITATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR})
_PRESIDES = frozenset({Role.FACILITATOR})
_RUNS_DESK = frozenset({Role.FACILITATOR, Role.COORDINATOR})
_CONVENES = frozenset({Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE})
_RUNS_PLAN = frozenset({Role.PLAN_OFFICE})
_RUNS_ZONE = frozenset({Role.ADMINISTRATOR})
_UNION = frozenset({Role.UNION_DELEGATE})
_WORKER = frozenset({Role.SYSTEM})

MAY: dict[str, frozenset[Role]] = {
    # zones
    "set_up_zone": _WORKER,
    "record_act": _RUNS_PLAN | _RUNS_ZONE | _WORKER,
    "open_phase": _RUNS_PLAN | _RUNS_ZONE | _WORKER,
    "close_phase": _RUNS_PLAN | _RUNS_ZONE | _WORKER,
    # people
    "register": frozenset({Role.VISITOR, Role.SYSTEM}),
    "sign_in": frozenset({Role.VISITOR}),
    "sign_out": _SIGNED_IN,
    "sign_out_elsewhere": _SIGNED_IN,
    "change_password": _SIGNED_IN,
    "create_token": _SIGNED_IN | _WORKER,
    "delete_token": _SIGNED_IN,
    "register_organisation": _RUNS_ZONE | _RUNS_PLAN | _WORKER,
    "give_mandate": _RUNS_ZONE | _RUNS_PLAN | _WORKER,
    "end_mandate": _RUNS_ZONE | _RUNS_PLAN | _WORKER,
    "give_role": _RUNS_ZONE | _WORKER,
    "take_role_back": _RUNS_ZONE,
    "revive_job": _RUNS_ZONE,
    # tables
    "set_up_table": _RUNS_PLAN | _RUNS_ZONE | _WORKER,
    "take_seat": _MODERATES | _WORKER,
    "publish_material": _CONVENES | _WORKER,
    # proposals
    "submit_proposal": _SIGNED_IN,
    "withdraw_proposal": _SIGNED_IN,
    "admit_proposal": _MODERATES,
    "refuse_proposal": _MODERATES,
    "support_proposal": _SIGNED_IN,
    "withdraw_support": _SIGNED_IN,
    # comments
    "write_comment": _SIGNED_IN,
    "hide_comment": _MODERATES,
    "erase_comment": _RUNS_ZONE,
    # sittings
    "convene_sitting": _CONVENES | _WORKER,
    "start_rehearsal": _CONVENES,
    "end_rehearsal": _CONVENES | _WORKER,
    "add_point": _CONVENES | _WORKER,
    "set_quorum": _CONVENES | _WORKER,
    "verify_quorum": _PRESIDES,
    "open_sitting": _PRESIDES,
    "close_sitting": _PRESIDES,
    "start_point": _PRESIDES,
    "close_point": _PRESIDES,
    "ask_question": _SIGNED_IN,
    "upvote_question": _SIGNED_IN,
    "withdraw_upvote": _SIGNED_IN,
    "show_question": _PRESIDES,
    "hide_question": _PRESIDES,
    "merge_question": _PRESIDES,
    "answer_question": _PRESIDES,
    "make_statement": _SIGNED_IN,
    "withdraw_statement": _SIGNED_IN,
    "hide_statement": _PRESIDES,
    "show_statement": _PRESIDES,
    "make_commitment": _PRESIDES,
    "revise_commitment": _PRESIDES,
    "cancel_commitment": _PRESIDES,
    # Whoever undertook it; the command looks at whom.
    "complete_commitment": _SIGNED_IN,
    "write_running_note": _PRESIDES,
    "add_phrase": _PRESIDES,
    "remove_phrase": _PRESIDES,
    "suspend_sitting": _PRESIDES,
    "resume_sitting": _PRESIDES,
    "suspend_point": _PRESIDES,
    "set_video": _CONVENES,
    "move_point": _CONVENES,
    "attach_material": _CONVENES,
    "detach_material": _CONVENES,
    "give_floor": _PRESIDES,
    "check_in": _RUNS_DESK,
    "check_out": _RUNS_DESK,
    "raise_hand_for": _RUNS_DESK,
    "withdraw_hand_for": _RUNS_DESK,
    "check_in_by_code": _SIGNED_IN,
    "excuse": _SIGNED_IN,
    "withdraw_excuse": _SIGNED_IN,
    "name_substitute": _SIGNED_IN,
    "withdraw_substitute": _SIGNED_IN,
    "choose_order": _PRESIDES,
    "move_hand": _PRESIDES,
    "limit_time": _PRESIDES,
    "extend_floor": _PRESIDES,
    "end_floor": _SIGNED_IN,
    "open_poll": _PRESIDES,
    "close_poll": _PRESIDES,
    "count_in_room": _PRESIDES,
    "enter_sitting": _SIGNED_IN,
    "leave_sitting": _SIGNED_IN,
    "mark_departed": _WORKER,
    "raise_hand": _SIGNED_IN,
    "withdraw_hand": _SIGNED_IN,
    "cast_ballot": _SIGNED_IN,
    # minutes
    "draft_minutes": _WORKER,
    "read_draft_minutes": _CONVENES,
    "seal_minutes": _WORKER,
    "write_note": _PRESIDES,
    "add_conclusion": _PRESIDES,
    "remove_conclusion": _PRESIDES,
    "approve_minutes": _PRESIDES,
    "publish_minutes": _PRESIDES,
    # outcomes
    "open_outcome": _WORKER,
    "sign_outcome": _UNION,
    "sign_outcome_with_note": _UNION,
    "decline_outcome": _UNION,
    # plan
    "forward_outcome": _WORKER,
    "take_in": _RUNS_PLAN,
    "take_in_part": _RUNS_PLAN,
    "refuse_contribution": _RUNS_PLAN,
    "redirect_contribution": _RUNS_PLAN,
    "write_paragraph": _RUNS_PLAN | _WORKER,
}

ROLE_NAMES = {
    Role.VISITOR: _("visitor"),
    Role.PARTICIPANT: _("participant"),
    Role.FACILITATOR: _("facilitator of the table"),
    Role.COORDINATOR: _("coordinator of the table"),
    Role.UNION_DELEGATE: _("delegate of a union"),
    Role.PLAN_OFFICE: _("plan office"),
    Role.ADMINISTRATOR: _("administrator of the zone"),
    Role.SYSTEM: _("the platform itself"),
}


def acting_person(actor: Actor) -> int:
    """The person who acts; NotAllowed if nobody has signed in."""
    if actor.person_id is None:
        raise NotAllowed(_("Sign in to do this."))
    return actor.person_id


def may(
    actor: Actor, command: str, *, zone_id: int | None = None, table_id: int | None = None
) -> bool:
    """True if one of the actor's roles at that place admits the command."""
    return not MAY[command].isdisjoint(actor.roles(zone_id, table_id))


def require(
    actor: Actor, command: str, *, zone_id: int | None = None, table_id: int | None = None
) -> None:
    """Raise NotAllowed, with the roles that would do, unless the actor may."""
    if may(actor, command, zone_id=zone_id, table_id=table_id):
        return
    if Role.PARTICIPANT in MAY[command]:
        raise NotAllowed(_("Sign in to do this."))
    names = ", ".join(str(ROLE_NAMES[role]) for role in Role if role in MAY[command])
    raise NotAllowed(_("Only these may do this: %(roles)s.", roles=names))
