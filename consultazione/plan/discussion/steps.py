"""What commenting and suggesting share: a block that is under discussion, and who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.people.models import Category
from consultazione.people.queries import lock_voice
from consultazione.plan.blocks.models import Block
from consultazione.plan.blocks.steps import require_standing
from consultazione.plan.models import Plan, PlanState
from consultazione.plan.standing import locked_plan
from consultazione.zones.phases.when import require_when


@dataclass(frozen=True)
class Said:
    """A block under discussion, and in whose name the actor speaks of it."""

    block: Block
    person_id: int
    mandate_id: int | None
    category: Category


def speak_of_block(tx: Transaction, block_id: int, permission: Permission) -> Said:
    """The block, locked FOR SHARE, and the actor's voice.

    NotFound if there is no such block; Conflict unless the public draft is open for comments
    and the block stands in it.
    """
    block = tx.session.get(Block, block_id, with_for_update={"read": True, "of": Block})
    if block is None:
        raise NotFound(_("The plan has no such block."))
    zone_id = block.chapter.zone_id
    require(tx.actor, permission, zone_id=zone_id)
    require_when(tx, permission, block.chapter.cycle_id)
    _require_discussion(tx, locked_plan(tx, block.chapter.cycle_id, shared=True))
    require_standing(block)
    person_id = acting_person(tx.actor)
    voice = lock_voice(tx, person_id, zone_id=zone_id)
    return Said(block, person_id, voice.mandate_id, voice.category)


def _require_discussion(tx: Transaction, plan: Plan) -> None:
    if plan.state is not PlanState.PUBLIC_DRAFT:
        raise Conflict(_("Comments are taken while the plan is a public draft, and it is not now."))
    if plan.comments_until is not None and plan.comments_until < tx.today:
        raise Conflict(_("The time for comments on the public draft is over."))
