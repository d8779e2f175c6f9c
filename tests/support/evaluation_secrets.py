"""What those who evaluate proposals write, and nobody else reads: for the leak matrix."""

from __future__ import annotations

from typing import Any

from consultazione.proposals.answers.commands.noting import write_evaluation_note
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.models import Verdict
from consultazione.proposals.commands.lifecycle import admit_proposal
from tests.support.leaks import SHARED, Planting, Secret


def evaluation_secrets(planting: Planting) -> dict[str, Secret]:
    """A private note on a proposal, and the answer that is prepared for it."""
    chairs = frozenset({"facilitator"})
    proposal = planting.make.proposal(planting.table, title=f"{SHARED} valutata")
    at: dict[str, Any] = {"proposal_id": proposal.id}
    planting.run(planting.facilitator, admit_proposal, **at)
    note = planting.run(
        planting.facilitator, write_evaluation_note, **at, body=f"{SHARED} zqvalutata"
    )
    planting.run(
        planting.facilitator, prepare_answer, **at, version=1, revision=0, is_ready=True,
        verdict=Verdict.NOT_ACCEPTED, body=f"{SHARED} zqpreparata",
    )  # fmt: skip
    things = {**at, "evaluation_note_id": note.id}
    return {
        "private note on a proposal": Secret("zqvalutata", chairs, things),
        "prepared answer to a proposal": Secret("zqpreparata", chairs, things),
    }
