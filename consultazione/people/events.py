"""Events of persons, organisations, mandates and roles, and of jobs that are tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.actor import Role
from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


def person_stream(person_id: int) -> str:
    """The stream of one person's account."""
    return f"person:{person_id}"


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """Somebody has opened an account."""

    kind: ClassVar[str] = "person.registered"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RegistrationRepeated(Event):
    """An account was asked for with an address that has one; this stands under neither."""

    kind: ClassVar[str] = "registration.repeated"

    # The number that the account would have had.
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Event):
    """The owner of an account has opened the link that was mailed to their address."""

    kind: ClassVar[str] = "person.address_confirmed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Event):
    """A person has another e-mail address now, which they confirmed by a link."""

    kind: ClassVar[str] = "person.address_changed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(Event):
    """A person calls themselves otherwise from now on; the names stand beside the account."""

    kind: ClassVar[str] = "person.renamed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonIdentified(Event):
    """It was ascertained in person who somebody is, by a document that they showed."""

    kind: ClassVar[str] = "person.identified"

    person_id: int
    level: int


@dataclass(frozen=True, kw_only=True)
class InstallerAppointed(Event):
    """A person became an administrator of the installation, who sets up its zones."""

    kind: ClassVar[str] = "installer.appointed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A person has changed their password; other browsers were signed out."""

    kind: ClassVar[str] = "person.password_changed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonBlocked(Event, texts={"reason": "person.blocked_reason"}):
    """An administrator lets nobody in with an account any more, and says why."""

    kind: ClassVar[str] = "person.blocked"

    person_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(Event):
    """An administrator lets the owner of an account in again."""

    kind: ClassVar[str] = "person.unblocked"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordLinkMade(Event):
    """A link was made for somebody who forgot their password, by an administrator or by mail."""

    kind: ClassVar[str] = "password_link.created"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordLinkConfirmed(Event):
    """A second administrator has confirmed a link for a forgotten password."""

    kind: ClassVar[str] = "password_link.confirmed"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordLinkWithdrawn(Event):
    """A link for a forgotten password is withdrawn, as also by blocking or another password."""

    kind: ClassVar[str] = "password_link.withdrawn"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordLinkUsed(Event):
    """A person has chosen another password by a link; their browsers were signed out."""

    kind: ClassVar[str] = "password_link.used"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Event):
    """A person has made a key to the REST interface."""

    kind: ClassVar[str] = "token.created"

    token_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TokenDeleted(Event):
    """A person has withdrawn a key to the REST interface."""

    kind: ClassVar[str] = "token.deleted"

    token_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(Event):
    """A person has added a passkey, a key in a device of theirs, to sign with."""

    kind: ClassVar[str] = "passkey.added"

    passkey_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(Event):
    """A person has removed a passkey; what it signed stays signed."""

    kind: ClassVar[str] = "passkey.removed"

    passkey_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(Event):
    """An organisation has been entered in the zone's register."""

    kind: ClassVar[str] = "organisation.registered"

    organisation_id: int
    category: Category


@dataclass(frozen=True, kw_only=True)
class OrganisationCorrected(
    Event,
    texts={"was": "log_text.sealed", "now": "organisation.name", "reason": "revision.reason"},
):
    """An organisation was corrected in the register; `was` and `now` are its names."""

    kind: ClassVar[str] = "organisation.corrected"

    organisation_id: int
    version: int
    was: FreeText
    now: FreeText
    category: Category
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class OrganisationWithdrawn(Event, texts={"reason": "organisation.withdrawn_reason"}):
    """An organisation was taken out of the register; its mandates and seats end with it."""

    kind: ClassVar[str] = "organisation.withdrawn"

    organisation_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class OrganisationReadmitted(Event, texts={"reason": "revision.reason"}):
    """A withdrawn organisation is in the register again, without its mandates and seats."""

    kind: ClassVar[str] = "organisation.readmitted"

    organisation_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Event):
    """A person has been given the mandate to speak for an organisation."""

    kind: ClassVar[str] = "mandate.given"

    mandate_id: int
    person_id: int
    organisation_id: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class MandateProposed(Event):
    """A union's mandate has been entered; it counts once a second person has confirmed it."""

    kind: ClassVar[str] = "mandate.proposed"

    mandate_id: int
    person_id: int
    organisation_id: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class MandateCorrected(Event, texts={"act": "mandate.act", "reason": "revision.reason"}):
    """The act or the days of a mandate were corrected; `version` is what it said before."""

    kind: ClassVar[str] = "mandate.corrected"

    mandate_id: int
    version: int
    act: FreeText
    starts_on: date
    ends_on: date | None
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class MandateConfirmed(Event):
    """A second person has confirmed a proposed mandate, which counts from now on."""

    kind: ClassVar[str] = "mandate.confirmed"

    mandate_id: int


@dataclass(frozen=True, kw_only=True)
class MandateTurnedDown(Event):
    """A proposed mandate has been turned down; it never counted."""

    kind: ClassVar[str] = "mandate.turned_down"

    mandate_id: int


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Event, texts={"reason": "revision.reason"}):
    """A mandate's last day has been set; if `at_once`, it ended at the moment of this entry."""

    kind: ClassVar[str] = "mandate.ended"

    mandate_id: int
    ends_on: date
    at_once: bool = False
    reason: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """A person has been given a role in the zone, or at one of its tables."""

    kind: ClassVar[str] = "role.given"

    person_id: int
    role: Role
    zone_id: int
    table_id: int | None


@dataclass(frozen=True, kw_only=True)
class CoordinatorAppointed(Event):
    """A person has become a coordinator of a territory, who reads its zones."""

    kind: ClassVar[str] = "coordinator.appointed"

    person_id: int
    territory_id: int


@dataclass(frozen=True, kw_only=True)
class CoordinatorDismissed(Event):
    """A person is no coordinator of a territory any more."""

    kind: ClassVar[str] = "coordinator.dismissed"

    person_id: int
    territory_id: int


@dataclass(frozen=True, kw_only=True)
class RoleTakenBack(Event):
    """A role has been taken back from a person."""

    kind: ClassVar[str] = "role.taken_back"

    person_id: int
    role: Role
    zone_id: int
    table_id: int | None


@dataclass(frozen=True, kw_only=True)
class JobRevived(Event):
    """The administrator lets a job that was laid aside be tried again."""

    kind: ClassVar[str] = "job.revived"

    position: int
    reaction: str
