"""Texts that wait: whether they do at a table, and publishing them or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.comments.anchors import Anchor
from consultazione.comments.commands.writing import write_comment
from consultazione.comments.models import Position
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.incoming.uploads import StoredFile
from consultazione.core.permissions import Permission, require
from consultazione.moderation.steps import tell
from consultazione.people.queries import actor_of
from consultazione.proposals.amendments.models import Part
from consultazione.proposals.commands.lifecycle import submit_proposal
from consultazione.tables.events import table_stream
from consultazione.tables.holding.events import ReadingFirstSet, TextReleased, TextTurnedDown
from consultazione.tables.holding.models import HeldKind, HeldState, HeldText, ReadFirst
from consultazione.tables.on_paper.steps import require_other_eyes
from consultazione.tables.working import table_in_hand


def set_reading_first(tx: Transaction, *, table_id: int, waits: bool) -> None:
    """Let texts at a table wait until somebody has read them, or wait no more; idempotent.

    Locks the table. What waits then goes on waiting. NotFound if there is no such table.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.SET_READING_FIRST, zone_id=table.zone_id, table_id=table.id)
    row = tx.session.get(ReadFirst, table.id)
    if (row is not None) == waits:
        return
    if row is not None:
        tx.session.delete(row)
    else:
        tx.session.add(ReadFirst(table_id=table.id, since=tx.now))
    tx.record(table_stream(table.id), ReadingFirstSet(table_id=table.id, waits=waits))


def release_text(tx: Transaction, *, held_id: int) -> HeldText:
    """Publish a text that waits, in its author's name, as of now.

    Locks it FOR UPDATE. NotFound if there is none; NotAllowed for its author; Conflict if it is
    settled, or could not be published any more.
    """
    held, content = _waiting(tx, held_id, Permission.RELEASE_TEXT)
    with tx.acting_as(actor_of(tx.session, held.author_id)):
        _publish(tx, held, content)
    _settle(tx, held, HeldState.RELEASED)
    released = TextReleased(held_id=held.id, table_id=held.table_id)
    tx.record(table_stream(held.table_id), released)
    return held


def turn_text_down(tx: Transaction, *, held_id: int, reason: str) -> HeldText:
    """Do not publish a text that waits, for a reason that its author reads; it is forgotten.

    Locks and errors as in `release_text`.
    """
    held, _content = _waiting(tx, held_id, Permission.TURN_TEXT_DOWN)
    held.reason = reason
    _settle(tx, held, HeldState.TURNED_DOWN)
    down = TextTurnedDown(held_id=held.id, table_id=held.table_id, reason=FreeText(reason))
    tx.record(table_stream(held.table_id), down)
    return held


def _waiting(
    tx: Transaction, held_id: int, permission: Permission
) -> tuple[HeldText, Mapping[str, Any]]:
    held = tx.session.get(
        HeldText, held_id, with_for_update={"of": HeldText}, populate_existing=True
    )
    if held is None:
        raise NotFound(_("There is no such text, or none any more."))
    require(tx.actor, permission, zone_id=held.table.zone_id, table_id=held.table_id)
    if held.author_id == tx.actor.person_id:
        raise NotAllowed(_("You wrote this text: somebody else has to look at it."))
    require_other_eyes(tx, held.author_id, held.table.zone_id)
    if held.content is None:
        raise Conflict(_("Somebody has decided on this text already."))
    return held, held.content


def _publish(tx: Transaction, held: HeldText, content: Mapping[str, Any]) -> None:
    if held.kind is HeldKind.PROPOSAL:
        files = [StoredFile(**file) for file in content["files"]]
        said = {**content, "files": files}
        submit_proposal(tx, table_id=held.table_id, is_released=True, **said)
    else:
        position = Position(content["position"])
        named = content.get("anchor")
        anchor = Anchor(**{**named, "part": Part(named["part"])}) if named else None
        fields = {**content, "position": position, "anchor": anchor}
        write_comment(tx, is_released=True, **fields)


def _settle(tx: Transaction, held: HeldText, state: HeldState) -> None:
    held.state, held.content, held.settled_at = state, None, tx.now
    tell(tx, "held_text_settled", held.author_id)
