"""The blueprints of comments: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select

from consultazione.comments.models import Comment
from consultazione.proposals.models import Proposal
from consultazione.tables.models import ThematicTable
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("comments", __name__)
rest = resource("comments_api", __name__, "Comments on proposals")

_cycle = (
    select(ThematicTable.cycle_id)
    .join(Proposal, Proposal.table_id == ThematicTable.id)
    .join(Comment, Comment.proposal_id == Proposal.id)
)
cycle_found_by("comment_id", lambda number: _cycle.where(Comment.id == number))
