"""What sittings and the points of their agendas must say by their stream; rehearsals are out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultazione.core.audit import (
    ACTOR,
    AT,
    FORGET,
    ITEM,
    NOTHING,
    NTH,
    OF_STREAM,
    Audit,
    Folded,
    Is,
    Part,
    Past,
    Said,
    adds,
    does,
    register,
    sets,
    sets_each,
)
from consultazione.core.clock import in_rome
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.sittings.models import (
    AgendaPoint,
    PointState,
    Sitting,
    SittingChange,
    SittingState,
    SittingVersion,
)

_SITTING = {"id": OF_STREAM}
_CONVOCATION = ("title", "place", "starts_at", "places")


def if_given(name: str) -> Any:
    """The field, unless it is left out, which means that nothing changes."""

    def read(entry: Past, _said: Said) -> object:
        value = entry.data.get(name)
        return NOTHING if value is None else value

    return read


def if_known(name: str) -> Any:
    """The field, unless it is left out, which means that it is not known."""

    def read(entry: Past, _said: Said) -> object:
        value = entry.data.get(name)
        return FORGET if value is None else value

    return read


def _on_another_day(name: str) -> Any:
    """None if the sitting begins anew on another day."""

    def read(entry: Past, said: Said) -> object:
        before, now = said.get("starts_at"), entry.data["starts_at"]
        if before is None:
            return FORGET
        is_same = in_rome(datetime.fromisoformat(before)).date() == (
            in_rome(datetime.fromisoformat(now)).date()
        )
        return NOTHING if is_same else None

    read.__name__ = name
    return read


def _first(_entry: Past, said: Said) -> object:
    return said.get("first_starts_at") or said.get("starts_at", FORGET)


def _quorum(entry: Past, _said: Said) -> Part:
    data = entry.data
    terms = {name: data[name] for name in ("least", "percent", "by_category") if name in data}
    return Part({"kind": data["quorum_kind"], **terms})


SITTING = Audit(
    Sitting,
    adds(
        "sitting.convened",
        **_SITTING,
        table_id="table_id",
        title="title",
        place="place",
        starts_at="starts_at",
        state=Is(SittingState.CONVENED),
        convened_at=AT,
        convened_by=ACTOR,
        opened_at=Is(None),
        closed_at=Is(None),
        presided_by=Is(None),
        quorum=Is(None),
        places="places",
        video_url=Is(None),
        revision=Is(0),
        first_starts_at=Is(None),
        second_of="second_of",
        roll_called_at=Is(None),
        cancelled_at=Is(None),
        cancelled_reason=Is(None),
        early_reason=Is(None),
        reopened_reason=Is(None),
        secretary_id=Is(None),
    ),
    sets("sitting.secretary_named", **_SITTING, secretary_id="person_id"),
    sets(
        "sitting.corrected",
        **_SITTING,
        title="title",
        place="place",
        starts_at="starts_at",
        places="places",
        revision="revision",
        roll_called_at=_on_another_day("roll_called_at"),
        presided_by=_on_another_day("presided_by"),
        early_reason=_on_another_day("early_reason"),
    ),
    sets(
        "sitting.postponed",
        **_SITTING,
        place="place",
        starts_at="starts_at",
        revision="revision",
        first_starts_at=_first,
        roll_called_at=Is(None),
        presided_by=Is(None),
        early_reason=Is(None),
    ),
    sets(
        "sitting.cancelled",
        **_SITTING,
        state=Is(SittingState.CANCELLED),
        cancelled_at=AT,
        cancelled_reason="reason",
        revision="revision",
    ),
    sets(
        "sitting.roll_called",
        **_SITTING,
        roll_called_at=AT,
        presided_by="presided_by",
        early_reason=if_given("early_reason"),
    ),
    sets(
        "sitting.opened",
        **_SITTING,
        state=Is(SittingState.OPEN),
        opened_at=AT,
        presided_by="presided_by",
        early_reason=if_given("early_reason"),
    ),
    sets(
        "sitting.reopened",
        **_SITTING,
        state=Is(SittingState.OPEN),
        closed_at=Is(None),
        reopened_reason="reason",
    ),
    sets("sitting.closed", **_SITTING, state=Is(SittingState.CLOSED), closed_at=AT),
    sets("sitting.video_set", **_SITTING, video_url="video_url"),
    sets("quorum.set", **_SITTING, quorum=_quorum),
    only=Sitting.rehearses.is_(None),
)


def _convened(rows: Folded, entry: Past) -> None:
    rows.memory[OF_STREAM(entry, {})] = dict(entry.data)


def _changed(change: SittingChange) -> Any:
    """What the convocation said until now becomes a version."""

    def step(rows: Folded, entry: Past) -> None:
        sitting_id = OF_STREAM(entry, {})
        said = rows.memory.setdefault(sitting_id, {})
        rows.say(
            (sitting_id, entry.data["revision"] - 1),
            entry,
            change=change,
            reason=entry.data["reason"],
            replaced_at=entry.at,
            replaced_by=entry.actor_id,
            **{name: said[name] for name in _CONVOCATION if name in said},
        )
        said |= {name: entry.data[name] for name in _CONVOCATION if name in entry.data}

    return step


_OF_VERSION = {
    name: Is(None) for name in (*_CONVOCATION, "change", "reason", "replaced_at", "replaced_by")
}
VERSION = Audit(
    SittingVersion,
    does("sitting.convened", _convened),
    does("sitting.corrected", _changed(SittingChange.CORRECTED), **_OF_VERSION),
    does("sitting.postponed", _changed(SittingChange.POSTPONED)),
    key=("sitting_id", "revision"),
    only=SittingVersion.sitting_id < EPHEMERAL_FROM,
)


def _started_at(entry: Past, said: Said) -> object:
    return said.get("started_at") or entry.at


def _concerns_point(entry: Past) -> bool:
    return entry.data.get("point_id") is not None


_POINT = {"id": "point_id"}
_STOPPED = {"spent": if_known("spent"), "running_since": Is(None)}
POINT = Audit(
    AgendaPoint,
    adds(
        "agenda.point_added",
        **_POINT,
        sitting_id=OF_STREAM,
        rank="rank",
        title="title",
        minutes_planned="minutes_planned",
        proposal_id="proposal_id",
        state=Is(PointState.PENDING),
        started_at=Is(None),
        ended_at=Is(None),
        spent=Is(0),
        running_since=Is(None),
        removed_reason=Is(None),
    ),
    sets_each("agenda.reordered", "point_ids", id=ITEM, rank=NTH),
    sets("agenda.point_corrected", **_POINT, title="title", minutes_planned="minutes_planned"),
    sets("agenda.point_removed", **_POINT, state=Is(PointState.REMOVED), removed_reason="reason"),
    sets(
        "agenda.point_postponed",
        **_POINT,
        state=Is(PointState.POSTPONED),
        running_since=Is(None),
    ),
    sets(
        "agenda.point_started",
        **_POINT,
        state=Is(PointState.CURRENT),
        started_at=_started_at,
        running_since=AT,
    ),
    sets("agenda.point_suspended", **_POINT, state=Is(PointState.SUSPENDED), **_STOPPED),
    sets("agenda.point_closed", **_POINT, state=Is(PointState.DONE), ended_at=AT, **_STOPPED),
    sets("sitting.suspended", when=_concerns_point, **_POINT, **_STOPPED),
    sets("sitting.resumed", when=_concerns_point, **_POINT, running_since=AT),
    only=AgendaPoint.sitting_id < EPHEMERAL_FROM,
)
REHEARSED_POINTS = select(AgendaPoint.id).where(AgendaPoint.sitting_id >= EPHEMERAL_FROM)


register("sitting", audits=(SITTING, VERSION, POINT), apart=True)
