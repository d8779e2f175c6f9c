"""Suggested changes: the plan office accepts each, or refuses it with a reason."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.plan.blocks.commands.editing import change_text
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.steps import (
    block_in_hand,
    require_reason,
    require_standing,
    require_version,
)
from consultazione.plan.discussion.events import (
    ChangeSuggested,
    SuggestionAccepted,
    SuggestionRefused,
)
from consultazione.plan.discussion.models import BlockSuggestion, SuggestionState
from consultazione.plan.discussion.steps import speak_of_block
from consultazione.plan.events import plan_stream


def suggest_change(
    tx: Transaction, *, block_id: int, version: int, body: str, reason: str, demo: bool = False
) -> BlockSuggestion:
    """Suggest another text for a block, with a reason, and return the suggestion.

    version: that of the block which was read. NotFound if there is no such block; Conflict
    unless the public draft is open for comments, or if the block has been changed; Invalid if
    the text is the same.
    """
    said = speak_of_block(tx, block_id, Permission.SUGGEST_CHANGE)
    require_version(said.block, version)
    if body.strip() == said.block.body.strip():
        raise Invalid.at("body", _("Change the text: this is what stands there now."))
    suggestion = BlockSuggestion(
        block_id=block_id,
        version=version,
        author_id=said.person_id,
        mandate_id=said.mandate_id,
        category=said.category,
        body=body,
        reason=reason,
        at=tx.now,
        state=SuggestionState.PENDING,
        demo=demo,
    )
    tx.session.add(suggestion)
    tx.flush()
    tx.record(
        plan_stream(said.block.chapter.cycle_id),
        ChangeSuggested(
            suggestion_id=suggestion.id,
            block_id=block_id,
            version=version,
            mandate_id=said.mandate_id,
            category=said.category,
            body=FreeText(body),
            reason=FreeText(reason),
        ),
    )
    return suggestion


def accept_suggestion(
    tx: Transaction, *, suggestion_id: int, version: int, body: str, reason: str
) -> Block:
    """Change a block as was suggested, in these words, and return the block.

    version: that of the block which the plan office has read. NotFound if there is no such
    suggestion; Conflict if it is decided, or the block was removed; VersionConflict.
    """
    suggestion = _found(tx, suggestion_id)
    block = block_in_hand(tx, suggestion.block_id, Permission.ACCEPT_SUGGESTION)
    _lock_pending(tx, suggestion)
    require_standing(block)
    require_version(block, version)
    require_reason(reason)
    change_text(tx, block, body, alt=block.alt or "", reason=reason)
    _decide(tx, suggestion, SuggestionState.ACCEPTED, reason)
    accepted = SuggestionAccepted(
        suggestion_id=suggestion.id, block_id=block.id, answer=FreeText(reason)
    )
    tx.record(plan_stream(block.chapter.cycle_id), accepted)
    return block


def refuse_suggestion(tx: Transaction, *, suggestion_id: int, reason: str) -> BlockSuggestion:
    """Leave a block as it is, with a reason.

    NotFound if there is no such suggestion; Conflict if it is decided.
    """
    suggestion = _found(tx, suggestion_id)
    chapter = suggestion.block.chapter
    require(tx.actor, Permission.REFUSE_SUGGESTION, zone_id=chapter.zone_id)
    _lock_pending(tx, suggestion)
    require_reason(reason)
    _decide(tx, suggestion, SuggestionState.REFUSED, reason)
    refused = SuggestionRefused(
        suggestion_id=suggestion.id, block_id=suggestion.block_id, answer=FreeText(reason)
    )
    tx.record(plan_stream(chapter.cycle_id), refused)
    return suggestion


def _found(tx: Transaction, suggestion_id: int) -> BlockSuggestion:
    suggestion = tx.session.get(BlockSuggestion, suggestion_id)
    if suggestion is None:
        raise NotFound(_("There is no such suggestion."))
    return suggestion


def _lock_pending(tx: Transaction, suggestion: BlockSuggestion) -> None:
    tx.session.refresh(suggestion, ["state"], with_for_update={"of": BlockSuggestion})
    if suggestion.state is not SuggestionState.PENDING:
        raise Conflict(_("This suggestion is decided, and the decision stands."))


def _decide(
    tx: Transaction, suggestion: BlockSuggestion, state: SuggestionState, answer: str
) -> None:
    suggestion.state, suggestion.answer, suggestion.answered_at = state, answer, tx.now
