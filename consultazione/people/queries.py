"""Queries on people: accounts, mandates, roles, and the actors built from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    cast,
    false,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, joinedload

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor, Grant, Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, NotFound
from consultazione.core.incoming.email_address import fold_address
from consultazione.people.lifetimes import lives
from consultazione.people.models import (
    ApiToken,
    Category,
    Installer,
    Mandate,
    Organisation,
    Person,
    RoleGrant,
    SignIn,
    TerritoryCoordinator,
)
from consultazione.people.second_step.models import SecondStep
from consultazione.people.second_step.rules import roles_that_ask
from consultazione.people.secret_tokens import digest_of
from consultazione.zones.models import Zone


@dataclass(frozen=True)
class Voice:
    """Whom a person speaks for: an organisation, by mandate, or only themselves (no mandate)."""

    mandate_id: int | None
    category: Category


def find_person(session: Session, email: str) -> Person | None:
    """The account with an e-mail address, however it is spelt; None if there is none.

    One that was joined to another is none: nobody signs in with it.
    """
    return session.scalar(select(Person).where(has_address(email), Person.merged_into.is_(None)))


def has_address(typed: str) -> ColumnElement[bool]:
    """Whether a person has the address that was typed, as a condition of a query."""
    try:
        return Person.email == fold_address(typed)
    except Invalid:
        return false()


def person_by_email(session: Session, email: str, *, field: str = "email") -> Person:
    """The account with an e-mail address; Invalid on the field if there is none."""
    person = find_person(session, email)
    if person is None:
        raise Invalid.at(
            field, _("Nobody has an account with this address: ask them to register first.")
        )
    return person


def valid_mandates(session: Session, person_id: int, *, at: datetime) -> list[Mandate]:
    """A person's mandates that are valid at a moment, oldest first."""
    return _valid_mandates(session, [person_id], at)


def voice_of(
    session: Session,
    person_id: int,
    *,
    zone_id: int,
    at: datetime,
    preferred: Collection[int] = (),
) -> Voice:
    """A person's voice in a zone: their oldest valid mandate there, else that of a citizen.

    preferred: as in `voices_of`.
    """
    found = voices_of(session, [person_id], zone_id=zone_id, at=at, preferred=preferred)
    return found[person_id]


def voices_of(
    session: Session,
    person_ids: Collection[int],
    *,
    zone_id: int,
    at: datetime,
    preferred: Collection[int] = (),
) -> dict[int, Voice]:
    """The voices of several persons in a zone, by person id, in one query.

    preferred: ids of organisations whose mandates come before older ones of others.
    """
    voices = dict.fromkeys(person_ids, Voice(None, Category.CITIZEN))
    found = [
        m for m in _valid_mandates(session, person_ids, at) if m.organisation.zone_id == zone_id
    ]
    # So that the last to be set is the first to count: preferred, and then the oldest.
    for mandate in sorted(found, key=lambda m: (m.organisation_id in preferred, -m.id)):
        voices[mandate.person_id] = Voice(mandate.id, mandate.organisation.category)
    return voices


def _valid_mandates(session: Session, person_ids: Collection[int], at: datetime) -> list[Mandate]:
    query = (
        select(Mandate)
        .options(joinedload(Mandate.organisation))
        .where(Mandate.person_id.in_(person_ids), Mandate.is_valid(at))
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def lock_voice(
    tx: Transaction, person_id: int, *, zone_id: int, preferred: Collection[int] = ()
) -> Voice:
    """A person's voice in a zone now, to act with it: its mandate is locked FOR SHARE.

    preferred: as in `voices_of`.
    """
    voice = voice_of(tx.session, person_id, zone_id=zone_id, at=tx.now, preferred=preferred)
    if voice.mandate_id is None or lock_valid(tx, [voice.mandate_id]):
        return voice
    return Voice(None, Category.CITIZEN)  # ended by another transaction meanwhile


def lock_valid(tx: Transaction, mandate_ids: Collection[int | None]) -> set[int]:
    """Those of several mandates that are valid now, locked FOR SHARE in the order of their ids.

    Whoever ends one meanwhile waits, or is waited for, and then it is not among them: even if
    the clock of their transaction ran ahead of this one's.
    """
    wanted = {mandate_id for mandate_id in mandate_ids if mandate_id is not None}
    return set(tx.session.scalars(_to_act_under(tx, Mandate.id.in_(wanted)))) if wanted else set()


def lock_mandate_for(tx: Transaction, person_id: int, organisation_id: int) -> Mandate | None:
    """A person's oldest mandate for an organisation, locked as by `lock_valid`; or None."""
    own = (Mandate.person_id == person_id) & (Mandate.organisation_id == organisation_id)
    mandate_id = tx.session.scalars(_to_act_under(tx, own)).first()
    return None if mandate_id is None else tx.session.get_one(Mandate, mandate_id)


def _to_act_under(tx: Transaction, condition: ColumnElement[bool]) -> Select[int]:
    return (
        select(Mandate.id)
        .where(condition, Mandate.is_valid(tx.now), Mandate.ended_at.is_(None))
        .order_by(Mandate.id)
        .with_for_update(read=True)
    )


def actor_of(session: Session, person_id: int) -> Actor:
    """The actor for a person, as of now; the visitor if there is none, or it is blocked."""
    return actors_of(session, [person_id]).get(person_id, VISITOR)


def actors_of(session: Session, person_ids: Collection[int]) -> dict[int, Actor]:
    """The actors for several persons, by person id, as of now.

    Their grants are the roles given to them, those that follow from their valid mandates, and
    for coordinators of a territory their role in each of its zones that shares its drafts; and
    that of an administrator of the installation. Roles that ask for a second step are held back
    from those who have set none up. Unknown persons are left out, and those whose account is
    blocked or joined to another.
    """
    grants = defaultdict(set)
    for person_id, role, zone_id, table_id in session.execute(_roles_of(person_ids)):
        grants[person_id].add(Grant(Role(role), zone_id, table_id))
    for mandate in _valid_mandates(session, person_ids, clock.now()):
        if mandate.organisation.category is Category.UNION:
            delegate = Grant(Role.UNION_DELEGATE, mandate.organisation.zone_id)
            grants[mandate.person_id].add(delegate)
    let_in = (
        Person.id.in_(person_ids), Person.blocked_at.is_(None), Person.merged_into.is_(None),
    )  # fmt: skip
    installs = Installer.person_id.is_not(None)
    has_step = SecondStep.person_id.is_not(None)
    query = (
        select(Person, installs, has_step)
        .outerjoin(Installer, Installer.person_id == Person.id)
        .outerjoin(SecondStep, SecondStep.person_id == Person.id)
    )
    asked = roles_that_ask(session) if grants else {}
    actors = {}
    for person, administers_all, has_two_steps in session.execute(query.where(*let_in)):
        held = grants[person.id] | ({Grant(Role.INSTALLER, None)} if administers_all else set())
        is_confirmed = person.email_confirmed_at is not None
        actor = Actor(person.id, person.shown_name, frozenset(held), is_confirmed=is_confirmed)
        actors[person.id] = actor if has_two_steps else actor.holding_back(asked)
    return actors


def _roles_of(person_ids: Collection[int]) -> CompoundSelect[Any]:
    """Selects person, role, zone and table: of roles given, and of coordinations."""
    given = select(
        RoleGrant.person_id, cast(RoleGrant.role, Text), RoleGrant.zone_id, RoleGrant.table_id
    ).where(RoleGrant.person_id.in_(person_ids))
    role, no_table = literal(Role.PROVINCIAL_COORDINATOR.value, Text), cast(null(), BigInteger)
    coordinated = (
        select(TerritoryCoordinator.person_id, role, Zone.id, no_table)
        .join(Zone, Zone.territory_id == TerritoryCoordinator.territory_id)
        .where(TerritoryCoordinator.person_id.in_(person_ids), Zone.shares_drafts)
    )
    return union_all(given, coordinated)


def actors_signed_in(session: Session, keys: Sequence[str]) -> list[Actor]:
    """The actors for browsers' keys, in order; the visitor for a revoked or expired key."""
    digests = [digest_of(key) for key in keys]
    rows = session.scalars(select(SignIn).where(SignIn.token_digest.in_(digests))).all()
    actors, now = actors_of(session, {row.person_id for row in rows}), clock.now()
    found = {
        row.token_digest: _as_signed_in(row, actor)
        for row in rows
        if (actor := actors.get(row.person_id, VISITOR)).is_signed_in and lives(row, actor, now)
    }
    return [found.get(digest, VISITOR) for digest in digests]


def signed_in(session: Session, key: str) -> tuple[SignIn, Actor] | None:
    """The sign-in for a browser's key, with its person; None if it does not count."""
    row = session.get(SignIn, digest_of(key))
    actor = actor_of(session, row.person_id) if row else VISITOR
    if row is None or not actor.is_signed_in or not lives(row, actor, clock.now()):
        return None
    return row, _as_signed_in(row, actor)


def _as_signed_in(row: SignIn, actor: Actor) -> Actor:
    """The actor behind one of their sign-ins: all their roles count in one by two steps."""
    return actor.with_two_steps() if row.has_two_factors else actor


def find_token(session: Session, token: str) -> ApiToken | None:
    """The API token with a secret, whether or not it has expired; None if it is unknown."""
    return session.scalar(select(ApiToken).where(ApiToken.token_digest == digest_of(token)))


def person_of_token(session: Session, token: str) -> int | None:
    """The id of the person whose API token this is; None if it counts for nobody now."""
    counts = (
        ApiToken.expires_at > clock.now(),
        Person.blocked_at.is_(None),
        Person.merged_into.is_(None),
    )
    query = select(Person.id).join(ApiToken, ApiToken.person_id == Person.id)
    return session.scalar(query.where(ApiToken.token_digest == digest_of(token), *counts))


def tokens_of(session: Session, person_id: int) -> list[ApiToken]:
    """A person's API tokens, newest first."""
    query = select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc())
    return list(session.scalars(query))


def sign_ins_of(session: Session, person_id: int) -> list[SignIn]:
    """A person's sign-ins that have not expired, latest first."""
    query = select(SignIn).filter_by(person_id=person_id).order_by(SignIn.created_at.desc())
    actor, now = actor_of(session, person_id), clock.now()
    return [row for row in session.scalars(query) if lives(row, actor, now)]


def organisations(
    session: Session,
    zone_id: int,
    *,
    after: int | None = None,
    limit: int | None = None,
    standing: bool = False,
) -> list[Organisation]:
    """The zone's register, by name; only those after the organisation `after`, if given.

    standing: without those that are withdrawn.
    """
    key = tuple_(_in_order(Organisation.name), Organisation.id)
    query = select(Organisation).where(Organisation.zone_id == zone_id).order_by(*key).limit(limit)
    if standing:
        query = query.where(Organisation.withdrawn_at.is_(None))
    if after is not None:
        last = get_organisation(session, after)
        query = query.where(key > tuple_(_in_order(last.name), last.id))
    return list(session.scalars(query))


def count_organisations(session: Session, zone_id: int) -> int:
    """The number of organisations in the zone's register."""
    query = select(func.count()).where(Organisation.zone_id == zone_id)
    return session.scalar(query) or 0


def organisation_by_name(session: Session, zone_id: int, name: str) -> Organisation | None:
    """The organisation of that name in the zone's register; None if there is none."""
    return session.scalar(select(Organisation).filter_by(zone_id=zone_id, name=name))


def get_organisation(session: Session, organisation_id: int) -> Organisation:
    """An organisation by id; NotFound if there is none."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    return organisation


def mandates(
    session: Session, zone_id: int, *, before: int | None = None, limit: int | None = None
) -> list[Mandate]:
    """A zone's mandates, newest first; only those before the mandate `before`, if given."""
    query = (
        select(Mandate)
        .join(Mandate.organisation)
        .options(joinedload(Mandate.organisation), joinedload(Mandate.person))
        .where(Organisation.zone_id == zone_id)
        .order_by(Mandate.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Mandate.id < before)
    return list(session.scalars(query))


def get_mandate(session: Session, mandate_id: int, *, zone_id: int) -> Mandate:
    """A zone's mandate, with its person and organisation loaded; NotFound if there is none."""
    people = (joinedload(Mandate.organisation), joinedload(Mandate.person))
    mandate = session.get(Mandate, mandate_id, options=people)
    if mandate is None or mandate.organisation.zone_id != zone_id:
        raise NotFound(_("There is no such mandate."))
    return mandate


def role_grants(
    session: Session, zone_id: int, *, after: int = 0, limit: int | None = None
) -> list[tuple[RoleGrant, str]]:
    """A zone's role grants with ids above `after`, by id, each with its holder's name."""
    query = (
        select(RoleGrant, Person.shown_name)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.zone_id == zone_id, RoleGrant.id > after)
        .order_by(RoleGrant.id)
        .limit(limit)
    )
    return [(grant, name) for grant, name in session.execute(query)]


def _in_order(name: Any) -> Any:
    """The sort key of a name: case-insensitive, accents ignored."""
    return func.lower(func.unaccent(name))
