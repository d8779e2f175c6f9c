"""Convening a sitting and putting points on its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.clock import in_rome
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.people.permissions import require
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.sittings.agenda import NewPoint, is_any_other_business
from consultazione.sittings.commands.fetch import require_at, sitting_alone
from consultazione.sittings.commands.quorums import change_quorum
from consultazione.sittings.commands.reordering import agenda_of, put_in_order
from consultazione.sittings.commands.video import put_video
from consultazione.sittings.events import PointAdded, SittingConvened, sitting_stream
from consultazione.sittings.models import AgendaPoint, Sitting, SittingState
from consultazione.sittings.quorums.base import QuorumTerms
from consultazione.tables.models import ThematicTable


def convene_sitting(
    tx: Transaction,
    *,
    table_id: int,
    title: str,
    place: str,
    starts_at: datetime,
    points: Sequence[NewPoint],
    quorum: QuorumTerms | None = None,
    video_url: str = "",
    demo: bool = False,
) -> Sitting:
    """Convene a sitting of a table.

    Invalid without a point, for a day that is past, or for a video whose address is not https.
    quorum: how many must be there for it to decide; nobody in particular, if left out.
    video_url: where it can be seen; nowhere else, if left out.
    """
    table = tx.session.get(ThematicTable, table_id)
    if table is None:
        raise NotFound(_("There is no such table."))
    require(tx.actor, "convene_sitting", zone_id=table.zone_id, table_id=table.id)
    _check_day(tx, starts_at)
    if not points:
        empty = _("Write at least one point of the agenda.")
        raise Invalid(empty, fields={"agenda": [empty]})
    sitting = Sitting(
        table_id=table.id,
        title=title,
        place=place,
        starts_at=starts_at,
        state=SittingState.CONVENED,
        convened_at=tx.now,
        convened_by=tx.actor.person_id,
        demo=demo,
    )
    record_convened(tx, sitting)
    put_video(tx, sitting, video_url)
    for rank, point in enumerate(points, start=1):
        put_point(tx, sitting, _titled(tx, sitting, point), rank)
    change_quorum(tx, sitting, quorum or QuorumTerms())
    return sitting


def record_convened(tx: Transaction, sitting: Sitting) -> None:
    """A new sitting begins its stream."""
    tx.session.add(sitting)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        SittingConvened(
            sitting_id=sitting.id,
            table_id=sitting.table_id,
            starts_at=sitting.starts_at,
            title=FreeText(sitting.title),
            place=FreeText(sitting.place),
        ),
    )


def add_point(
    tx: Transaction,
    *,
    sitting_id: int,
    title: str = "",
    minutes_planned: int | None = None,
    proposal_id: int | None = None,
) -> AgendaPoint:
    """Put one more point at the end of an agenda, but before any other business.

    Conflict once the sitting was opened.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "add_point", sitting)
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The agenda is fixed: the sitting has been opened."))
    last = select(func.max(AgendaPoint.rank)).filter_by(sitting_id=sitting.id)
    rank = (tx.session.scalar(last) or 0) + 1
    new = _titled(tx, sitting, NewPoint(title, minutes_planned, proposal_id))
    point = put_point(tx, sitting, new, rank)
    *agenda, _added = agenda_of(tx, sitting.id)
    if agenda and is_any_other_business(agenda[-1].title):
        put_in_order(tx, sitting, [*agenda[:-1], point, agenda[-1]])
    return point


def put_point(tx: Transaction, sitting: Sitting, new: NewPoint, rank: int) -> AgendaPoint:
    """A point with its title stands on an agenda from now on."""
    point = AgendaPoint(
        sitting_id=sitting.id,
        rank=rank,
        title=new.title,
        minutes_planned=new.minutes_planned,
        proposal_id=new.proposal_id,
    )
    tx.session.add(point)
    tx.flush()
    tx.record(
        sitting_stream(sitting.id),
        PointAdded(
            point_id=point.id,
            rank=rank,
            title=FreeText(point.title),
            minutes_planned=new.minutes_planned,
            proposal_id=new.proposal_id,
        ),
    )
    return point


def _titled(tx: Transaction, sitting: Sitting, new: NewPoint) -> NewPoint:
    return replace(new, title=_title(tx, sitting, new))


def _title(tx: Transaction, sitting: Sitting, new: NewPoint) -> str:
    """The point's own title, else that of its proposal, which must be up for discussion."""
    if new.proposal_id is None:
        if not new.title:
            missing = _("Write the title of the point, or choose a proposal.")
            raise Invalid(missing, fields={"title": [missing]})
        return new.title
    proposal = tx.session.get(Proposal, new.proposal_id)
    admitted = proposal is not None and proposal.state is ProposalState.ADMITTED
    if proposal is None or not admitted or proposal.table_id != sitting.table_id:
        wrong = _("Choose a proposal that this table has admitted.")
        raise Invalid(wrong, fields={"proposal_id": [wrong]})
    return new.title or proposal.title


def _check_day(tx: Transaction, starts_at: datetime) -> None:
    """People convene for today or later; the platform also loads what is long past."""
    if not tx.actor.is_system and in_rome(starts_at).date() < tx.today:
        past = _("Choose a day that is not past.")
        raise Invalid(past, fields={"starts_at": [past]})
