"""Forms of comments: writing, hiding and erasing one. The proposal's page shows them."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.comments.blueprint import pages
from consultazione.comments.commands import erase_comment, hide_comment, write_comment
from consultazione.comments.labels import POSITIONS
from consultazione.comments.queries import get_comment, page_of_comment
from consultazione.comments.schemas import CommentSchema, EraseSchema
from consultazione.core.permissions import Permission, require
from consultazione.proposals.queries import get_proposal
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/proposte/<int:proposal_id>/osservazioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new(proposal_id: int) -> ResponseReturnValue:
    """Comment on a proposal; the form on the proposal's page posts here."""
    proposal = get_proposal(snapshot(), proposal_id)
    form = Form(CommentSchema())
    comment = form.perform(partial(write_comment, proposal_id=proposal_id))
    if comment:
        flash(_("Your comment is published."), "success")
        return redirect(url_for("comments.show", comment_id=comment.id))
    page = render_template("comments/new.html", form=form, proposal=proposal, positions=POSITIONS)
    return page, form.status


@pages.get("/osservazioni/<int:comment_id>")
def show(comment_id: int) -> ResponseReturnValue:
    """A comment's permanent address; redirects to its place on the proposal's page."""
    comment = get_comment(snapshot(), comment_id)
    after = page_of_comment(snapshot(), comment) or None
    anchor = f"osservazione-{comment.id}"
    page = url_for("proposals.show", proposal_id=comment.proposal_id, dopo=after, _anchor=anchor)
    return redirect(page)


@pages.route("/osservazioni/<int:comment_id>/nascondi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def hide(comment_id: int) -> ResponseReturnValue:
    """Hide a comment, with a public reason."""
    comment = get_comment(snapshot(), comment_id)
    proposal = get_proposal(snapshot(), comment.proposal_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(actor(), Permission.HIDE_COMMENT, **place)
    form = Form(ReasonSchema())
    if form.perform(partial(hide_comment, comment_id=comment_id)):
        flash(_("The comment is hidden; the reason stands in its place."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    page = render_template("comments/hide.html", form=form, comment=comment, proposal=proposal)
    return page, form.status


@pages.route("/osservazioni/<int:comment_id>/cancella", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ERASE_COMMENT)
def erase(comment_id: int) -> ResponseReturnValue:
    """Erase a comment's text for good, with a public ground."""
    comment = get_comment(snapshot(), comment_id)
    form = Form(EraseSchema())
    if form.perform(partial(erase_comment, comment_id=comment_id)):
        flash(_("The text is erased; the ground stands in its place."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    proposal = get_proposal(snapshot(), comment.proposal_id)
    page = render_template("comments/erase.html", form=form, comment=comment, proposal=proposal)
    return page, form.status
