"""Pages of the roll: who was expected and who was there when; excuses and substitutes."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from consultazione.core.errors import NotFound
from consultazione.minutes.queries import may_read_draft
from consultazione.people.permissions import may, require
from consultazione.sittings import labels
from consultazione.sittings.commands import (
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import Attended, get_sitting, register_of
from consultazione.sittings.quorums.hall import CountedHall, standing_of
from consultazione.sittings.quorums.words import standing_words
from consultazione.sittings.roll.history import present_at, votes_of
from consultazione.sittings.roll.queries import roll_of
from consultazione.sittings.roll.schemas import (
    ExcuseSchema,
    ExpectSchema,
    MomentForm,
    SubstituteSchema,
)
from consultazione.web import auth
from consultazione.web.addresses import asked_id
from consultazione.web.forms import Form
from consultazione.web.messages import flatten
from consultazione.web.security import WRITING, limiter
from consultazione.web.unit import actor, renew_snapshot, snapshot

blueprint = Blueprint("roll", __name__)


@blueprint.get("/sedute/<int:sitting_id>/presenze")
def show(sitting_id: int) -> str:
    """Who was expected and who was there, and when; by name for those who may know."""
    sitting = get_sitting(snapshot(), sitting_id)
    register = register_of(snapshot(), sitting_id)
    return render_template(
        "sittings/roll.html",
        sitting=sitting,
        roll=roll_of(snapshot(), sitting),
        register=register,
        votes=(votes := votes_of(snapshot(), sitting_id, register)),
        vote=next((one for one in votes if one.poll.id == asked_id("voto")), None),
        named=may_read_draft(snapshot(), sitting, actor()),
        marks=labels.MARKS,
        standing=standing_words,
        **_at_moment(sitting, register),
    )


def _at_moment(sitting: Sitting, register: list[Attended]) -> dict[str, Any]:
    """Who was there at the moment that the address names, if it names one."""
    typed = request.args.get("momento", "")
    if not typed:
        return {"typed": "", "wrong": [], "moment": None}
    try:
        moment = MomentForm().load({"momento": typed})["momento"]
    except ValidationError as error:
        return {"typed": typed, "wrong": flatten(error.messages)["momento"], "moment": None}
    hall = CountedHall(snapshot(), sitting, moment)
    return {
        "typed": typed,
        "wrong": [],
        "moment": moment,
        "then": present_at(register, moment),
        "then_standing": standing_of(snapshot(), sitting, hall),
    }


@blueprint.get("/sedute/<int:sitting_id>/presenze/<int:organisation_id>")
@auth.sign_in_required
def organisation(sitting_id: int, organisation_id: int) -> ResponseReturnValue:
    """Excuses and substitutes of an organisation that is expected."""
    return _organisation_page(sitting_id, organisation_id, Form(SubstituteSchema()))


@blueprint.post("/sedute/<int:sitting_id>/presenze/<int:organisation_id>/giustifica")
@limiter.limit(WRITING)
@auth.sign_in_required
def excuse_form(sitting_id: int, organisation_id: int) -> ResponseReturnValue:
    """Excuse the organisation, or one of its delegates."""
    return _do(sitting_id, organisation_id, ExcuseSchema(), excuse, _("The excuse is noted."))


@blueprint.post("/sedute/<int:sitting_id>/presenze/<int:organisation_id>/attesa")
@limiter.limit(WRITING)
@auth.sign_in_required
def expect_button(sitting_id: int, organisation_id: int) -> ResponseReturnValue:
    """Expect them again."""
    done = _("The excuse is withdrawn.")
    return _do(sitting_id, organisation_id, ExpectSchema(), withdraw_excuse, done)


@blueprint.post("/sedute/<int:sitting_id>/presenze/<int:organisation_id>/deleghe/<int:mandate_id>")
@limiter.limit(WRITING)
@auth.sign_in_required
def substitute_form(sitting_id: int, organisation_id: int, mandate_id: int) -> ResponseReturnValue:
    """Name who acts for a delegate in this sitting."""
    form = Form(SubstituteSchema())
    command = partial(name_substitute, sitting_id=sitting_id, mandate_id=mandate_id)
    return _answer(form, command, sitting_id, organisation_id, _("The substitute is named."),
                   mandate_id)  # fmt: skip


@blueprint.post(
    "/sedute/<int:sitting_id>/presenze/<int:organisation_id>/deleghe/<int:mandate_id>/ritira"
)
@limiter.limit(WRITING)
@auth.sign_in_required
def no_substitute_button(
    sitting_id: int, organisation_id: int, mandate_id: int
) -> ResponseReturnValue:
    """Have nobody act for a delegate."""
    command = partial(withdraw_substitute, sitting_id=sitting_id, mandate_id=mandate_id)
    done = _("Nobody acts for this delegate any more.")
    return _answer(Form(Schema.from_dict({})()), command, sitting_id, organisation_id, done)


def _do(
    sitting_id: int, organisation_id: int, schema: Schema, command: Any, done: str
) -> ResponseReturnValue:
    bound = partial(command, sitting_id=sitting_id, organisation_id=organisation_id)
    return _answer(Form(schema), bound, sitting_id, organisation_id, done)


def _answer(
    form: Form,
    command: Any,
    sitting_id: int,
    organisation_id: int,
    done: str,
    mandate_id: int | None = None,
) -> ResponseReturnValue:
    """Run a form's command; go back to the organisation's page, or show what is wrong."""
    form.perform(command)
    if not form.errors:
        flash(done, "success")
        to = url_for("roll.organisation", sitting_id=sitting_id, organisation_id=organisation_id)
        return redirect(to, 303)
    renew_snapshot()
    return _organisation_page(sitting_id, organisation_id, form, mandate_id)


def _organisation_page(
    sitting_id: int, organisation_id: int, form: Form, mandate_id: int | None = None
) -> ResponseReturnValue:
    """mandate_id: the delegate whose substitute the form is about."""
    sitting = get_sitting(snapshot(), sitting_id)
    roll = roll_of(snapshot(), sitting)
    if roll.of(organisation_id) is None:
        raise NotFound(_("This organisation has no seat at the table."))
    table = sitting.table
    delegates = {mandate.person_id for mandate in roll.delegates[organisation_id]}
    at_desk = may(actor(), "check_in", zone_id=table.zone_id, table_id=table.id)
    if actor().person_id not in delegates and not at_desk:
        require(actor(), "check_in", zone_id=table.zone_id, table_id=table.id)
    page = render_template(
        "sittings/roll_organisation.html",
        sitting=sitting,
        roll=roll,
        organisation=roll.organisations[organisation_id],
        marked=roll.of(organisation_id),
        at_desk=at_desk,
        form=form,
        form_of=mandate_id,
        marks=labels.MARKS,
    )
    return page, form.status
