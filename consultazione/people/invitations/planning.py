"""What becomes of each person of a list: invited, left out, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _
from sqlalchemy import ARRAY, String, any_, literal, select
from sqlalchemy.orm import Session

from consultazione.core.actor import Role
from consultazione.core.errors import Sentence
from consultazione.people.invitations.models import Invitation, InvitationState
from consultazione.people.invitations.rows import Invitee
from consultazione.people.models import Category, Organisation, Person
from consultazione.people.own_data.names import name_key

# A table as this feature, which stands before tables, is told of it: its name and its number.
Tables = Iterable[tuple[str, int]]


@dataclass(frozen=True)
class Planned:
    """Whom the list names and what they get; left_out: why nothing is to be done, or None."""

    invitee: Invitee
    organisation: Organisation | None
    table_id: int | None
    left_out: Sentence | None


@dataclass(frozen=True)
class Plan:
    """All of a list. invited and left_out follow the order of its lines, faults too."""

    invited: Sequence[Planned] = ()
    left_out: Sequence[Planned] = ()
    faults: Sequence[tuple[int, Sentence]] = field(default=())


def plan_of(session: Session, zone_id: int, found: Sequence[Invitee], tables: Tables) -> Plan:
    """What becomes of everybody on a list; `tables`: those of the zone's current cycle."""
    look_up = _LookUp(session, zone_id, [one.email for one in found], tables)
    planned, faults = [], []
    for one in found:
        result = look_up.plan(one)
        faults += [(one.line, fault) for fault in one.faults]
        planned.append(result)
    right = [row for row in planned if not row.invitee.faults]
    return Plan(
        invited=[row for row in right if row.left_out is None],
        left_out=[row for row in right if row.left_out is not None],
        faults=faults,
    )


class _LookUp:
    """The registers against which lines are held, read once for all of them."""

    def __init__(
        self, session: Session, zone_id: int, emails: Sequence[str], tables: Tables
    ) -> None:
        standing = Organisation.zone_id == zone_id, Organisation.withdrawn_at.is_(None)
        rows = session.scalars(select(Organisation).where(*standing))
        self._organisations = {name_key(row.name): row for row in rows}
        self._tables = {name_key(name): table_id for name, table_id in tables}
        # As one array: a parameter for each of ten thousand takes long to compile.
        known = select(Person.email).where(
            Person.email == any_(literal(list(emails), ARRAY(String)))
        )
        self._accounts = set(session.scalars(known))
        waiting = select(Invitation.email).where(
            Invitation.zone_id == zone_id, Invitation.state == InvitationState.OPEN
        )
        self._invited = set(session.scalars(waiting))

    def plan(self, one: Invitee) -> Planned:
        """What becomes of a line; notes on it what is not in the registers."""
        organisation = self._organisations.get(name_key(one.organisation))
        if one.organisation and organisation is None:
            one.faults.append(
                _(
                    "“%(name)s” is not in the register: correct the name, or enter it first.",
                    name=one.organisation,
                )
            )
        table_id = self._tables.get(name_key(one.table))
        if one.table and table_id is None:
            one.faults.append(_("There is no table “%(name)s” in this cycle.", name=one.table))
        if _is_partial(organisation, one.role):
            one.faults.append(
                _("Who administers or plans cannot speak for a union: leave one of them out.")
            )
        return Planned(one, organisation, table_id, self._why_left_out(one))

    def _why_left_out(self, one: Invitee) -> Sentence | None:
        if one.email in self._accounts:
            return _("There is an account with this address: give roles and mandates to it.")
        if one.email in self._invited:
            return _("This address is invited already.")
        return None


def _is_partial(organisation: Organisation | None, role: Role | None) -> bool:
    is_union = organisation is not None and organisation.category is Category.UNION
    return is_union and role in (Role.ADMINISTRATOR, Role.PLAN_OFFICE)
