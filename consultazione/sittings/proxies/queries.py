"""The proxies of a sitting, as each reader may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may
from consultazione.people.confirming import needs_second_person
from consultazione.people.models import Mandate
from consultazione.sittings.models import Sitting
from consultazione.sittings.proxies.models import Proxy, ProxyEnd


@dataclass(frozen=True)
class ProxyShown:
    """A proxy with the names that a reader may see; None for those that they may not.

    yours: whether the reader gave it. answered: whether they may withdraw it.
    """

    id: int
    giver: str | None
    organisation: str | None
    holder: str | None
    written_act: str | None
    given_at: datetime
    ended_at: datetime | None
    ended_because: ProxyEnd | None
    yours: bool
    answered: bool


def proxies_shown(session: Session, sitting: Sitting, reader: Actor) -> list[ProxyShown]:
    """Return the proxies of a sitting in the order of their giving.

    Who gave, who holds, and by which act is told to both and to the desk; to others only whose
    organisation is represented and by whom. Of persons without an organisation others see that
    there is a proxy.
    """
    table = sitting.table
    desk = may(reader, Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id)
    query = (
        select(Proxy)
        .options(joinedload(Proxy.giver), joinedload(Proxy.holder))
        .options(joinedload(Proxy.mandate).joinedload(Mandate.organisation))
        .where(Proxy.sitting_id == sitting.id)
        .order_by(Proxy.id)
    )
    return [_shown(proxy, reader, at_desk=desk) for proxy in session.scalars(query)]


def get_proxy(session: Session, proxy_id: int) -> Proxy:
    """Return a proxy; NotFound if there is none."""
    proxy = session.get(Proxy, proxy_id)
    if proxy is None:
        raise NotFound(_("There is no such proxy."))
    return proxy


def held_by(
    session: Session, sitting_id: int, person_ids: Collection[int]
) -> dict[int, list[Proxy]]:
    """Return the proxies that persons hold now in a sitting, by holder."""
    query = (
        select(Proxy)
        .options(joinedload(Proxy.giver))
        .options(joinedload(Proxy.mandate).joinedload(Mandate.organisation))
        .where(Proxy.sitting_id == sitting_id, Proxy.holder_id.in_(person_ids))
        .where(Proxy.ended_at.is_(None))
        .order_by(Proxy.id)
    )
    held: dict[int, list[Proxy]] = {}
    for proxy in session.scalars(query):
        held.setdefault(proxy.holder_id, []).append(proxy)
    return held


def name_of(proxy: Proxy) -> str:
    """The name of who gave a proxy, with the organisation whose vote it is."""
    name = proxy.giver.shown_name
    return name if proxy.mandate is None else f"{name} ({proxy.mandate.organisation.name})"


def _shown(proxy: Proxy, reader: Actor, *, at_desk: bool) -> ProxyShown:
    organisation = None if proxy.mandate is None else proxy.mandate.organisation
    yours = reader.person_id is not None and reader.person_id == proxy.giver_id
    concerned = at_desk or yours or reader.person_id == proxy.holder_id
    told = concerned or organisation is not None
    for_union = organisation is not None and needs_second_person(organisation)
    return ProxyShown(
        id=proxy.id,
        giver=proxy.giver.shown_name if told else None,
        organisation=organisation.name if organisation else None,
        holder=proxy.holder.shown_name if told else None,
        written_act=proxy.written_act if concerned else None,
        given_at=proxy.given_at,
        ended_at=proxy.ended_at,
        ended_because=proxy.ended_because,
        yours=yours,
        answered=proxy.ended_at is None and (yours or (at_desk and not for_union)),
    )
