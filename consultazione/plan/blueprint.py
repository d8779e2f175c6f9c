"""The blueprints of plan: pages and REST resources."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import Select, select

from consultazione.core.scopes import Scope
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.place_views import address_in_chapter
from consultazione.plan.decisions.models import Decision, Strategy
from consultazione.plan.discussion.models import BlockComment, BlockSuggestion
from consultazione.plan.models import Contribution
from consultazione.web.api import resource
from consultazione.web.current_zone import cycle_found_by
from consultazione.zones.models import Chapter

pages = Blueprint("plan", __name__)
pages.add_app_template_global(address_in_chapter)
_ABOUT = "The plan, its contributions and their pedigrees"
rest = resource("plan_api", __name__, _ABOUT, scope=Scope.PLAN)

_cycle = select(Chapter.cycle_id)


def _cycle_of_block(number: int) -> Select[int]:
    return _cycle.join(Block, Block.chapter_id == Chapter.id).where(Block.id == number)


def _cycle_of_suggestion(number: int) -> Select[int]:
    blocks = _cycle.join(Block, Block.chapter_id == Chapter.id)
    suggestions = blocks.join(BlockSuggestion, BlockSuggestion.block_id == Block.id)
    return suggestions.where(BlockSuggestion.id == number)


def _cycle_of_observation(number: int) -> Select[int]:
    blocks = _cycle.join(Block, Block.chapter_id == Chapter.id)
    comments = blocks.join(BlockComment, BlockComment.block_id == Block.id)
    return comments.where(BlockComment.id == number)


cycle_found_by("paragraph_id", _cycle_of_block)
cycle_found_by("observation_id", _cycle_of_observation)
cycle_found_by("suggestion_id", _cycle_of_suggestion)
cycle_found_by("block_id", _cycle_of_block)
cycle_found_by("strategy_id", lambda number: select(Strategy.cycle_id).filter_by(id=number))
cycle_found_by("decision_id", lambda number: select(Decision.cycle_id).filter_by(id=number))
cycle_found_by(
    "contribution_id",
    lambda number: _cycle.join(Contribution, Contribution.chapter_id == Chapter.id).where(
        Contribution.id == number
    ),
)
