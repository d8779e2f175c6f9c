"""What people may do with accounts, organisations, mandates and roles."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from consultazione.core.actor import Role
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound, Sentence
from consultazione.people.events import (
    MandateEnded,
    MandateGiven,
    OrganisationRegistered,
    PasswordChanged,
    PersonRegistered,
    RoleGiven,
    RoleTakenBack,
    person_stream,
)
from consultazione.people.keys import digest_of, new_key
from consultazione.people.models import (
    ApiToken,
    Category,
    Mandate,
    Organisation,
    Person,
    RoleGrant,
    SignIn,
)
from consultazione.people.passwords import hash_password, is_right
from consultazione.people.permissions import require
from consultazione.people.queries import find_person
from consultazione.zones.events import zone_stream

SIGNED_IN_FOR = timedelta(days=14)
LEAST_PASSWORD = 10

# Roles that are given; the others follow from an account or from a mandate.
GIVEN_ROLES = (Role.FACILITATOR, Role.COORDINATOR, Role.PLAN_OFFICE, Role.ADMINISTRATOR)


def register(
    tx: Transaction, *, email: str, display_name: str, password: str, demo: bool = False
) -> Person:
    """Open an account. Invalid if the address has one or the password is too short."""
    require(tx.actor, "register")
    _check_password(password, display_name, email)
    if find_person(tx.session, email) is not None:
        raise Invalid(_("This address is taken."), fields={"email": [_taken()]})
    person = Person(
        email=email,
        display_name=display_name,
        password_hash=hash_password(password),
        demo=demo,
        created_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(person)
    except IntegrityError as error:
        raise Invalid(_("This address is taken."), fields={"email": [_taken()]}) from error
    tx.record(person_stream(person.id), PersonRegistered(person_id=person.id))
    return person


def sign_in(tx: Transaction, *, email: str, password: str, device: str) -> str:
    """Sign a browser in and return its key. Invalid if address or password is wrong."""
    person = find_person(tx.session, email)
    if not is_right(person.password_hash if person else None, password) or person is None:
        raise Invalid(_("The address or the password is not right."))
    return start_sign_in(tx, person_id=person.id, device=device)


def start_sign_in(tx: Transaction, *, person_id: int, device: str) -> str:
    """A new key for a person's browser, whoever vouched for them."""
    key = new_key()
    tx.session.add(
        SignIn(
            token_digest=digest_of(key),
            person_id=person_id,
            device=device[:300],
            created_at=tx.now,
            seen_at=tx.now,
            expires_at=tx.now + SIGNED_IN_FOR,
        )
    )
    return key


def sign_out(tx: Transaction, *, key: str) -> None:
    """End the sign-in of one browser."""
    require(tx.actor, "sign_out")
    tx.session.execute(delete(SignIn).where(SignIn.token_digest == digest_of(key)))


def sign_out_elsewhere(tx: Transaction, *, key: str) -> None:
    """End every sign-in of the actor but that of one browser."""
    require(tx.actor, "sign_out")
    tx.session.execute(
        delete(SignIn).where(
            SignIn.person_id == tx.actor.person_id, SignIn.token_digest != digest_of(key)
        )
    )


def change_password(tx: Transaction, *, password: str, new_password: str, key: str) -> Person:
    """Change the actor's password and sign their other browsers out."""
    require(tx.actor, "change_password")
    person = confirm_identity(tx, password=password)
    _check_password(new_password, person.display_name, person.email or "", field="new_password")
    person.password_hash = hash_password(new_password)
    sign_out_elsewhere(tx, key=key)
    tx.record(person_stream(person.id), PasswordChanged(person_id=person.id))
    return person


def confirm_identity(tx: Transaction, *, password: str) -> Person:
    """The actor's account, if the password is theirs: a signature asks for it anew."""
    person = tx.session.get(Person, tx.actor.person_id) if tx.actor.person_id else None
    if person is None:
        raise NotAllowed(_("Sign in to do this."))
    if not is_right(person.password_hash, password):
        wrong = _("This is not your password.")
        raise Invalid(wrong, fields={"password": [wrong]})
    return person


def create_token(tx: Transaction, *, person_id: int, label: str) -> str:
    """A new API token of a person, shown only this once."""
    token = new_key()
    tx.session.add(
        ApiToken(token_digest=digest_of(token), person_id=person_id, label=label, created_at=tx.now)
    )
    return token


def delete_token(tx: Transaction, *, token_id: int) -> None:
    """Withdraw one of the actor's API tokens."""
    require(tx.actor, "create_token")
    tx.session.execute(
        delete(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == tx.actor.person_id)
    )


def register_organisation(
    tx: Transaction, *, zone_id: int, name: str, category: Category, demo: bool = False
) -> Organisation:
    """Enter an organisation in the zone's register. Invalid if its name is there."""
    require(tx.actor, "register_organisation", zone_id=zone_id)
    if category is Category.CITIZEN:
        alone = _("A citizen takes part alone: choose another kind.")
        raise Invalid(alone, fields={"category": [alone]})
    same = select(Organisation.id).filter_by(zone_id=zone_id, name=name)
    if tx.session.scalar(same) is not None:
        known = _("An organisation of this name is in the register.")
        raise Invalid(known, fields={"name": [known]})
    organisation = Organisation(zone_id=zone_id, name=name, category=category, demo=demo)
    tx.session.add(organisation)
    tx.flush()
    tx.record(
        zone_stream(zone_id),
        OrganisationRegistered(organisation_id=organisation.id, category=category),
    )
    return organisation


def give_mandate(
    tx: Transaction,
    *,
    organisation_id: int,
    email: str,
    act: str,
    starts_on: date,
    ends_on: date | None,
) -> Mandate:
    """A person may speak for an organisation from a day to a day, by an act."""
    organisation = tx.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    require(tx.actor, "give_mandate", zone_id=organisation.zone_id)
    person = _person_by_email(tx, email)
    if ends_on is not None and ends_on < starts_on:
        order = _("The last day comes before the first.")
        raise Invalid(order, fields={"ends_on": [order]})
    mandate = Mandate(
        person_id=person.id,
        organisation_id=organisation.id,
        act=act,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=tx.now,
    )
    tx.session.add(mandate)
    tx.flush()
    tx.record(
        zone_stream(organisation.zone_id),
        MandateGiven(
            mandate_id=mandate.id,
            person_id=person.id,
            organisation_id=organisation.id,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
    )
    return mandate


def end_mandate(tx: Transaction, *, mandate_id: int, ends_on: date) -> Mandate:
    """Set a mandate's last day. Conflict if it has ended."""
    mandate = tx.session.get(Mandate, mandate_id, with_for_update={"of": Mandate})
    if mandate is None:
        raise NotFound(_("There is no such mandate."))
    zone_id = mandate.organisation.zone_id
    require(tx.actor, "end_mandate", zone_id=zone_id)
    if mandate.ends_on is not None and mandate.ends_on <= ends_on:
        raise Conflict(_("This mandate ends earlier already."))
    if ends_on < mandate.starts_on:
        raise Invalid(_("The last day comes before the first."))
    mandate.ends_on = ends_on
    tx.record(zone_stream(zone_id), MandateEnded(mandate_id=mandate.id, ends_on=ends_on))
    return mandate


def give_role(
    tx: Transaction, *, zone_id: int, email: str, role: Role, table_id: int | None = None
) -> RoleGrant:
    """Give a person a role in a zone, or at one table. Conflict if they hold it."""
    require(tx.actor, "give_role", zone_id=zone_id)
    if role not in GIVEN_ROLES:
        follows = _("This role cannot be given: it follows from an account or a mandate.")
        raise Invalid(follows, fields={"role": [follows]})
    person = _person_by_email(tx, email)
    held = select(RoleGrant.id).where(
        RoleGrant.person_id == person.id,
        RoleGrant.role == role,
        RoleGrant.zone_id == zone_id,
        RoleGrant.table_id.is_not_distinct_from(table_id),
    )
    if tx.session.scalar(held) is not None:
        raise Conflict(_("This person holds the role already."))
    grant = RoleGrant(
        person_id=person.id, role=role, zone_id=zone_id, table_id=table_id, given_at=tx.now
    )
    tx.session.add(grant)
    tx.flush()
    tx.record(
        zone_stream(zone_id),
        RoleGiven(person_id=person.id, role=role, zone_id=zone_id, table_id=table_id),
    )
    return grant


def take_role_back(tx: Transaction, *, grant_id: int) -> None:
    """Take a role back from a person; an administrator cannot take their own."""
    grant = tx.session.get(RoleGrant, grant_id, with_for_update=True)
    if grant is None:
        raise NotFound(_("Nobody holds this role any more."))
    require(tx.actor, "take_role_back", zone_id=grant.zone_id)
    if grant.person_id == tx.actor.person_id:
        raise Conflict(_("Ask another administrator to take this role back from you."))
    tx.record(
        zone_stream(grant.zone_id),
        RoleTakenBack(
            person_id=grant.person_id,
            role=grant.role,
            zone_id=grant.zone_id,
            table_id=grant.table_id,
        ),
    )
    tx.session.delete(grant)


def _person_by_email(tx: Transaction, email: str) -> Person:
    person = find_person(tx.session, email)
    if person is None:
        unknown = _("Nobody has an account with this address: ask them to register first.")
        raise Invalid(unknown, fields={"email": [unknown]})
    return person


def _check_password(
    password: str, display_name: str, email: str, *, field: str = "password"
) -> None:
    """Length counts, and not being one's own name (NIST SP 800-63B, 5.1.1.2)."""
    own = {display_name.casefold(), email.casefold(), email.casefold().partition("@")[0]}
    if len(password) < LEAST_PASSWORD:
        problem = _("Use at least %(least)s characters.", least=LEAST_PASSWORD)
    elif password.casefold() in own or len(set(password)) < 4:
        problem = _("Choose a password that is harder to guess.")
    else:
        return
    raise Invalid(problem, fields={field: [problem]})


def _taken() -> Sentence:
    return _("There is an account with this address: sign in, or use another.")
