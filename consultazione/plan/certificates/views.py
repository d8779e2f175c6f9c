"""The page on which delegates and the plan office issue certificates of consultation."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import Permission, may
from consultazione.people.models import Organisation
from consultazione.people.queries import organisations, valid_mandates
from consultazione.plan.blueprint import pages
from consultazione.plan.certificates.commands import issue_certificate
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, current_cycle, current_zone
from consultazione.web.request_db import actor, snapshot, transaction
from consultazione.web.security import WRITING, limiter


@pages.get(f"{IN_CYCLE}/attestati")
@auth.sign_in_required
def certificates() -> str:
    """The organisations whose certificate the reader may issue."""
    return render_template("plan/certificates.html", organisations=_own())


@pages.post(f"{IN_CYCLE}/attestati/<int:organisation_id>")
@limiter.limit(WRITING)
@auth.sign_in_required
def issue(organisation_id: int) -> ResponseReturnValue:
    """Issue a certificate, and lead to it."""
    cycle_id = current_cycle().id
    with transaction() as tx:
        row = issue_certificate(tx, cycle_id=cycle_id, organisation_id=organisation_id)
        number = row.id
    flash(_("The certificate is issued, and has its number in the register."), "success")
    return redirect(url_for("documents.show", registration_id=number))


def _own() -> list[Organisation]:
    """All of the zone for the plan office, else the reader's; NotAllowed if there are none."""
    zone, who = current_zone(), actor()
    if may(who, Permission.READ_CERTIFICATE, zone_id=zone.id):
        return organisations(snapshot(), zone.id)
    held = valid_mandates(snapshot(), who.person_id or 0, at=clock.now())
    found = [mandate.organisation for mandate in held if mandate.organisation.zone_id == zone.id]
    if not found:
        raise NotAllowed(_("Delegates of an organisation and the plan office issue certificates."))
    return found
