"""Finding the place that a page is about: a cycle, its zone, and the zone's other cycles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, exists, false, select
from sqlalchemy.orm import Session, aliased, contains_eager

from consultazione.core.errors import NotFound
from consultazione.zones.models import Cycle, Zone
from consultazione.zones.queries import NEWEST

_NO_ZONE = _("There is no such zone: choose one on the home page.")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
# Each page asks this: composing it anew would take longer than its answer.
_WANTED, _OTHER = aliased(Cycle), aliased(Zone)
_PLACES = (
    select(Cycle, _WANTED.id, ~exists().where(_OTHER.id != _WANTED.zone_id))
    .join(Cycle.zone)
    .outerjoin(Zone.territory)
    .options(contains_eager(Cycle.zone).contains_eager(Zone.territory))
    .join(_WANTED, _WANTED.zone_id == Cycle.zone_id)
    .order_by(*NEWEST)
)


@dataclass(frozen=True)
class Found:
    """A cycle; all cycles of its zone, the current one first; whether there is no other zone."""

    cycle: Cycle
    cycles: Sequence[Cycle]
    is_only: bool

    @property
    def is_past(self) -> bool:
        """True if the zone plans in a later cycle by now."""
        return self.cycle.id != self.cycles[0].id


class Places:
    """Finds places in the database, each with one statement."""

    def at(self, session: Session, zone: str | None, years: str | None) -> Found:
        """The place that an address names.

        zone: a slug; None for the first zone. years: such as 2018-2020; None for the current
        cycle of the zone. NotFound if there is no such zone or cycle.
        """
        if not (zone or "").isprintable():
            raise NotFound(_NO_ZONE)
        wanted = select(Cycle.id).join(Cycle.zone).order_by(Zone.id, *NEWEST).limit(1)
        if zone is not None:
            wanted = wanted.where(Zone.slug == zone)
        elif years is not None:
            wanted = wanted.where(
                Zone.id == select(Zone.id).order_by(Zone.id).limit(1).scalar_subquery()
            )
        if years is not None:
            wanted = wanted.where(_of_years(years))
        return self.of(session, wanted) or self._nothing(session, zone)

    def of(self, session: Session, cycle_id: Select[int]) -> Found | None:
        """The place of the cycle whose id is selected; None if nothing is."""
        query = _PLACES.where(_WANTED.id == cycle_id.scalar_subquery())
        rows = session.execute(query).all()
        here = next((row for row in rows if row[0].id == row[1]), None)
        return Found(here[0], [row[0] for row in rows], here[2]) if here else None

    def _nothing(self, session: Session, zone: str | None) -> Found:
        known = select(Zone.id).where(Zone.slug == zone) if zone else select(Zone.id)
        if session.scalar(known.limit(1)):
            raise NotFound(
                _("The zone has no cycle of these years: choose one on the zone’s page.")
            )
        if zone:
            raise NotFound(_NO_ZONE)
        raise NotFound(_("No zone has been set up here yet."))


def _of_years(years: str) -> ColumnElement[bool]:
    """The condition that a cycle has the years that an address names; false if it names none."""
    named = _YEARS.fullmatch(years)
    if named is None:
        return false()
    return and_(Cycle.first_year == int(named[1]), Cycle.last_year == int(named[2]))
