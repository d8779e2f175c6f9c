"""When a command may be given: one table of command, kind of phase, and state of its object.

What does not stand here is done at any time. Sittings, seats, documents, the rule of a table
(`change_table_rule`, `change_table_default`), who is admitted to it (`accredit_person`,
`end_accreditation`) or was identified (`identify_person`) belong to tables, which meet from the
first day of a cycle to the last. What takes something back (a support, a
proposal) and what an office owes for what came in time (admitting, refusing) is never too late.
A plan is written while the tables still work and until its writing is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from consultazione.core.permissions import Permission
from consultazione.zones.models import PhaseKind


class Of(StrEnum):
    """What a command is about, whose states a rule names."""

    NOTHING = "nothing"
    PROPOSAL = "proposal"
    CONTRIBUTION = "contribution"
    PLAN = "plan"
    MINUTES = "minutes"


@dataclass(frozen=True)
class Rule:
    """When one command may be given.

    during: the phase that it belongs to; None for any time. also: other phases in which it is
    admitted. in_past: whether in a cycle after which the zone has opened another. of, states:
    what it is about, and in which of its states; none named: in all.
    """

    during: PhaseKind | None = None
    also: frozenset[PhaseKind] = frozenset()
    in_past: bool = True
    of: Of = Of.NOTHING
    states: frozenset[str] = frozenset()


def _rule(during: PhaseKind | None, of: Of, *states: str, also: PhaseKind | None = None) -> Rule:
    return Rule(
        during=during,
        also=frozenset({also} if also else ()),
        in_past=during is not PhaseKind.PARTICIPATION,
        of=of,
        states=frozenset(states),
    )


_PARTICIPATION, _WRITING = PhaseKind.PARTICIPATION, PhaseKind.DEFINITION
_SPOKEN_OF = _rule(_PARTICIPATION, Of.PROPOSAL, "submitted", "admitted")
_UNDECIDED = _rule(None, Of.PROPOSAL, "submitted")
_WRITTEN = _rule(_WRITING, Of.PLAN, "draft", "public_draft", also=_PARTICIPATION)
_DISCUSSED = _rule(_WRITING, Of.PLAN, "public_draft", also=_PARTICIPATION)
_ANSWERED = _rule(_WRITING, Of.CONTRIBUTION, "pending", also=_PARTICIPATION)
_MINUTES_DRAFT = _rule(None, Of.MINUTES, "draft")

RULES: Mapping[Permission, Rule] = {
    Permission.SUBMIT_PROPOSAL: _rule(_PARTICIPATION, Of.NOTHING),
    Permission.SUPPORT_PROPOSAL: _SPOKEN_OF,
    Permission.EDIT_PROPOSAL: _SPOKEN_OF,
    Permission.ATTACH_TO_PROPOSAL: _SPOKEN_OF,
    Permission.PROPOSE_AMENDMENT: _SPOKEN_OF,
    Permission.ACCEPT_AMENDMENT: _SPOKEN_OF,
    Permission.INVITE_COSIGNER: _SPOKEN_OF,
    Permission.SIGN_WITH_AUTHOR: _SPOKEN_OF,
    Permission.MERGE_PROPOSAL: _SPOKEN_OF,
    Permission.FORWARD_PROPOSAL: _SPOKEN_OF,
    Permission.DIVIDE_PROPOSAL: _SPOKEN_OF,
    Permission.WRITE_COMMENT: _SPOKEN_OF,
    Permission.REPLY_TO_COMMENT: _SPOKEN_OF,
    Permission.EDIT_COMMENT: _SPOKEN_OF,
    Permission.WITHDRAW_PROPOSAL: _rule(None, Of.PROPOSAL, "submitted", "admitted"),
    Permission.ADMIT_PROPOSAL: _UNDECIDED,
    Permission.REFUSE_PROPOSAL: _UNDECIDED,
    Permission.WRITE_NOTE: _MINUTES_DRAFT,
    Permission.WRITE_GIST: _MINUTES_DRAFT,
    Permission.ADD_CONCLUSION: _MINUTES_DRAFT,
    Permission.EDIT_CONCLUSION: _MINUTES_DRAFT,
    Permission.REMOVE_CONCLUSION: _MINUTES_DRAFT,
    Permission.CIRCULATE_MINUTES: _MINUTES_DRAFT,
    Permission.RECALL_MINUTES: _MINUTES_DRAFT,
    Permission.ASK_CORRECTION: _MINUTES_DRAFT,
    Permission.WITHDRAW_CORRECTION: _MINUTES_DRAFT,
    Permission.ACCEPT_CORRECTION: _MINUTES_DRAFT,
    Permission.REFUSE_CORRECTION: _MINUTES_DRAFT,
    Permission.ANSWER_CORRECTION: _MINUTES_DRAFT,
    Permission.RECONSIDER_CORRECTION: _MINUTES_DRAFT,
    Permission.APPROVE_MINUTES: _MINUTES_DRAFT,
    Permission.ENDORSE_MINUTES: _MINUTES_DRAFT,
    Permission.APPROVE_BY_TABLE: _MINUTES_DRAFT,
    Permission.APPROVE_BY_SILENCE: _MINUTES_DRAFT,
    Permission.PUBLISH_MINUTES: _rule(None, Of.MINUTES, "approved"),
    Permission.WRITE_PARAGRAPH: _WRITTEN,
    Permission.WRITE_BLOCK: _WRITTEN,
    Permission.IMPORT_BLOCKS: _WRITTEN,
    Permission.EDIT_BLOCK: _WRITTEN,
    Permission.MOVE_BLOCK: _WRITTEN,
    Permission.SPLIT_BLOCK: _WRITTEN,
    Permission.MERGE_BLOCKS: _WRITTEN,
    Permission.REMOVE_BLOCK: _WRITTEN,
    Permission.RESTORE_BLOCK: _WRITTEN,
    Permission.GENERATE_CONSULTATION_BLOCK: _WRITTEN,
    Permission.ACCEPT_SUGGESTION: _WRITTEN,
    Permission.COMMENT_ON_BLOCK: _DISCUSSED,
    Permission.SUGGEST_CHANGE: _DISCUSSED,
    Permission.TAKE_IN: _ANSWERED,
    Permission.TAKE_IN_PART: _ANSWERED,
    Permission.REFUSE_CONTRIBUTION: _ANSWERED,
    Permission.REDIRECT_CONTRIBUTION: _ANSWERED,
    Permission.DRAFT_ANSWER: _ANSWERED,
    Permission.CORRECT_ANSWER: _rule(
        _WRITING,
        Of.CONTRIBUTION,
        "taken_in",
        "taken_in_part",
        "refused",
        "not_ours",
        also=_PARTICIPATION,
    ),
    Permission.RELEASE_ANSWERS: _rule(_WRITING, Of.NOTHING, also=_PARTICIPATION),
    Permission.PUBLISH_PLAN_DRAFT: _WRITTEN,
    Permission.DECLARE_PLAN_READY: _DISCUSSED,
    Permission.REOPEN_PLAN: _rule(_WRITING, Of.PLAN, "ready", also=_PARTICIPATION),
    Permission.APPROVE_PLAN: _rule(PhaseKind.APPROVAL, Of.PLAN, "ready"),
}


def admits(permission: Permission, state: str) -> bool:
    """True if the state of what a command is about admits it, whatever the phase."""
    states = RULES[permission].states
    return not states or state in states
