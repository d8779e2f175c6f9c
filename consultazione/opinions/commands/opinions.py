"""Commands on the opinions of a map: propose one, admit or refuse it, answer it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.opinions.adding import add_opinion
from consultazione.opinions.events import (
    OpinionAdmitted,
    OpinionAnswered,
    OpinionRefused,
    opinions_stream,
)
from consultazione.opinions.locking import (
    locked_map,
    require_at,
    require_open,
    require_speaking,
)
from consultazione.opinions.mapping.matrix import AGREE, DISAGREE, PASS
from consultazione.opinions.models import Opinion, OpinionAnswer, OpinionMap, OpinionState
from consultazione.opinions.queries import get_opinion

# So many of one person wait at most: else one fills the queue of all.
MOST_WAITING = 5
MOST_OF_MAP = 500


def propose_opinion(tx: Transaction, *, map_id: int, body: str) -> Opinion:
    """Propose a statement for an open map; it waits until somebody admits it.

    Locks the map FOR UPDATE. NotFound if there is no such map; NotAllowed for whom the table's
    rule does not let speak; Conflict if the map is closed or full, or with five of one's own
    waiting; Invalid on `body` if it stands there already.
    """
    opinion_map = locked_map(tx, map_id)
    require_at(tx, Permission.PROPOSE_OPINION, opinion_map)
    person_id = require_speaking(tx, opinion_map)
    require_open(tx, opinion_map)
    _check_new(opinion_map, person_id, body)
    number = max((one.number for one in opinion_map.opinions), default=0) + 1
    return add_opinion(tx, opinion_map, number=number, body=body, state=OpinionState.WAITING)


def admit_opinion(tx: Transaction, *, opinion_id: int) -> Opinion:
    """Put a proposed statement among those that people answer. Idempotent.

    NotFound if there is none; Conflict if it was refused or the map is closed.
    """
    opinion, opinion_map = _in_hand(tx, opinion_id)
    require_at(tx, Permission.ADMIT_OPINION, opinion_map)
    if opinion.state is OpinionState.ADMITTED:
        return opinion
    _require_waiting(tx, opinion, opinion_map)
    opinion.state = OpinionState.ADMITTED
    admitted = OpinionAdmitted(map_id=opinion_map.id, opinion_id=opinion.id)
    tx.record(opinions_stream(opinion_map.id), admitted)
    return opinion


def refuse_opinion(tx: Transaction, *, opinion_id: int, reason: str) -> Opinion:
    """Do not admit a proposed statement, and say why.

    NotFound if there is none; Conflict unless it waits in an open map; Invalid on `reason`.
    """
    opinion, opinion_map = _in_hand(tx, opinion_id)
    require_at(tx, Permission.REFUSE_OPINION, opinion_map)
    _require_waiting(tx, opinion, opinion_map)
    if not reason.strip():
        raise Invalid.at("reason", _("Write the reason: whoever proposed it reads it."))
    opinion.state, opinion.reason = OpinionState.REFUSED, reason
    refused = OpinionRefused(map_id=opinion_map.id, opinion_id=opinion.id, reason=FreeText(reason))
    tx.record(opinions_stream(opinion_map.id), refused)
    return opinion


def answer_opinion(tx: Transaction, *, opinion_id: int, value: int) -> Opinion:
    """Say what one thinks of a statement, in the place of an earlier answer if there is one.

    value: 1 agree, -1 disagree, 0 pass. The entry in the log names nobody and says nothing of the
    answer. NotFound if there is no such statement; NotAllowed for whom the table's rule does not
    let speak; Conflict unless it is admitted and the map is open; Invalid on `value`.
    """
    opinion, opinion_map = _in_hand(tx, opinion_id, shared=True)
    require_at(tx, Permission.ANSWER_OPINION, opinion_map)
    person_id = require_speaking(tx, opinion_map)
    require_open(tx, opinion_map)
    if opinion.state is not OpinionState.ADMITTED:
        raise Conflict(_("This statement is not among those that people answer."))
    if value not in {AGREE, DISAGREE, PASS}:
        raise Invalid.at("value", _("Choose one of the answers offered."))
    row = insert(OpinionAnswer).values(opinion_id=opinion.id, person_id=person_id, value=value)
    stored = row.on_conflict_do_update(constraint="pk_opinion_answer", set_={"value": value})
    tx.session.execute(stored)
    with tx.acting_as(SYSTEM):
        tx.record(opinions_stream(opinion_map.id), OpinionAnswered(map_id=opinion_map.id))
    return opinion


def _in_hand(
    tx: Transaction, opinion_id: int, *, shared: bool = False
) -> tuple[Opinion, OpinionMap]:
    """An opinion as it stands while its map is locked."""
    opinion = get_opinion(tx.session, opinion_id)
    opinion_map = locked_map(tx, opinion.map_id, shared=shared)
    tx.session.refresh(opinion)
    return opinion, opinion_map


def _require_waiting(tx: Transaction, opinion: Opinion, opinion_map: OpinionMap) -> None:
    require_open(tx, opinion_map)
    if opinion.state is not OpinionState.WAITING:
        raise Conflict(_("Somebody has decided on this statement already."))


def _check_new(opinion_map: OpinionMap, person_id: int, body: str) -> None:
    said = {one.body.casefold() for one in opinion_map.opinions}
    if body.casefold() in said:
        raise Invalid.at("body", _("This statement has been proposed already."))
    if len(said) >= MOST_OF_MAP:
        raise Conflict(_("This map has as many statements as people can answer."))
    waiting = [
        one
        for one in opinion_map.opinions
        if one.author_id == person_id and one.state is OpinionState.WAITING
    ]
    if len(waiting) >= MOST_WAITING:
        raise Conflict(
            _("Five statements of yours are waiting: propose others when they are decided on.")
        )
