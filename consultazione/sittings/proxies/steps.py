"""Steps of proxies that several commands share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, or_, select

from consultazione.core.columns import among
from consultazione.core.db import Transaction
from consultazione.people.models import Mandate
from consultazione.sittings.events import attendance_stream
from consultazione.sittings.models import Attendance
from consultazione.sittings.proxies.events import ProxyEnded
from consultazione.sittings.proxies.models import Proxy, ProxyEnd


def end_proxy(tx: Transaction, proxy: Proxy, reason: ProxyEnd) -> None:
    """End and record a proxy, which the caller has locked FOR UPDATE."""
    proxy.ended_at, proxy.ended_because = tx.now, reason
    ended = ProxyEnded(proxy_id=proxy.id, sitting_id=proxy.sitting_id, reason=reason)
    tx.record(attendance_stream(proxy.sitting_id), ended)


def end_proxies_of(tx: Transaction, arrived: Collection[Attendance]) -> None:
    """End the proxies of those who have come into a sitting themselves.

    That of an organisation ends when anybody comes for it: a delegate or who stands in for one.
    Locks the proxies FOR UPDATE, in the order of their ids.
    """
    for sitting_id in {attendance.sitting_id for attendance in arrived}:
        persons = {attendance.person_id for attendance in arrived}
        mandates = {attendance.mandate_id for attendance in arrived} - {None}
        for proxy in _proxies_of(tx, sitting_id, persons, mandates):
            end_proxy(tx, proxy, ProxyEnd.CAME)


def lock_held(
    tx: Transaction, sitting_id: int, holder_ids: Iterable[int]
) -> dict[int, list[Proxy]]:
    """Return the proxies that persons hold in a sitting, by holder, locked FOR SHARE.

    So that nobody's vote is cast by proxy while they come in: they wait, and find it cast.
    """
    query = (
        select(Proxy)
        .where(Proxy.sitting_id == sitting_id, among(Proxy.holder_id, holder_ids))
        .where(Proxy.ended_at.is_(None))
        .order_by(Proxy.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    held: dict[int, list[Proxy]] = {}
    for proxy in tx.session.scalars(query):
        held.setdefault(proxy.holder_id, []).append(proxy)
    return held


def _proxies_of(
    tx: Transaction, sitting_id: int, persons: Collection[int], mandates: Collection[int | None]
) -> list[Proxy]:
    organisations = select(Mandate.organisation_id).where(Mandate.id.in_(mandates))
    theirs: ColumnElement[bool] = Proxy.giver_id.in_(persons)
    if mandates:
        theirs = or_(theirs, Proxy.organisation_id.in_(organisations))
    query = select(Proxy).where(Proxy.sitting_id == sitting_id, Proxy.ended_at.is_(None), theirs)
    locked = query.order_by(Proxy.id).with_for_update()
    return list(tx.session.scalars(locked.execution_options(populate_existing=True)))
