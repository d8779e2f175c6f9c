"""The figures of bodies by year."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.sharing.events import FIGURES_DETAILS, FiguresRecorded
from consultazione.sharing.models import BodyFigures
from consultazione.sharing.queries import figures_of
from consultazione.zones.events import zone_stream
from consultazione.zones.models import Body

# A signed 32-bit column holds more; no body of Italy has as many inhabitants.
MOST = 100_000_000


def record_figures(
    tx: Transaction,
    *,
    body_id: int,
    year: int,
    source: str,
    population: int | None = None,
    users: int | None = None,
    demo: bool = False,
) -> BodyFigures:
    """Record what is counted of a body in a year, as a further version if there is one.

    Idempotent: what is recorded already is left as it is. Locks the body. NotFound if there is
    none; Invalid on `population`, `users` or `source`.
    """
    body = tx.session.get(Body, body_id, with_for_update={"key_share": True})
    if body is None:
        raise NotFound(_("There is no such body."))
    require(tx.actor, Permission.RECORD_FIGURES, zone_id=body.zone_id)
    _check(population, users, source)
    last = figures_of(tx.session, body_id, year)
    if last and (last.population, last.users, last.source) == (population, users, source):
        return last
    row = BodyFigures(
        body_id=body_id,
        year=year,
        version=last.version + 1 if last else 1,
        population=population,
        users=users,
        source=source,
        recorded_at=tx.now,
        demo=demo,
    )
    tx.session.add(row)
    tx.flush()
    tx.record(
        zone_stream(body.zone_id),
        FiguresRecorded(
            body_id=body_id,
            year=year,
            version=row.version,
            inhabitants=population,
            served=users,
            details=FIGURES_DETAILS.of(row),
        ),
    )
    return row


def _check(population: int | None, users: int | None, source: str) -> None:
    if population is None and users is None:
        raise Invalid.at("population", _("Write the inhabitants, the users, or both."))
    if population is not None and not 1 <= population <= MOST:
        raise Invalid.at("population", _("Write a number of inhabitants above zero."))
    if users is not None and not 0 <= users <= MOST:
        raise Invalid.at("users", _("Write a number of users of zero or more."))
    if not source.strip():
        raise Invalid.at("source", _("Write where these figures come from."))
