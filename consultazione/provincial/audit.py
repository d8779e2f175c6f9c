"""What the provincial programme, its projects and the zones' answers must say by the log."""

from __future__ import annotations

from consultazione.core.audit import AT, OF_STREAM, Audit, Is, adds, details, drops, register, sets
from consultazione.provincial.events import PROJECT_DETAILS, TABLE_DETAILS
from consultazione.provincial.models import (
    ForwardState,
    ProjectForward,
    ProjectIntervention,
    ProvincialProgramme,
    ProvincialProject,
    ProvincialTable,
)

PROGRAMME = Audit(
    ProvincialProgramme,
    adds(
        "provincial_programme.opened",
        id="programme_id",
        territory_id=OF_STREAM,
        first_year="first_year",
        last_year="last_year",
        opened_at=AT,
    ),
)
TABLE = Audit(
    ProvincialTable,
    adds(
        "provincial_table.set_up",
        id="table_id",
        territory_id=OF_STREAM,
        section="section",
        name="title",
        **details(TABLE_DETAILS),
    ),
)
PROJECT = Audit(
    ProvincialProject,
    adds(
        "provincial_project.written",
        id="project_id",
        territory_id=OF_STREAM,
        programme_id="programme_id",
        table_id="table_id",
        section="section",
        title="title",
        body="body",
        **details(PROJECT_DETAILS),
        written_at=AT,
    ),
)
_FORWARD = {"id": "forward_id"}
FORWARD = Audit(
    ProjectForward,
    adds(
        "provincial_project.forwarded",
        **_FORWARD,
        project_id="project_id",
        zone_id="zone_id",
        state=Is(ForwardState.WAITING),
        reason=Is(None),
        forwarded_at=AT,
        answered_at=Is(None),
    ),
    sets("provincial_project.received", **_FORWARD, cycle_id="cycle_id"),
    sets(
        "provincial_project.accepted",
        **_FORWARD,
        state=Is(ForwardState.ACCEPTED),
        reason="reason",
        answered_at=AT,
    ),
    sets(
        "provincial_project.refused",
        **_FORWARD,
        state=Is(ForwardState.REFUSED),
        reason="reason",
        answered_at=AT,
    ),
    sets("provincial_project.answered", **_FORWARD, state="state"),
)
PROGRAMMED = Audit(
    ProjectIntervention,
    adds(
        "provincial_project.programmed",
        intervention_id="intervention_id",
        programme_id="programme_id",
        forward_id="forward_id",
    ),
    drops("intervention.removed", intervention_id="intervention_id"),
)

register("territory", "zone", audits=(PROGRAMME, TABLE, PROJECT, FORWARD))
register("zone", "programme", audits=(PROGRAMMED,))
