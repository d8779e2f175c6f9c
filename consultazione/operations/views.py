"""The administrators' pages: the index, and the state of the system."""

from __future__ import annotations

from functools import partial

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.core.job_outbox import Job, dead_jobs, failing_jobs
from consultazione.core.log import Entry, read_entry
from consultazione.core.permissions import Permission, may
from consultazione.operations.blueprint import pages
from consultazione.operations.commands import revive_job
from consultazione.people.labels import CHECK_NAMES
from consultazione.web import auth
from consultazione.web.current_zone import IN_ZONE
from consultazione.web.forms import act
from consultazione.web.oversight.readiness import checks
from consultazione.web.request_db import actor, snapshot
from consultazione.web.security import WRITING, limiter
from consultazione.zones.queries import the_zone


@pages.get(f"{IN_ZONE}/amministrazione/")
@auth.permission_required(Permission.OPEN_ADMINISTRATION)
def index() -> str:
    """The index of what can be administered."""
    session = snapshot()
    runs_machine = may(actor(), Permission.REVIVE_JOB, zone_id=the_zone(session).id)
    dead = len(dead_jobs(session)) if runs_machine else 0
    return render_template("operations/index.html", runs_machine=runs_machine, dead=dead)


@pages.get("/amministrazione/sistema")
@auth.permission_required(Permission.REVIVE_JOB)
def system() -> str:
    """The readiness of each part, the dead jobs, and those that have failed so far."""
    return render_template(
        "operations/system.html",
        checks=checks(current_app),
        check_names=CHECK_NAMES,
        dead=_with_entries(dead_jobs(snapshot())),
        failing=_with_entries(failing_jobs(snapshot())),
    )


@pages.post("/amministrazione/sistema/lavori/<int:position>/<reaction>", endpoint="revive_job")
@limiter.limit(WRITING)
@auth.permission_required(Permission.REVIVE_JOB)
def revive_job_button(position: int, reaction: str) -> ResponseReturnValue:
    """Give a dead job its attempts back."""
    command = partial(revive_job, position=position, reaction=reaction)
    return act(command, done=_("The job will be tried again."), to=url_for("operations.system"))


def _with_entries(jobs: list[Job]) -> list[tuple[Job, Entry]]:
    return [(job, read_entry(snapshot(), job.position)) for job in jobs]
