"""Changing one's own proposal, and what it has said before."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.differences import Piece, word_diff
from consultazione.core.errors import NotAllowed, Sentence
from consultazione.proposals.amendments.queries import origin_of
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.proposals.history import get_version
from consultazione.proposals.keeping import text_of
from consultazione.proposals.labels import PARTS
from consultazione.proposals.models import Proposal, ProposalVersion
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.schemas import EditProposalSchema
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.hints.traces import asks_first
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much


@pages.route("/proposte/<int:proposal_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def edit(proposal_id: int) -> ResponseReturnValue:
    """Change the text of one's own proposal; if it was changed meanwhile, both are shown."""
    proposal = get_proposal(snapshot(), proposal_id)
    if proposal.author_id != actor().person_id:
        raise NotAllowed(_("Only the author may change a proposal."))
    initial = {**asdict(text_of(proposal)), "version": proposal.version}
    form = Form(EditProposalSchema(), initial)
    command = partial(edit_proposal, proposal_id=proposal_id)
    if form.perform(command, before=asks_first("title", "body")):
        flash(_("The new text is published; the one before stays readable."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    return _editor(get_proposal(renew_snapshot(), proposal_id), form), form.status


@pages.get("/proposte/<int:proposal_id>/versioni/<int(max=99999):number>")
@reads_much()
def version(proposal_id: int, number: int) -> str:
    """A text that a proposal has had, and what it changed word by word."""
    session = snapshot()
    shown = get_version(session, proposal_id, number)
    before = get_version(session, proposal_id, number - 1) if number > 1 else None
    return render_template(
        "proposals/version.html",
        proposal=get_proposal(session, proposal_id),
        version=shown,
        origin=origin_of(session, proposal_id, number),
        changes=_changes(before, shown) if before else [],
    )


def _changes(before: ProposalVersion, after: ProposalVersion) -> list[tuple[Sentence, list[Piece]]]:
    """The parts of a text that say something else than before, by their names, word by word."""
    said = {
        label: (getattr(before, name) or "", getattr(after, name) or "")
        for name, label in PARTS.items()
    }
    return [(label, word_diff(old, new)) for label, (old, new) in said.items() if old != new]


def _editor(proposal: Proposal, form: Form) -> str:
    """The editor's page. After a conflict it goes on from the version that it shows."""
    overtaken = form.go_on_from("version", proposal.version)
    typed = str(form.values.get("body", ""))
    return render_template(
        "proposals/edit.html",
        proposal=proposal,
        form=form,
        pieces=word_diff(proposal.body, typed) if overtaken else [],
    )
