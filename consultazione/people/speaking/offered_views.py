"""The voices that a form offers to who reads it, for the templates of every feature."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.people.queries import valid_mandates
from consultazione.people.speaking.choosing import OWN
from consultazione.web.current_zone import current_zone
from consultazione.web.request_db import actor, snapshot


def own_voices(seated: Collection[int] = ()) -> list[tuple[int, str]]:
    """In whose name the reader can act in this zone, the usual one first; none for a visitor.

    seated: the organisations that come first, as at a table. Templates know this as
    `own_voices(...)`; the numbers are what an act is given as `voice`.
    """
    who = actor()
    if who.person_id is None:
        return []
    found = valid_mandates(snapshot(), who.person_id, at=clock.now())
    here = [m for m in found if m.organisation.zone_id == current_zone().id]
    here.sort(key=lambda m: (m.organisation_id not in seated, m.id))
    alone = _("%(name)s, for yourself", name=who.display_name)
    return [*((m.id, m.organisation.name) for m in here), (OWN, alone)]
