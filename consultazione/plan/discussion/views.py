"""Forms of the discussion of the public draft; a block's page shows what was said of it."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consultazione.core.differences import word_diff
from consultazione.core.permissions import Permission
from consultazione.plan.blueprint import pages
from consultazione.plan.discussion.commands.commenting import (
    answer_block_comment,
    comment_on_block,
)
from consultazione.plan.discussion.commands.suggesting import suggest_change
from consultazione.plan.discussion.decisions import decide_on_suggestion
from consultazione.plan.discussion.queries import get_comment, get_suggestion
from consultazione.plan.discussion.schemas import (
    AnswerSchema,
    BlockCommentSchema,
    DecisionSchema,
    SuggestionSchema,
)
from consultazione.plan.queries import get_block
from consultazione.web import auth
from consultazione.web.forms import Form
from consultazione.web.request_db import renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter


@pages.route("/piano/paragrafi/<int:block_id>/osservazioni/nuova", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def comment(block_id: int) -> ResponseReturnValue:
    """Comment on a block of the public draft."""
    form = Form(BlockCommentSchema())
    written = form.perform(partial(comment_on_block, block_id=block_id))
    if written:
        flash(_("Your comment is published; the plan office will answer it."), "success")
        return _to_block(block_id, f"osservazione-{written.id}")
    row = get_block(renew_snapshot(), block_id)
    return render_template("plan/comment_block.html", block=row, form=form), form.status


@pages.route("/piano/paragrafi/<int:block_id>/suggerimenti/nuovo", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def suggest(block_id: int) -> ResponseReturnValue:
    """Suggest another text for a block."""
    row = get_block(snapshot(), block_id)
    form = Form(SuggestionSchema(), {"body": row.body})
    suggested = form.perform(partial(suggest_change, block_id=block_id))
    if suggested:
        flash(_("Your suggestion is published; the plan office decides on it."), "success")
        return _to_block(block_id, f"suggerimento-{suggested.id}")
    row = get_block(renew_snapshot(), block_id)
    form.go_on_from("version", row.version)
    return render_template("plan/suggest_change.html", block=row, form=form), form.status


@pages.route("/piano/osservazioni/<int:observation_id>/risposta", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ANSWER_BLOCK_COMMENT)
def answer_comment(observation_id: int) -> ResponseReturnValue:
    """Answer a comment on a block."""
    form = Form(AnswerSchema())
    answered = form.perform(partial(answer_block_comment, comment_id=observation_id))
    if answered:
        flash(_("The answer is public now."), "success")
        return _to_block(answered.block_id, f"osservazione-{observation_id}")
    row = get_comment(renew_snapshot(), observation_id)
    return render_template("plan/answer_comment.html", comment=row, form=form), form.status


@pages.route("/piano/suggerimenti/<int:suggestion_id>/decisione", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.permission_required(Permission.ACCEPT_SUGGESTION)
def decide(suggestion_id: int) -> ResponseReturnValue:
    """Accept a suggested change, in these or other words, or refuse it with a reason."""
    row = get_suggestion(snapshot(), suggestion_id)
    form = Form(DecisionSchema(), {"body": row.body})
    if form.perform(partial(decide_on_suggestion, suggestion_id=suggestion_id)):
        flash(_("The decision is public now, with its reason."), "success")
        return _to_block(row.block_id, f"suggerimento-{suggestion_id}")
    row = get_suggestion(renew_snapshot(), suggestion_id)
    form.go_on_from("version", row.block.version)
    page = render_template(
        "plan/decide_suggestion.html",
        suggestion=row,
        form=form,
        pieces=word_diff(row.block.body, row.body),
    )
    return page, form.status


def _to_block(block_id: int, anchor: str) -> Response:
    return redirect(url_for("plan.paragraph", paragraph_id=block_id, _anchor=anchor))
