"""Files of a proposal: attaching them, their bytes, withdrawing one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.errors import NotAllowed, NotFound
from consultazione.proposals.blueprint import pages
from consultazione.proposals.commands.attaching import (
    attach_to_proposal,
    withdraw_proposal_file,
)
from consultazione.proposals.history import get_file
from consultazione.proposals.keeping import MOST_FILES, MOST_MEGABYTES, may_withdraw_files
from consultazione.proposals.queries import get_proposal
from consultazione.proposals.schemas import AttachSchema
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.files import stored as files
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/proposte/<int:proposal_id>/allegati", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def attach(proposal_id: int) -> ResponseReturnValue:
    """Attach files to one's own proposal."""
    proposal = get_proposal(snapshot(), proposal_id)
    if proposal.author_id != actor().person_id:
        raise NotAllowed(_("Only the author may attach files to a proposal."))
    form = Form(AttachSchema())
    command = partial(attach_to_proposal, proposal_id=proposal_id)
    if form.perform(command, before=partial(files.with_files, MOST_FILES)):
        flash(_("The files are published with the proposal."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="allegati"))
    page = render_template(
        "proposals/attach.html", form=form, proposal=proposal, **what_files_are_taken()
    )
    return page, form.status


@pages.get("/allegati/<int:proposal_file_id>/<file_name>")
def file(proposal_file_id: int, file_name: str) -> Response:
    """Serve a file's bytes to anybody, unless it is withdrawn."""
    row = get_file(snapshot(), proposal_file_id)
    if row.withdrawn_at is not None:
        reason = row.withdrawn_reason
        raise NotFound(_("This document was withdrawn: %(reason)s", reason=reason))
    return files.sent(row, file_name)


@pages.route("/allegati/<int:proposal_file_id>/ritira", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def withdraw_file(proposal_file_id: int) -> ResponseReturnValue:
    """Withdraw a file, for a reason."""
    row = get_file(snapshot(), proposal_file_id)
    proposal = get_proposal(snapshot(), row.proposal_id)
    if not may_withdraw_files(actor(), proposal):
        raise NotAllowed(_("Only the author, or who runs the table, may withdraw this file."))
    form = Form(ReasonSchema())
    if form.perform(partial(withdraw_proposal_file, proposal_file_id=proposal_file_id)):
        flash(_("The document is withdrawn."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal.id, _anchor="allegati"))
    page = render_template("proposals/withdraw_file.html", form=form, proposal=proposal, file=row)
    return page, form.status


def what_files_are_taken() -> Mapping[str, Any]:
    """Which files a form takes, how many and how large, and whether a scanner looks at them."""
    return {
        "accept": files.ACCEPT,
        "most_files": MOST_FILES,
        "most_megabytes": MOST_MEGABYTES,
        "is_scanned": files.is_scanned(),
    }
