"""Pages of those who evaluate a proposal: who does, private notes, the answer that is prepared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.permissions import Permission, may, require
from consultazione.proposals.answers.commands.assigning import assign_evaluator
from consultazione.proposals.answers.commands.noting import (
    erase_evaluation_note,
    write_evaluation_note,
)
from consultazione.proposals.answers.commands.preparing import prepare_answer
from consultazione.proposals.answers.labels import VERDICTS
from consultazione.proposals.answers.locking import why_not_waiting
from consultazione.proposals.answers.models import ProposalAnswerDraft
from consultazione.proposals.answers.queries import (
    draft_for,
    evaluation_of,
    get_note,
    notes_on,
)
from consultazione.proposals.answers.rights import evaluators, require_evaluator
from consultazione.proposals.answers.schemas import (
    EvaluationNoteSchema,
    EvaluatorSchema,
    PreparedAnswerSchema,
)
from consultazione.proposals.blueprint import pages
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.get("/proposte/<int:proposal_id>/valutazione")
@auth.sign_in_required
def evaluation(proposal_id: int) -> ResponseReturnValue:
    """What is prepared on a proposal, for its evaluator and who runs the table."""
    return _page(_read(proposal_id))


@pages.post("/proposte/<int:proposal_id>/valutazione")
@limiter.limit(WRITING)
@auth.sign_in_required
def prepare(proposal_id: int) -> ResponseReturnValue:
    """Save the answer that is prepared."""
    _read(proposal_id)
    form = Form(PreparedAnswerSchema())
    if form.perform(partial(prepare_answer, proposal_id=proposal_id)):
        flash(_("The answer is saved. It is not public yet."), "success")
        return redirect(url_for("proposals.evaluation", proposal_id=proposal_id))
    renew_snapshot()
    return _page(_read(proposal_id), form)


@pages.post("/proposte/<int:proposal_id>/valutazione/note")
@limiter.limit(WRITING)
@auth.sign_in_required
def write_note(proposal_id: int) -> ResponseReturnValue:
    """Write a private note."""
    _read(proposal_id)
    form = Form(EvaluationNoteSchema())
    if form.perform(partial(write_evaluation_note, proposal_id=proposal_id)):
        flash(_("The note is kept."), "success")
        to = url_for("proposals.evaluation", proposal_id=proposal_id, _anchor="note")
        return redirect(to)
    renew_snapshot()
    return _page(_read(proposal_id), note_form=form)


@pages.post("/proposte/note/<int:evaluation_note_id>/cancella")
@limiter.limit(WRITING)
@auth.sign_in_required
def erase_note(evaluation_note_id: int) -> Response:
    """Erase a private note for good."""
    proposal = _read(get_note(snapshot(), evaluation_note_id).proposal_id)
    command = partial(erase_evaluation_note, evaluation_note_id=evaluation_note_id)
    to = url_for("proposals.evaluation", proposal_id=proposal.id, _anchor="note")
    return act(command, done=_("The note is erased."), to=to)


@pages.route("/proposte/<int:proposal_id>/valutazione/incarico", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def assign(proposal_id: int) -> ResponseReturnValue:
    """Say who evaluates a proposal."""
    require(actor(), Permission.ASSIGN_EVALUATOR, **_place(get_proposal(snapshot(), proposal_id)))
    now = evaluation_of(snapshot(), proposal_id)
    form = Form(EvaluatorSchema(), {"evaluator_id": now.evaluator_id if now else ""})
    if form.perform(partial(assign_evaluator, proposal_id=proposal_id)):
        flash(_("Saved. Whoever is newly asked gets a notice."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    proposal = get_proposal(renew_snapshot(), proposal_id)
    offered = evaluators(snapshot(), proposal)
    page = render_template(
        "proposals/answers/assign.html", proposal=proposal, form=form, offered=offered
    )
    return page, form.status


def _page(
    proposal: Proposal, form: Form | None = None, note_form: Form | None = None
) -> ResponseReturnValue:
    """The page of an evaluation, with a form that was refused, if one was."""
    session = snapshot()
    draft = draft_for(session, proposal.id)
    form = form or Form(PreparedAnswerSchema(), _saved(draft), sent=False)
    form.go_on_from("version", proposal.version)
    form.go_on_from("revision", draft.revision if draft else 0)
    note_form = note_form or Form(EvaluationNoteSchema(), sent=False)
    page = render_template(
        "proposals/answers/evaluation.html",
        proposal=proposal,
        evaluation=evaluation_of(session, proposal.id),
        notes=notes_on(session, proposal.id),
        draft=draft,
        closed=why_not_waiting(session, proposal),
        form=form,
        note_form=note_form,
        verdicts=[(verdict.value, name) for verdict, name in VERDICTS.items()],
        runs_table=may(actor(), Permission.ERASE_EVALUATION_NOTE, **_place(proposal)),
    )
    return page, max(form.status, note_form.status)


def _saved(draft: ProposalAnswerDraft | None) -> Mapping[str, object]:
    """What the form of an answer begins with."""
    if draft is None:
        return {}
    chosen = draft.verdict.value if draft.verdict else ""
    return {"verdict": chosen, "body": draft.body, "is_ready": "yes" if draft.is_ready else ""}


def _read(proposal_id: int) -> Proposal:
    """The proposal, for who may read what is prepared on it."""
    proposal = get_proposal(snapshot(), proposal_id)
    require_evaluator(snapshot(), actor(), Permission.READ_EVALUATION, proposal)
    return proposal


def _place(proposal: Proposal) -> dict[str, int]:
    return {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
