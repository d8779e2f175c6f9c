"""The public pages of an organisation, and of a person in a public role."""

from __future__ import annotations

from flask import render_template
from flask_babel import lazy_gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.permissions import ROLE_NAMES
from consultazione.home.blueprint import pages
from consultazione.home.known.queries import (
    delegates,
    open_votes_under,
    proposed_under,
    public_mandates,
    public_roles,
    signed_under,
    tables_of,
)
from consultazione.outcomes.labels import ANSWERS
from consultazione.people.models import Mandate, Person
from consultazione.people.queries import get_organisation
from consultazione.sittings.polls.labels import TALLIES
from consultazione.tables.queries import tables_at_which
from consultazione.web.current_zone import IN_ZONE, current_zone
from consultazione.web.request_db import snapshot
from consultazione.web.security import reads_much


@pages.get(f"{IN_ZONE}/organizzazioni/<int:organisation_id>")
@reads_much()
def organisation(organisation_id: int) -> str:
    """An organisation of the register: its seats and delegates, and what it did."""
    session, found = snapshot(), get_organisation(snapshot(), organisation_id)
    if found.zone_id != current_zone().id:
        raise NotFound(_("There is no such organisation."))
    its_own = Mandate.organisation_id == found.id
    return render_template(
        "home/organisation.html",
        organisation=found,
        delegates=delegates(session, found.id, at=clock.now()),
        tables=tables_at_which(session, found.id),
        proposals=proposed_under(session, its_own),
        votes=open_votes_under(session, its_own),
        signed=signed_under(session, its_own),
        choices=TALLIES,
        answers=ANSWERS,
    )


@pages.get(f"{IN_ZONE}/persone/<int:person_id>")
@reads_much()
def person(person_id: int) -> str:
    """A person with the public roles that they have or had, and what they did in these alone."""
    session, zone_id, now = snapshot(), current_zone().id, clock.now()
    found = session.get(Person, person_id)
    grants = public_roles(session, person_id, zone_id)
    mandates = public_mandates(session, person_id, zone_id, at=now)
    if found is None or not (grants or mandates):
        raise NotFound(_("Nobody with a public role is found at this address."))
    theirs = (Mandate.person_id == person_id) & Mandate.organisation_id.in_(
        {mandate.organisation_id for mandate in mandates}
    )
    return render_template(
        "home/person.html",
        person=found,
        grants=grants,
        role_names=ROLE_NAMES,
        tables=tables_of(session, grants),
        mandates=mandates,
        now=now,
        proposals=proposed_under(session, theirs),
        votes=open_votes_under(session, theirs),
        signed=signed_under(session, theirs),
        choices=TALLIES,
        answers=ANSWERS,
    )
