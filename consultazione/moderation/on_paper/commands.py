"""The office enters a proposal or a comment that came on paper.

The text is handed in by the usual commands, in the name of an account of its own, so that all
rules of the table and of the path hold as for everybody: only who types it is another.
"""

from __future__ import annotations

from datetime import date

from consultazione.comments.commands.handing_in import hand_in_comment
from consultazione.comments.models import Position
from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.handing_in import hand_in_proposal
from consultazione.proposals.locking import lock, require_at
from consultazione.tables.holding.models import HeldKind
from consultazione.tables.on_paper.models import PaperText
from consultazione.tables.on_paper.steps import note_paper
from consultazione.tables.working import table_in_hand
from consultazione.zones.models import Zone


def enter_paper_proposal(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    body: str,
    need: str = "",
    effect: str = "",
    named_as: str,
    received_on: date,
    received_at: str,
) -> PaperText:
    """Enter a proposal that came on paper, and return what the receipt is for.

    It waits where texts are read first, and is admitted as every proposal is; by somebody else if
    the zone asks for four eyes. Raises what `hand_in_proposal` and `note_paper` raise.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.ENTER_PAPER_PROPOSAL, zone_id=table.zone_id, table_id=table.id)
    paper = note_paper(
        tx,
        table,
        kind=HeldKind.PROPOSAL,
        named_as=named_as,
        received_on=received_on,
        received_at=received_at,
    )
    with tx.acting_as(actor_of(tx.session, paper.person_id)):
        hand_in_proposal(tx, table_id=table.id, title=title, body=body, need=need, effect=effect)
    return paper


def enter_paper_comment(
    tx: Transaction,
    *,
    proposal_id: int,
    position: Position,
    body: str,
    named_as: str,
    received_on: date,
    received_at: str,
) -> PaperText:
    """Enter a comment that came on paper, and return what the receipt is for.

    It waits where texts are read first, and in a zone that asks for four eyes: then somebody else
    publishes it. Locks the proposal FOR UPDATE. Raises what `hand_in_comment` and `note_paper`
    raise.
    """
    proposal = lock(tx, proposal_id)
    require_at(tx, Permission.ENTER_PAPER_COMMENT, proposal)
    paper = note_paper(
        tx,
        proposal.table,
        kind=HeldKind.COMMENT,
        named_as=named_as,
        received_on=received_on,
        received_at=received_at,
    )
    waits = tx.session.get_one(Zone, proposal.table.zone_id).four_eyes
    with tx.acting_as(actor_of(tx.session, paper.person_id)):
        hand_in_comment(tx, proposal_id=proposal.id, position=position, body=body, must_wait=waits)
    return paper
