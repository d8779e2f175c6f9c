"""The gate before approval: what a plan still lacks, each with the page where it is mended.

A plan is complete when every mandatory chapter has text (L. 328/2000 art. 19) and everything
that was said to it has its answer: contributions, comments and suggested changes. The phase in
which it is written is closed on the same terms; that of its approval, once it is approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.plan.discussion.queries import waiting_comments, waiting_suggestions
from consultazione.plan.models import PlanState
from consultazione.plan.queries import plan_status
from consultazione.plan.standing import plan_of, state_of
from consultazione.zones.models import PhaseKind
from consultazione.zones.phases.gates import Owed, register_gate

# How many of a kind are named one by one.
MOST_NAMED = 100


def gaps(session: Session, cycle_id: int) -> list[Owed]:
    """What the plan of a cycle still lacks; empty if it is complete."""
    return [
        *_of_chapters(session, cycle_id),
        *_of_comments(session, cycle_id),
        *_of_suggestions(session, cycle_id),
    ]


def _of_chapters(session: Session, cycle_id: int) -> Iterator[Owed]:
    for row in plan_status(session, cycle_id):
        number, title = row.chapter.number, row.chapter.title
        here: dict[str, Any] = {"number": number}
        if row.is_missing:
            told = _("Chapter %(number)s, “%(title)s”, has no text.", number=number, title=title)
            yield Owed(told, "plan.chapter", here)
        if row.waiting:
            told = _(
                "Contributions to chapter %(number)s that have no answer: %(count)s.",
                number=number,
                count=row.waiting,
            )
            yield Owed(told, "plan.chapter", {**here, "_anchor": "contributi"})


def _of_comments(session: Session, cycle_id: int) -> Iterator[Owed]:
    for comment in waiting_comments(session, cycle_id, MOST_NAMED):
        told = _(
            "A comment on a block of chapter %(number)s has no answer.",
            number=comment.block.chapter.number,
        )
        yield _at_block(told, comment.block_id, f"osservazione-{comment.id}")


def _of_suggestions(session: Session, cycle_id: int) -> Iterator[Owed]:
    for suggestion in waiting_suggestions(session, cycle_id, MOST_NAMED):
        told = _(
            "A suggested change of chapter %(number)s is not decided.",
            number=suggestion.block.chapter.number,
        )
        yield _at_block(told, suggestion.block_id, f"suggerimento-{suggestion.id}")


def _at_block(told: Sentence, block_id: int, anchor: str) -> Owed:
    return Owed(told, "plan.paragraph", {"paragraph_id": block_id, "_anchor": anchor})


def _unapproved(session: Session, cycle_id: int) -> Iterator[Owed]:
    if state_of(plan_of(session, cycle_id)) is not PlanState.APPROVED:
        yield Owed(_("The plan has not been approved."), "plan.state")


register_gate(PhaseKind.DEFINITION, gaps)
register_gate(PhaseKind.APPROVAL, _unapproved)
