"""The zone's register of organisations: entering one, correcting it, bringing it back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import correct, revise
from consultazione.people.events import (
    OrganisationCorrected,
    OrganisationReadmitted,
    OrganisationRegistered,
)
from consultazione.people.models import Category, Mandate, Organisation
from consultazione.zones.events import zone_stream


def register_organisation(
    tx: Transaction, *, zone_id: int, name: str, category: Category, demo: bool = False
) -> Organisation:
    """Enter an organisation in the zone's register, and return it.

    Invalid, naming the field, if the name is taken or the category is that of citizens.
    """
    require(tx.actor, Permission.REGISTER_ORGANISATION, zone_id=zone_id)
    _check_category(category)
    organisation = Organisation(zone_id=zone_id, name=name, category=category, demo=demo)
    try:
        with tx.session.begin_nested():
            tx.session.add(organisation)
    except IntegrityError as error:
        raise _name_taken() from error
    tx.record(
        zone_stream(zone_id),
        OrganisationRegistered(organisation_id=organisation.id, category=category),
    )
    return organisation


def correct_organisation(
    tx: Transaction,
    *,
    organisation_id: int,
    version: int,
    reason: str,
    name: str,
    category: Category,
) -> Organisation:
    """Correct what the register says of an organisation, for a reason that everybody can read.

    version: the one that was read. Locks the organisation FOR NO KEY UPDATE. NotFound if there
    is none; Conflict if somebody has corrected it since; Invalid if nothing differs, on `name` if
    it is taken, on `category` for citizens, or to or from that of unions while mandates hold: a
    union's mandates need a second person, others do not.
    """
    organisation = _locked(tx, organisation_id, Permission.CORRECT_ORGANISATION)
    _check_category(category)
    _check_union(tx, organisation, category)
    was = organisation.name
    after = {"name": name, "category": category}
    try:
        with tx.session.begin_nested():
            replaced = correct(tx, organisation, version=version, reason=reason, after=after)
    except IntegrityError as error:
        raise _name_taken() from error
    tx.record(
        zone_stream(organisation.zone_id),
        OrganisationCorrected(
            organisation_id=organisation.id,
            version=replaced.version,
            was=FreeText(was),
            now=FreeText(name),
            category=category,
            reason=FreeText(reason),
        ),
    )
    return organisation


def readmit_organisation(tx: Transaction, *, organisation_id: int, reason: str) -> Organisation:
    """Put a withdrawn organisation back into the register; mandates and seats are given anew.

    Locks the organisation FOR NO KEY UPDATE. NotFound if there is none; Conflict if it is not
    withdrawn.
    """
    organisation = _locked(tx, organisation_id, Permission.READMIT_ORGANISATION)
    if organisation.withdrawn_at is None:
        raise Conflict(_("This organisation is in the register."))
    after = {"withdrawn_at": None, "withdrawn_reason": None}
    revise(tx, organisation, reason=reason, after=after)
    tx.record(
        zone_stream(organisation.zone_id),
        OrganisationReadmitted(organisation_id=organisation.id, reason=FreeText(reason)),
    )
    return organisation


def _locked(tx: Transaction, organisation_id: int, permission: Permission) -> Organisation:
    organisation = tx.session.get(
        Organisation,
        organisation_id,
        with_for_update={"key_share": True},
        populate_existing=True,
    )
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    require(tx.actor, permission, zone_id=organisation.zone_id)
    return organisation


def _check_category(category: Category) -> None:
    if category is Category.CITIZEN:
        raise Invalid.at("category", _("A citizen takes part alone: choose another kind."))


def _check_union(tx: Transaction, organisation: Organisation, category: Category) -> None:
    if Category.UNION not in {organisation.category, category} or (
        organisation.category is category
    ):
        return
    holds = Mandate.organisation_id == organisation.id, ~Mandate.is_over(tx.now)
    if tx.session.scalar(select(Mandate.id).where(*holds).limit(1)) is not None:
        raise Invalid.at(
            "category",
            _("A union's mandates need a second person: end the mandates of this one first."),
        )


def _name_taken() -> Invalid:
    return Invalid.at("name", _("An organisation of this name is in the register."))
