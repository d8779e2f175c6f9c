"""The page on which a delegate lets an organisation that was not asked adhere to an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import NotAllowed
from consultazione.core.permissions import acting_person
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.base import Site
from consultazione.documents.signatures.proving import proved
from consultazione.documents.signatures.ways import Way, own_ways
from consultazione.outcomes.blueprint import pages
from consultazione.outcomes.board.adhering import adhering
from consultazione.outcomes.commands.adhering import adhere_to_outcome
from consultazione.outcomes.commands.answering import Signature
from consultazione.outcomes.models import Adherent
from consultazione.outcomes.queries import get_outcome
from consultazione.outcomes.schemas import AdhesionSchema
from consultazione.people.models import Mandate
from consultazione.web import auth
from consultazione.web.forms import Form, told_apart
from consultazione.web.request_db import actor, renew_snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.sign_in.signing import on_this_page
from consultazione.web.sign_in.site_keys import signing_site
from consultazione.web.url_converters import asked_id


@pages.route("/esiti/<int:outcome_id>/adesione", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def adhere(outcome_id: int) -> ResponseReturnValue:
    """Adhere to an outcome for an organisation."""
    form = Form(AdhesionSchema())
    if form.perform(partial(_adhere, outcome_id=outcome_id), before=on_this_page(proved)):
        flash(_("Your organisation adheres; its declaration has a number."), "success")
        return redirect(url_for("outcomes.show", outcome_id=outcome_id, _anchor="adherents"))
    return _page(outcome_id, form)


def _adhere(tx: Transaction, *, outcome_id: int, **over: Any) -> Adherent:
    return adhere_to_outcome(tx, signature=Signature(outcome_id=outcome_id, **over))


def _page(outcome_id: int, form: Form) -> ResponseReturnValue:
    """What is declared, and the ways to sign it; first for which organisation, if for several."""
    session, person_id = renew_snapshot(), acting_person(actor())
    outcome = get_outcome(session, outcome_id)
    mandates = adhering(session, outcome, person_id, at=clock.now())
    page = render_template(
        "outcomes/adhere.html",
        outcome=outcome,
        mandates=mandates,
        mandate=_chosen(mandates),
        form=form,
        forms=told_apart(form, "method", Way),
        methods=METHODS,
        **own_ways(session, person_id, outcome.digest, Site(**signing_site())),
    )
    return page, form.status, form.headers


def _chosen(mandates: Sequence[Mandate]) -> Mandate | None:
    """The mandate that the reader means; None if they have to say. NotAllowed without any."""
    if not mandates:
        raise NotAllowed(
            _("You hold no mandate of an organisation that can adhere to this outcome.")
        )
    asked = request.form.get("organisation_id", type=int) or asked_id("ente")
    found = [one for one in mandates if one.organisation_id == asked]
    return (found or mandates)[0] if found or len(mandates) == 1 else None
