"""The page of an organisation that is expected: its excuses, and substitutes of its delegates."""

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
    """An organisation at a sitting."""

    sitting_id: int
    organisation_id: int

    @property
    def page(self) -> str:
        """The address of its page."""
        return url_for("roll.organisation", **asdict(self))


@roll_pages.get(_PAGE)
@auth.sign_in_required
def organisation(**place: int) -> ResponseReturnValue:
    """Excuses and substitutes of an organisation that is expected."""
    return _show(_Expected(**place), Form(SubstituteSchema()))


@roll_pages.post(f"{_PAGE}/giustifica")
@limiter.limit(WRITING)
@auth.sign_in_required
def excuse_form(**place: int) -> ResponseReturnValue:
    """Excuse the organisation, or one of its delegates."""
    done = _("The excuse is noted.")
    return _answer(_Expected(**place), ExcuseSchema(), _of(excuse, place), done)


@roll_pages.post(f"{_PAGE}/attesa")
@limiter.limit(WRITING)
@auth.sign_in_required
def expect_button(**place: int) -> ResponseReturnValue:
    """Expect them again."""
    done = _("The excuse is withdrawn.")
    return _answer(_Expected(**place), ExpectSchema(), _of(withdraw_excuse, place), done)


@roll_pages.post(f"{_PAGE}/deleghe/<int:mandate_id>")
@limiter.limit(WRITING)
@auth.sign_in_required
def substitute_form(mandate_id: int, **place: int) -> ResponseReturnValue:
    """Name who acts for a delegate in this sitting."""
    at = _Expected(**place)
    command = partial(name_substitute, sitting_id=at.sitting_id, mandate_id=mandate_id)
    done = _("The substitute is named.")
    return _answer(at, SubstituteSchema(), command, done, mandate_id)


@roll_pages.post(f"{_PAGE}/deleghe/<int:mandate_id>/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def no_substitute_button(mandate_id: int, **place: int) -> ResponseReturnValue:
    """Have nobody act for a delegate."""
    at = _Expected(**place)
    command = partial(withdraw_substitute, sitting_id=at.sitting_id, mandate_id=mandate_id)
    return act(command, done=_("Nobody acts for this delegate any more."), to=at.page)


def _of(command: Callable[..., Any], place: Mapping[str, int]) -> Callable[..., Any]:
    return partial(command, **place)


def _answer(
    at: _Expected,
    schema: Schema,
    command: Callable[..., Any],
    done: str,
    mandate_id: int | None = None,
) -> ResponseReturnValue:
    """Run the command of a form; go back to the page, or show on it what is wrong."""
    form = Form(schema)
    form.perform(command)
    if not form.errors:
        flash(done, "success")
        return redirect(at.page, 303)
    renew_snapshot()
    return _show(at, form, mandate_id)


def _show(at: _Expected, form: Form, mandate_id: int | None = None) -> ResponseReturnValue:
    """The page for a delegate or the desk; mandate_id: whose substitute the form is about."""
    sitting = get_sitting(snapshot(), at.sitting_id)
    place = {"zone_id": sitting.table.zone_id, "table_id": sitting.table_id}
    roll = roll_of(snapshot(), sitting)
    marked = roll.of(at.organisation_id)
    if marked is None:
        raise NotFound(_("This organisation has no seat at the table."))
    if actor().person_id not in marked.delegates:
        require(actor(), Permission.RUN_DESK, **place)
    page = render_template(
        "sittings/roll_organisation.html",
        sitting=sitting,
        roll=roll,
        organisation=roll.organisations[at.organisation_id],
        marked=marked,
        at_desk=may(actor(), Permission.RUN_DESK, **place),
        form=form,
        form_of=mandate_id,
        marks=MARKS,
    )
    return page, form.status
