"""From whom a role comes: two people count as two only if no third, or one of them, made both.

Dual authorisation as in NIST SP 800-53 AC-3(2) is worth nothing if one person hands out the
second key. Whom the platform gave a role stands for themselves; everybody else for those who
gave it to them too, even after these lost their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Role
from consultazione.core.errors import Sentence
from consultazione.core.log import EntryRow
from consultazione.people.events import RoleGiven
from consultazione.people.models import RoleGrant
from consultazione.zones.events import zone_stream

# The roles that propose and confirm.
RUNS_ZONE = (Role.ADMINISTRATOR, Role.PLAN_OFFICE)


def backers_of(session: Session, person_id: int, zone_id: int) -> set[int]:
    """The person, and those from whom they have their part in running a zone.

    Empty if they have none, so that nobody vouches for them.
    """
    mine = RoleGrant.person_id == person_id, RoleGrant.role.in_(RUNS_ZONE)
    query = select(RoleGrant.backers).where(*mine)
    grants = session.scalars(
        query.where(RoleGrant.zone_id == zone_id, RoleGrant.table_id.is_(None))
    ).all()
    if not grants:
        return set()
    return {person_id}.union(*([] if [] in grants else grants))


def why_not_two(
    session: Session, first: int | None, second: int | None, *, zone_id: int
) -> Sentence | None:
    """Why two people do not count as two in a zone; None if they do.

    first: who began it. second: who is to confirm it, and runs the zone.
    """
    begun = backers_of(session, first or 0, zone_id)
    if not begun:
        return _(
            "Who began this does not run the zone any more: somebody who does has to begin it anew."
        )
    if begun & backers_of(session, second or 0, zone_id):
        return _(
            "You and who began this have your roles from each other or from the same person: "
            "somebody else has to confirm it. If there is nobody else, ask whoever runs this site."
        )
    return None


def made_each_other(
    session: Session, person_id: int, others: Collection[int], *, zone_id: int
) -> bool:
    """Whether a person made one of others a facilitator, or was made one by them.

    Directly, or through administrators. The log tells it, so that a role which was taken back
    since counts too.
    """
    given = _givers(session, zone_id)
    own = _makers(given, person_id)
    return any(one in own or person_id in _makers(given, one) for one in others)


# Who gave a role to whom in a zone; None for the platform.
_Givers = Mapping[tuple[Role, int], Collection[int | None]]


def _givers(session: Session, zone_id: int) -> _Givers:
    holder = EntryRow.data["person_id"].astext.cast(BigInteger)
    query = select(EntryRow.data["role"].astext, holder, EntryRow.actor_id).where(
        EntryRow.stream == zone_stream(zone_id), EntryRow.kind == RoleGiven.kind
    )
    given: dict[tuple[Role, int], set[int | None]] = {}
    for role, person_id, giver in session.execute(query):
        given.setdefault((Role(role), person_id), set()).add(giver)
    return given


def _makers(given: _Givers, person_id: int) -> set[int]:
    """Those from whom a facilitator has the role; nobody if the platform gave it, too."""
    found: set[int] = set()
    asked = [(Role.FACILITATOR, person_id)]
    while asked:
        givers = given.get(asked.pop(), ())
        new = set() if None in givers else {one for one in givers if one is not None} - found
        found |= new
        asked += [(Role.ADMINISTRATOR, one) for one in new]
    return found
