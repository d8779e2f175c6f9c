"""How long a sign-in lasts, by the roles that its person has now: one table.

NIST SP 800-63B-4 (2.1.3, 2.2.3) and ASVS 5.0 V7.3 ask for two limits: one since the sign-in,
and one without activity. A citizen's account reads what is public and writes in one's own
name: it is asked for the password each month. A public official or a union's delegate acts
for others, often at a shared desk: a working day without activity ends the sign-in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor, Role
from consultazione.people.models import (
    Installer,
    Mandate,
    RoleGrant,
    SignIn,
    TerritoryCoordinator,
)


@dataclass(frozen=True)
class Lifetime:
    """The two limits of a sign-in: without activity, and in all."""

    idle: timedelta
    absolute: timedelta


_CITIZEN = Lifetime(idle=timedelta(days=14), absolute=timedelta(days=30))
_AT_A_TABLE = Lifetime(idle=timedelta(hours=12), absolute=timedelta(days=7))
_IN_THE_ZONE = Lifetime(idle=timedelta(hours=8), absolute=timedelta(days=7))

LIFETIMES: dict[Role, Lifetime] = {
    Role.PARTICIPANT: _CITIZEN,
    Role.UNION_DELEGATE: _AT_A_TABLE,
    Role.FACILITATOR: _AT_A_TABLE,
    Role.COORDINATOR: _AT_A_TABLE,
    Role.PLAN_OFFICE: _IN_THE_ZONE,
    Role.ADMINISTRATOR: _IN_THE_ZONE,
    Role.PROVINCIAL_COORDINATOR: _IN_THE_ZONE,
    Role.INSTALLER: _IN_THE_ZONE,
}
LONGEST = _CITIZEN
# Activity is written down this often at most: nobody's page waits for a write each time.
NOTED_EVERY = timedelta(minutes=5)


def lifetime_of(actor: Actor) -> Lifetime:
    """The limits for a person: the shortest of all roles that they have anywhere now."""
    found = [LIFETIMES[grant.role] for grant in actor.grants | actor.held_back] or [LONGEST]
    return Lifetime(min(one.idle for one in found), min(one.absolute for one in found))


def lives(row: SignIn, actor: Actor, now: datetime) -> bool:
    """True if neither limit of a sign-in has passed; a role gained since counts, too."""
    lifetime = lifetime_of(actor)
    absolute = min(row.expires_at, row.created_at + lifetime.absolute)
    # Noted late by up to NOTED_EVERY, which must not shorten anybody's time.
    return now < absolute and now < row.seen_at + lifetime.idle + NOTED_EVERY


def is_noted(row: SignIn, now: datetime) -> bool:
    """True if the activity of this moment needs no writing down: one of a moment ago is noted."""
    return now < row.seen_at + NOTED_EVERY


def note_seen(session: Session, digests: Collection[bytes], now: datetime) -> None:
    """Write down that some sign-ins, by the digests of their keys, are in use."""
    late = SignIn.token_digest.in_(digests), SignIn.seen_at <= now - NOTED_EVERY
    session.execute(update(SignIn).where(*late).values(seen_at=now))


def doubtful(session: Session, now: datetime) -> Sequence[SignIn]:
    """The sign-ins that may be over: past a citizen's limits, or past any of somebody with rights.

    Locks them; those that somebody else has locked are in use, and left out.
    """
    shortest = Lifetime(
        min(one.idle for one in LIFETIMES.values()), min(one.absolute for one in LIFETIMES.values())
    )
    holders = (RoleGrant, Mandate, TerritoryCoordinator, Installer)
    entitled = or_(*(SignIn.person_id.in_(select(holder.person_id)) for holder in holders))
    over = _past(LONGEST, now) | (SignIn.expires_at <= now) | (entitled & _past(shortest, now))
    return session.scalars(select(SignIn).where(over).with_for_update(skip_locked=True)).all()


def _past(lifetime: Lifetime, now: datetime) -> ColumnElement[bool]:
    return or_(SignIn.seen_at <= now - lifetime.idle, SignIn.created_at <= now - lifetime.absolute)
