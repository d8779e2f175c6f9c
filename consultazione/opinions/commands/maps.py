"""Commands on an opinion map: open it, close it, draw it.

Answering locks the map FOR SHARE, closing and drawing FOR UPDATE: no answer slips past the drawing.
All raise NotFound if there is no such map.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.opinions.adding import add_opinion
from consultazione.opinions.events import (
    OpinionMapClosed,
    OpinionMapDrawn,
    OpinionMapOpened,
    opinions_stream,
)
from consultazione.opinions.locking import locked_map, require_at
from consultazione.opinions.mapping.matrix import as_csv, matrix_of
from consultazione.opinions.mapping.picture import picture_of
from consultazione.opinions.models import OpinionAnswer, OpinionInput, OpinionMap, OpinionState
from consultazione.opinions.queries import admitted, answers_by_person, get_map
from consultazione.tables.working import require_working, table_in_hand

LEAST_GROUP = 5
LEAST_OPINIONS, MOST_OPINIONS = 3, 500


def open_opinion_map(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    question: str,
    opinions: Sequence[str],
    closes_at: datetime,
    least_group: int = LEAST_GROUP,
    demo: bool = False,
) -> OpinionMap:
    """Ask at a table what people think of some statements, until a moment.

    least_group: fewer people than these are never shown as a group. NotFound if there is no such
    table; Conflict if it is closed; Invalid on `opinions`, `closes_at` or `least_group`.
    """
    table = table_in_hand(tx, table_id)
    require(tx.actor, Permission.OPEN_OPINION_MAP, zone_id=table.zone_id, table_id=table.id)
    require_working(table)
    _check(opinions, closes_at, least_group, now=tx.now)
    opened = OpinionMap(
        table_id=table.id,
        title=title,
        question=question,
        least_group=least_group,
        opened_at=tx.now,
        closes_at=closes_at,
        demo=demo,
    )
    tx.session.add(opened)
    tx.flush()
    tx.record(
        opinions_stream(opened.id),
        OpinionMapOpened(
            map_id=opened.id,
            table_id=table.id,
            closes_at=closes_at,
            least_group=least_group,
            title=FreeText(title),
            question=FreeText(question),
        ),
    )
    for number, body in enumerate(opinions, start=1):
        add_opinion(tx, opened, number=number, body=body, state=OpinionState.ADMITTED)
    return opened


def close_opinion_map(tx: Transaction, *, map_id: int) -> OpinionMap:
    """Take no more answers; a worker draws the map. Conflict if it is closed."""
    closed = locked_map(tx, map_id)
    require_at(tx, Permission.CLOSE_OPINION_MAP, closed)
    if not closed.is_open:
        raise Conflict(_("This map is closed already."))
    _close(tx, closed)
    return closed


def end_opinion_map(tx: Transaction, *, map_id: int) -> bool:
    """Close a map whose last moment has passed; False if there was nothing to do. Idempotent."""
    ended = locked_map(tx, map_id)
    require_at(tx, Permission.END_OPINION_MAP, ended)
    if not ended.is_open or tx.now < ended.closes_at:
        return False
    _close(tx, ended)
    return True


def draw_opinion_map(tx: Transaction, *, map_id: int) -> OpinionMap:
    """Draw a closed map, publish what was answered, erase who answered it. Idempotent.

    Nothing is published of fewer people than two groups of the least size have. Conflict if the
    map is open.
    """
    drawn = locked_map(tx, map_id)
    require_at(tx, Permission.DRAW_OPINION_MAP, drawn)
    if drawn.is_open:
        raise Conflict(_("A map is drawn once it is closed."))
    if drawn.drawn_at is not None:
        return drawn
    asked = [one.number for one in admitted(get_map(tx.session, map_id))]
    matrix = matrix_of(asked, answers_by_person(tx.session, map_id))
    picture = picture_of(matrix, least_group=drawn.least_group)
    published = None if picture is None else as_csv(matrix).encode()
    drawn.drawn_at, drawn.picture = tx.now, None if picture is None else dict(picture)
    if published is not None:
        tx.session.add(OpinionInput(map_id=map_id, content=published))
    ids = [one.id for one in drawn.opinions]
    tx.session.execute(delete(OpinionAnswer).where(OpinionAnswer.opinion_id.in_(ids)))
    tx.record(
        opinions_stream(map_id),
        OpinionMapDrawn(
            map_id=map_id,
            participants=len(matrix.values),
            input_sha256=sha256(published).hexdigest() if published else None,
            picture_sha256=sha256_of(drawn.picture) if drawn.picture else None,
        ),
    )
    return drawn


def _close(tx: Transaction, opinion_map: OpinionMap) -> None:
    opinion_map.closed_at = tx.now
    tx.record(opinions_stream(opinion_map.id), OpinionMapClosed(map_id=opinion_map.id))


def _check(
    opinions: Sequence[str], closes_at: datetime, least_group: int, *, now: datetime
) -> None:
    if len(set(opinions)) < len(opinions):
        raise Invalid.at("opinions", _("A statement stands there twice: take one away."))
    if not LEAST_OPINIONS <= len(opinions) <= MOST_OPINIONS:
        told = _(
            "Write %(least)s to %(most)s statements, one a line.",
            least=LEAST_OPINIONS,
            most=MOST_OPINIONS,
        )
        raise Invalid.at("opinions", told)
    if closes_at <= now:
        raise Invalid.at("closes_at", _("Choose a moment in the future."))
    if least_group < LEAST_GROUP:
        told = _("Groups of fewer than %(least)s people could be recognised.", least=LEAST_GROUP)
        raise Invalid.at("least_group", told)
