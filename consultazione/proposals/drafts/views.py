"""Pages of one's own drafts: the list, going on with one, saving it by itself, handing it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.differences import word_diff
from consultazione.core.permissions import Permission
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.proposals.drafts.commands import (
    begin_proposal_draft,
    delete_proposal_draft,
    save_proposal_draft,
)
from consultazione.proposals.drafts.models import ProposalDraft
from consultazione.proposals.drafts.queries import own_draft, own_drafts
from consultazione.proposals.drafts.schemas import SaveDraftSchema, answers_of
from consultazione.proposals.models import Proposal
from consultazione.proposals.schemas import HandInSchema
from consultazione.proposals.writing_views import FIRST, handed_in, writing_page
from consultazione.tables.holding.models import HeldText
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.phases.when import barred

# A draft is saved as it is written: a moment after each pause.
_AS_ONE_WRITES = "120 per minute"


@pages.get(f"{IN_CYCLE}/bozze")
@auth.sign_in_required
def drafts() -> str:
    """The reader's drafts of proposals, of all zones."""
    return render_template("proposals/drafts.html", drafts=own_drafts(snapshot(), _reader()))


@pages.post(f"{IN_CYCLE}/bozze", endpoint="begin_draft")
@limiter.limit(_AS_ONE_WRITES)
@auth.sign_in_required
def begin_draft_form() -> ResponseReturnValue:
    """Keep what was typed as a draft."""

    def begin(tx: Transaction, *, version: int | None, **answers: Any) -> ProposalDraft:
        return begin_proposal_draft(tx, cycle_id=current_cycle().id, answers=answers_of(answers))

    return _kept(begin)


@pages.post("/bozze/<int:proposal_draft_id>/salva", endpoint="save_draft")
@limiter.limit(_AS_ONE_WRITES)
@auth.sign_in_required
def save_draft_form(proposal_draft_id: int) -> ResponseReturnValue:
    """Keep what a draft says now."""

    def save(tx: Transaction, *, version: int | None, **answers: Any) -> ProposalDraft:
        return save_proposal_draft(
            tx,
            proposal_draft_id=proposal_draft_id,
            version=version or 0,
            answers=answers_of(answers),
        )

    return _kept(save, own_draft(snapshot(), proposal_draft_id, _reader()).id)


@pages.route("/bozze/<int:proposal_draft_id>", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def draft(proposal_draft_id: int) -> ResponseReturnValue:
    """Go on with a draft, and hand it in."""
    row = own_draft(snapshot(), proposal_draft_id, _reader())
    form = Form(HandInSchema(), {**row.answers, "version": row.version})
    proposal = form.perform(partial(_hand_in, proposal_draft_id), before=FIRST)
    return handed_in(proposal) if proposal else _draft_page(form, proposal_draft_id)


@pages.post("/bozze/<int:proposal_draft_id>/elimina", endpoint="delete_draft")
@limiter.limit(WRITING)
@auth.sign_in_required
def delete_draft_button(proposal_draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    command = partial(delete_proposal_draft, proposal_draft_id=proposal_draft_id)
    return act(command, done=_("The draft is thrown away."), to=url_for("proposals.drafts"))


def _hand_in(draft_id: int, tx: Transaction, *, version: int, **fields: Any) -> Proposal | HeldText:
    return hand_in_proposal(
        tx, proposal_draft_id=draft_id, proposal_draft_version=version, **fields
    )


def _kept(
    command: Callable[..., ProposalDraft], draft_id: int | None = None
) -> ResponseReturnValue:
    """Run a command that keeps what was typed, and say how it went: to a script as JSON."""
    form = Form(SaveDraftSchema())
    row = form.perform(command)
    if request.accept_mimetypes.best == "application/json":
        return _as_json(form, row, draft_id)
    if row is not None:
        flash(_("Saved: you find it among your drafts, on any device."), "success")
        return redirect(url_for("proposals.draft", proposal_draft_id=row.id))
    return _draft_page(form, draft_id) if draft_id else writing_page(form)


def _as_json(form: Form, row: ProposalDraft | None, draft_id: int | None) -> ResponseReturnValue:
    if row is not None:
        return jsonify(_places(row))
    if draft_id and "version" in form.errors:
        return jsonify(_places(own_draft(renew_snapshot(), draft_id, _reader()))), 409
    return jsonify({"errors": [one for told in form.errors.values() for one in told]}), form.status


def _places(row: ProposalDraft) -> Mapping[str, Any]:
    """Which version of a draft stands, since when, and where it is opened and saved."""
    return {
        "version": row.version,
        "at": format_datetime(in_rome(row.saved_at), "d MMMM, HH:mm", rebase=False),
        "name": f"bozza.{row.id}",
        "page": url_for("proposals.draft", proposal_draft_id=row.id),
        "save": url_for("proposals.save_draft", proposal_draft_id=row.id),
    }


def _draft_page(form: Form, draft_id: int) -> ResponseReturnValue:
    """The form with a draft. After a conflict it goes on from the version that it shows."""
    row = own_draft(renew_snapshot(), draft_id, _reader())
    overtaken = form.go_on_from("version", row.version)
    kept, typed = str(row.answers.get("body", "")), str(form.values.get("body", ""))
    return writing_page(
        form,
        draft=row,
        told=barred(snapshot(), Permission.SUBMIT_PROPOSAL, row.cycle_id),
        overtaken=overtaken,
        pieces=word_diff(kept, typed) if overtaken else [],
    )


def _reader() -> int | None:
    return actor().person_id
