"""Forms of comments: one's own, and moderation. The proposal's page shows the comments."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.comments.anchors import Anchor, passage_of
from consultazione.comments.blueprint import pages
from consultazione.comments.commands.handing_in import hand_in_comment
from consultazione.comments.commands.moderating import erase_comment, show_comment
from consultazione.comments.commands.writing import (
    edit_comment,
    reply_to_comment,
    withdraw_comment,
)
from consultazione.comments.labels import POSITIONS
from consultazione.comments.models import Comment
from consultazione.comments.queries import (
    VERSIONS_A_PAGE,
    Order,
    comment_is_left,
    get_comment,
    page_of_comment,
    versions_of,
)
from consultazione.comments.schemas import (
    AnchoredCommentSchema,
    EditCommentSchema,
    EraseSchema,
    ReplySchema,
    WithdrawCommentSchema,
)
from consultazione.core.differences import word_diff
from consultazione.core.errors import NotAllowed, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.proposals.amendments.models import Part
from consultazione.proposals.models import Proposal
from consultazione.proposals.queries import get_proposal
from consultazione.tables.holding.models import HeldText
from consultazione.web import auth
from consultazione.web.fields import ReasonSchema
from consultazione.web.forms import Form
from consultazione.web.hints.traces import asks_first
from consultazione.web.page_context import is_archived
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much
from consultazione.web.url_converters import asked_id


@pages.route("/proposte/<int:proposal_id>/osservazioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def new(proposal_id: int) -> ResponseReturnValue:
    """Comment on a proposal; the form on the proposal's page posts here."""
    proposal = get_proposal(snapshot(), proposal_id)
    form = Form(AnchoredCommentSchema(), _anchor_asked(proposal))
    command = partial(hand_in_comment, proposal_id=proposal_id)
    comment = form.perform(command, before=asks_first("body"))
    if comment:
        return _handed_in(comment)
    page = render_template(
        "comments/new.html",
        form=form,
        proposal=get_proposal(renew_snapshot(), proposal_id),
        positions=POSITIONS,
        passage=_passage(proposal_id, form),
    )
    return page, form.status


def _handed_in(comment: Comment | HeldText) -> ResponseReturnValue:
    """Where somebody goes who has written a comment: to it, or to where they read its state."""
    if isinstance(comment, HeldText):
        flash(_("Thank you. Somebody reads it before it is public; you are told."), "success")
        return redirect(url_for("moderation.held", held_id=comment.id))
    flash(_("Your comment is published."), "success")
    return redirect(url_for("comments.show", comment_id=comment.id))


@pages.get("/osservazioni/<int:comment_id>")
def show(comment_id: int) -> ResponseReturnValue:
    """A comment's permanent address; redirects to its place on the proposal's page."""
    comment = get_comment(snapshot(), comment_id)
    after = page_of_comment(snapshot(), comment) or None
    page = url_for(
        "proposals.show",
        proposal_id=comment.proposal_id,
        ordine=None if after or is_archived() else Order.OLDEST.value,
        origine=1 if comment_is_left(snapshot(), comment) else None,
        dopo=after,
        _anchor=f"osservazione-{comment.id}",
    )
    return redirect(page)


@pages.route("/osservazioni/<int:comment_id>/rispondi", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def reply(comment_id: int) -> ResponseReturnValue:
    """Answer a comment."""
    form = Form(ReplySchema())
    written = form.perform(partial(reply_to_comment, comment_id=comment_id))
    if written:
        flash(_("Your reply is published."), "success")
        return redirect(url_for("comments.show", comment_id=written.id))
    return _about("comments/reply.html", comment_id, form)


@pages.route("/osservazioni/<int:comment_id>/modifica", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def edit(comment_id: int) -> ResponseReturnValue:
    """Change one's own comment; if it was changed meanwhile, both texts are shown."""
    comment = _own(comment_id, _("Only the author may change a comment."))
    initial = {"position": comment.position, "body": comment.body, "version": comment.version}
    form = Form(EditCommentSchema(), initial)
    if form.perform(partial(edit_comment, comment_id=comment_id), before=asks_first("body")):
        flash(_("The comment is changed; the text before stays readable."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    return _editor(get_comment(renew_snapshot(), comment_id), form), form.status


@pages.route("/osservazioni/<int:comment_id>/ritira", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def withdraw(comment_id: int) -> ResponseReturnValue:
    """Withdraw one's own comment, with a public reason."""
    _own(comment_id, _("Only the author may withdraw a comment."))
    form = Form(WithdrawCommentSchema())
    if form.perform(partial(withdraw_comment, comment_id=comment_id)):
        flash(_("The comment is withdrawn; the reason stands in its place."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    return _about("comments/withdraw.html", comment_id, form)


@pages.get("/osservazioni/<int:comment_id>/versioni")
@reads_much()
def versions(comment_id: int) -> str:
    """What a comment has said, page by page, and what each text changed word by word."""
    session, comment = snapshot(), get_comment(snapshot(), comment_id)
    if not comment.is_shown:
        raise NotFound(_("The text of this comment is not shown any more."))
    below = asked_id("dopo")
    found = versions_of(session, comment_id, below=below, limit=VERSIONS_A_PAGE + 1)
    said, last = paged(found, VERSIONS_A_PAGE)
    return render_template(
        "comments/versions.html",
        comment=comment,
        proposal=get_proposal(session, comment.proposal_id),
        said=said,
        pieces=[word_diff(before.body, after.body) for after, before in pairwise(found)],
        below=below,
        next_below=last.version.number if last else None,
        positions=POSITIONS,
    )


@pages.route("/osservazioni/<int:comment_id>/mostra", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def show_again(comment_id: int) -> ResponseReturnValue:
    """Show a hidden comment again, with a public reason."""
    comment = get_comment(snapshot(), comment_id)
    proposal = get_proposal(snapshot(), comment.proposal_id)
    place = {"zone_id": proposal.table.zone_id, "table_id": proposal.table_id}
    require(actor(), Permission.SHOW_COMMENT, **place)
    form = Form(ReasonSchema())
    if form.perform(partial(show_comment, comment_id=comment_id)):
        flash(_("Everybody can read the comment again."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    return _about("comments/show_again.html", comment_id, form)


@pages.route("/osservazioni/<int:comment_id>/cancella", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ERASE_COMMENT)
def erase(comment_id: int) -> ResponseReturnValue:
    """Erase a comment's text for good, with a public ground."""
    form = Form(EraseSchema())
    if form.perform(partial(erase_comment, comment_id=comment_id)):
        flash(_("The text is erased; the ground stands in its place."), "success")
        return redirect(url_for("comments.show", comment_id=comment_id))
    return _about("comments/erase.html", comment_id, form)


def _anchor_asked(proposal: Proposal) -> dict[str, object]:
    """The paragraph in the query string, as the fields of the form."""
    part, paragraph = request.args.get("parte"), asked_id("paragrafo")
    if part not in {one.value for one in Part} or not paragraph:
        return {}
    return {"part": part, "paragraph": paragraph, "text_version": proposal.version}


def _passage(proposal_id: int, form: Form) -> str:
    """The paragraph that a form is about; empty if it is about the whole proposal."""
    named = [str(form.values.get(name) or "") for name in ("part", "paragraph", "text_version")]
    part, paragraph, version = named
    if not (paragraph.isdecimal() and version.isdecimal()) or part not in {p.value for p in Part}:
        return ""
    about = Anchor(Part(part), int(paragraph), int(version))
    return passage_of(snapshot(), proposal_id, about) or ""


def _about(template: str, comment_id: int, form: Form) -> tuple[str, int]:
    """A form about a comment, read anew: what a command refused was in another session."""
    comment = get_comment(renew_snapshot(), comment_id)
    proposal = get_proposal(snapshot(), comment.proposal_id)
    return render_template(template, form=form, comment=comment, proposal=proposal), form.status


def _own(comment_id: int, refusal: str) -> Comment:
    """A comment of the actor's own; NotAllowed, with that sentence, for anybody but its author."""
    comment = get_comment(snapshot(), comment_id)
    if comment.author_id != actor().person_id:
        raise NotAllowed(refusal)
    return comment


def _editor(comment: Comment, form: Form) -> str:
    """The editor's page. After a conflict it goes on from the version that it shows."""
    overtaken = form.go_on_from("version", comment.version)
    typed = str(form.values.get("body", ""))
    return render_template(
        "comments/edit.html",
        comment=comment,
        proposal=get_proposal(snapshot(), comment.proposal_id),
        form=form,
        positions=POSITIONS,
        pieces=word_diff(comment.body, typed) if overtaken else [],
    )
