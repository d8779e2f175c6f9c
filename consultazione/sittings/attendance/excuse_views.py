"""The page of an expected organisation: its excuses, and the substitutes of its delegates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, may, require
from consultazione.sittings.attendance.commands.excuses import (
    excuse,
    name_substitute,
    withdraw_excuse,
    withdraw_substitute,
)
from consultazione.sittings.attendance.labels import MARKS
from consultazione.sittings.attendance.naming import why_not_name
from consultazione.sittings.attendance.roll import roll_of
from consultazione.sittings.attendance.schemas import ExcuseSchema, ExpectSchema, SubstituteSchema
from consultazione.sittings.blueprint import roll_pages
from consultazione.sittings.queries import get_sitting
from consultazione.web import auth
from consultazione.web.forms import Form, act
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter

_PAGE = "/sedute/<int:sitting_id>/presenze/<int:organisation_id>"


@dataclass(frozen=True)
class _Expected:
    """An organisation that a sitting expects."""

    sitting_id: int
    organisation_id: int

    @property
    def page(self) -> str:
        """The address of this organisation's page."""
        return url_for("roll.organisation", **asdict(self))


@roll_pages.get(_PAGE)
@auth.sign_in_required
def organisation(**place: int) -> ResponseReturnValue:
    """Show the excuses and substitutes of an expected organisation."""
    return _show(_Expected(**place), Form(SubstituteSchema()))


@roll_pages.post(f"{_PAGE}/giustifica")
@limiter.limit(WRITING)
@auth.sign_in_required
def excuse_form(**place: int) -> ResponseReturnValue:
    """Excuse the organisation, or one of its delegates."""
    done = _("The excuse is noted.")
    return _run_form(_Expected(**place), ExcuseSchema(), _bind(excuse, place), done)


@roll_pages.post(f"{_PAGE}/attesa")
@limiter.limit(WRITING)
@auth.sign_in_required
def expect_button(**place: int) -> ResponseReturnValue:
    """Withdraw an excuse."""
    done = _("The excuse is withdrawn.")
    return _run_form(_Expected(**place), ExpectSchema(), _bind(withdraw_excuse, place), done)


@roll_pages.post(f"{_PAGE}/deleghe/<int:mandate_id>")
@limiter.limit(WRITING)
@auth.sign_in_required
def substitute_form(mandate_id: int, **place: int) -> ResponseReturnValue:
    """Name a delegate's substitute in this sitting."""
    expected = _Expected(**place)
    command = partial(name_substitute, sitting_id=expected.sitting_id, mandate_id=mandate_id)
    done = _("The substitute is named.")
    return _run_form(expected, SubstituteSchema(), command, done, mandate_id)


@roll_pages.post(f"{_PAGE}/deleghe/<int:mandate_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def no_substitute_button(mandate_id: int, **place: int) -> ResponseReturnValue:
    """Withdraw a delegate's substitute."""
    expected = _Expected(**place)
    command = partial(withdraw_substitute, sitting_id=expected.sitting_id, mandate_id=mandate_id)
    return act(command, done=_("Nobody acts for this delegate any more."), to=expected.page)


def _bind(command: Callable[..., Any], place: Mapping[str, int]) -> Callable[..., Any]:
    return partial(command, **place)


def _run_form(
    expected: _Expected,
    schema: Schema,
    command: Callable[..., Any],
    done: str,
    mandate_id: int | None = None,
) -> ResponseReturnValue:
    """Run the command of a form; redirect to the page, or show the form with its errors."""
    form = Form(schema)
    form.perform(command)
    if not form.errors:
        flash(done, "success")
        return redirect(expected.page, 303)
    renew_snapshot()
    return _show(expected, form, mandate_id)


def _show(expected: _Expected, form: Form, mandate_id: int | None = None) -> ResponseReturnValue:
    """Render the page, for a delegate or the desk.

    mandate_id: the mandate whose substitute the submitted form names.
    """
    sitting = get_sitting(snapshot(), expected.sitting_id)
    place = {"zone_id": sitting.table.zone_id, "table_id": sitting.table_id}
    roll = roll_of(snapshot(), sitting)
    marked = roll.of(expected.organisation_id)
    if marked is None:
        raise NotFound(_("This organisation has no seat at the table."))
    if actor().person_id not in marked.delegates:
        require(actor(), Permission.RUN_DESK, **place)
    page = render_template(
        "sittings/roll_organisation.html",
        sitting=sitting,
        roll=roll,
        organisation=roll.organisations[expected.organisation_id],
        marked=marked,
        at_desk=may(actor(), Permission.RUN_DESK, **place),
        form=form,
        form_of=mandate_id,
        why_not_name=lambda mandate: why_not_name(actor(), sitting, mandate),
        marks=MARKS,
    )
    return page, form.status
