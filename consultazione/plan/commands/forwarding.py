"""Forwarding a closed outcome to the plan, one contribution an item."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.outcomes.models import Outcome, OutcomeItem, OutcomeState
from consultazione.plan.events import ContributionForwarded, plan_stream
from consultazione.plan.models import Contribution, ContributionState
from consultazione.plan.queries import forwarded_items
from consultazione.plan.standing import locked_plan
from consultazione.zones.models import Chapter


def forward_outcome(tx: Transaction, *, outcome_id: int) -> list[Contribution]:
    """Forward an outcome's items to their chapters, and return the new contributions.

    Idempotent: items forwarded before are left as they are. Locks the outcome FOR UPDATE.
    NotFound if there is no such outcome; Conflict while the sign-off is open.
    """
    outcome = tx.session.get(Outcome, outcome_id, with_for_update={"of": Outcome})
    if outcome is None:
        raise NotFound(_("There is no such outcome."))
    require(tx.actor, Permission.FORWARD_OUTCOME)
    if outcome.state is not OutcomeState.CLOSED:
        raise Conflict(_("This outcome goes to the plan when its sign-off is over."))
    forwarded = forwarded_items(tx.session, outcome_id)
    return [_forward(tx, item) for item in outcome.items if item.id not in forwarded]


def _forward(tx: Transaction, item: OutcomeItem) -> Contribution:
    chapter = tx.session.get_one(Chapter, item.chapter_id)
    # So that the plan is not declared ready, or approved, past this contribution.
    locked_plan(tx, chapter.cycle_id, shared=True)
    contribution = Contribution(
        chapter_id=chapter.id,
        item_id=item.id,
        state=ContributionState.PENDING,
        forwarded_at=tx.now,
    )
    tx.session.add(contribution)
    tx.flush()
    tx.record(
        plan_stream(chapter.cycle_id),
        ContributionForwarded(
            contribution_id=contribution.id, item_id=item.id, chapter_id=chapter.id
        ),
    )
    return contribution
