"""What who runs a table prepares, and nobody else reads: for the leak matrix."""

from __future__ import annotations

from typing import Any

from consultazione.proposals.answers.commands.noting import write_evaluation_note
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.models import Verdict
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.surveys.commands.answering import close_survey
from tests.support.leaks import SHARED, Planting, Secret
from tests.support.survey_things import give, opened_survey, prepared_survey


def prepared_secrets(planting: Planting) -> dict[str, Secret]:
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
        **_survey(planting),
    }


def _survey(planting: Planting) -> dict[str, Secret]:
    """A survey that nobody has opened, and a short text that somebody answered to another."""
    desk = frozenset({"facilitator", "plan_office"})
    title = f"{SHARED} zqsondaggio"
    prepared, _chair = prepared_survey(planting.make, planting.table, title=title)
    closed, chair = opened_survey(planting.make, planting.table, title=f"{SHARED} sondaggio")
    for number in range(5):
        said = f"{SHARED} zqbreve" if number == 0 else "Niente."
        give(planting.make, closed, planting.make.citizen(), ["0"], ["1"], ["2"], [said])
    planting.run(chair, close_survey, survey_id=closed.id)
    things = {"slug": planting.table.slug}
    return {
        "survey that is prepared": Secret(
            "zqsondaggio", desk, {**things, "survey_id": prepared.id}
        ),
        "short text in a survey": Secret("zqbreve", desk, {**things, "survey_id": closed.id}),
    }
