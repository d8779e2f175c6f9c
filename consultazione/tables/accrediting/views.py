"""Pages of accreditation: asking, what became of it, and the queue of the office."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission, require
from consultazione.people.labels import CATEGORY_NAMES
from consultazione.people.models import Category
from consultazione.tables.accrediting.commands import (
    apply_for_accreditation,
    grant_accreditation,
    refuse_accreditation,
    withdraw_application,
)
from consultazione.tables.accrediting.labels import STATES
from consultazione.tables.accrediting.models import Application
from consultazione.tables.accrediting.queries import (
    applications,
    applications_of,
    get_application,
    registered_as,
    waiting_applications,
)
from consultazione.tables.accrediting.schemas import ApplicationSchema, GrantSchema
from consultazione.tables.blueprint import pages
from consultazione.tables.queries import tables
from consultazione.web import auth
from consultazione.web.current_zone import IN_CYCLE, IN_ZONE, current_cycle, current_zone
from consultazione.web.fields import ReasonSchema
from consultazione.web.files import stored as files
from consultazione.web.forms import Form, act
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.paging import paged
from consultazione.web.request_db import actor, renew_snapshot, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.web.url_converters import asked_id

A_PAGE = 30
_QUEUE = f"{IN_ZONE}/amministrazione/accreditamenti"
_ONE = "/accreditamenti/<int:application_id>"


@pages.route(f"{IN_CYCLE}/accreditamento", methods=["GET", "POST"])
@limiter.limit(WRITING, methods=["POST"])
@auth.sign_in_required
def apply() -> ResponseReturnValue:
    """Ask that an organisation be accredited; below it, what the reader has asked before."""
    form = Form(ApplicationSchema())
    command = partial(apply_for_accreditation, cycle_id=current_cycle().id)
    if asked := form.perform(command, before=files.with_file):
        flash(_("Your application is handed in. You get a mail when it is decided."), "success")
        return redirect(url_for("tables.application", application_id=asked.id))
    earlier = applications_of(renew_snapshot(), actor().person_id or 0, current_zone().id)
    page = render_template(
        "tables/apply.html",
        form=form,
        kinds=kinds(),
        tables=_choices(current_cycle().id),
        earlier=earlier,
        states=STATES,
        accept=files.ACCEPT,
    )
    return page, form.status


@pages.get(_ONE)
@auth.sign_in_required
def application(application_id: int) -> ResponseReturnValue:
    """An application, for who asked and for the office, which decides on it here."""
    return _application(application_id)


@pages.post(f"{_ONE}/ritira")
@limiter.limit(WRITING)
@auth.sign_in_required
def withdraw_application_button(application_id: int) -> ResponseReturnValue:
    """Ask no more."""
    command = partial(withdraw_application, application_id=application_id)
    to = url_for("tables.application", application_id=application_id)
    return act(command, done=_("Your application is withdrawn."), to=to)


@pages.post(f"{_ONE}/concedi")
@limiter.limit(WRITING)
@auth.sign_in_required
def grant(application_id: int) -> ResponseReturnValue:
    """Accredit the organisation."""
    form = Form(GrantSchema())
    if form.perform(partial(grant_accreditation, application_id=application_id)):
        flash(_("The organisation is accredited, and who asked is told by mail."), "success")
        return redirect(url_for("tables.applications_page"))
    return _application(application_id, granting=form)


@pages.post(f"{_ONE}/rifiuta")
@limiter.limit(WRITING)
@auth.sign_in_required
def refuse(application_id: int) -> ResponseReturnValue:
    """Refuse the accreditation."""
    form = Form(ReasonSchema())
    if form.perform(partial(refuse_accreditation, application_id=application_id)):
        flash(_("The application is refused, and who asked is told by mail."), "success")
        return redirect(url_for("tables.applications_page"))
    return _application(application_id, refusing=form)


@pages.get(f"{_ONE}/file/<file_name>")
@auth.sign_in_required
def application_file(application_id: int, file_name: str) -> ResponseReturnValue:
    """The statute or the act, for who asked and for the office."""
    found = get_application(snapshot(), application_id, actor())
    response = files.sent(found, file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.get(_QUEUE)
@auth.sign_in_required
def applications_page() -> str:
    """The applications that wait for the office, and those that it has decided."""
    zone_id = current_zone().id
    require(actor(), Permission.READ_APPLICATIONS, zone_id=zone_id)
    decided = applications(snapshot(), zone_id, before=asked_id("prima"), limit=A_PAGE + 1)
    shown, last = paged(decided, A_PAGE)
    return render_template(
        "tables/applications.html",
        waiting=waiting_applications(snapshot(), zone_id),
        decided=shown,
        next_url=url_for("tables.applications_page", prima=last.id) if last else None,
        states=STATES,
        today=clock.today(),
    )


def kinds() -> list[tuple[str, object]]:
    """What an organisation can be."""
    return [(k.value, name) for k, name in CATEGORY_NAMES.items() if k is not Category.CITIZEN]


def _choices(cycle_id: int) -> list[tuple[int, str]]:
    return [(t.id, t.name) for t in tables(snapshot(), cycle_id) if t.closed_at is None]


def _application(
    application_id: int, *, granting: Form | None = None, refusing: Form | None = None
) -> tuple[str, int]:
    session = renew_snapshot() if granting or refusing else snapshot()
    found = get_application(session, application_id, actor())
    is_own = found.person_id == actor().person_id
    if (granting or refusing) and is_own:
        raise NotFound(_("There is no such application."))
    if not is_own:
        note(Kind.PERSON_READ, about=found.person_id)
    page = render_template(
        "tables/application.html",
        application=found,
        own=is_own,
        granting=granting or Form(GrantSchema(), _as_asked(found), sent=False),
        refusing=refusing or Form(ReasonSchema(), sent=False),
        known=registered_as(session, found.zone_id, found.name),
        kinds=kinds(),
        tables=dict(_choices(found.cycle_id)),
        states=STATES,
    )
    sent = granting or refusing
    return page, sent.status if sent else 200


def _as_asked(found: Application) -> dict[str, object]:
    """What the office finds filled in: what was asked for."""
    return {
        "name": found.name,
        "category": found.category.value,
        "table_ids": found.table_ids,
    }
