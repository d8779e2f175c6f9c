"""REST: provincial programmes, their projects with the zones' answers, what a zone received."""

from __future__ import annotations

from typing import TypedDict

from flask.views import MethodView

from consultazione.provincial.answers import answer_project
from consultazione.provincial.blueprint import rest
from consultazione.provincial.models import ForwardState, ProjectForward, ProvincialProject
from consultazione.provincial.queries import (
    forwards_of,
    get_forward,
    get_project,
    programmes,
    projects,
    received,
)
from consultazione.provincial.schemas import (
    AnsweredProjectOut,
    ProjectAnswerSchema,
    ProjectOut,
    ReceivedOut,
)
from consultazione.web.current_zone import current_cycle
from consultazione.web.request_db import renew_snapshot, snapshot, transaction
from consultazione.zones.queries import territory_by_slug


class _Answer(TypedDict):
    """What the plan office sends."""

    answer: ForwardState
    reason: str


class _Answered(TypedDict):
    """A project, and the answers of the zones."""

    project: ProvincialProject
    zones: list[ProjectForward]


@rest.route("/territories/<territory>/projects")
class TerritoryProjects(MethodView):
    """The projects of a territory's programmes."""

    @rest.response(200, ProjectOut(many=True))
    @rest.alt_response(404, description="There is no such territory.")
    @rest.reads_much
    def get(self, territory: str) -> list[ProvincialProject]:
        """All projects, in the order of their writing."""
        place = territory_by_slug(snapshot(), territory)
        return projects(snapshot(), [row.id for row in programmes(snapshot(), place.id)])


@rest.route("/provincial-projects/<int:project_id>")
class Project(MethodView):
    """A project of a provincial programme."""

    @rest.response(200, AnsweredProjectOut)
    @rest.alt_response(404, description="There is no such provincial project.")
    def get(self, project_id: int) -> _Answered:
        """A project, and what each zone to which it was forwarded answered."""
        row = get_project(snapshot(), project_id)
        return {"project": row, "zones": forwards_of(snapshot(), [row.id])}


@rest.route("/received-projects")
class Received(MethodView):
    """The provincial projects of a cycle."""

    @rest.response(200, ReceivedOut(many=True))
    @rest.takes_place
    def get(self) -> list[ProjectForward]:
        """The projects that the zone received in the cycle, oldest first, with its answers."""
        return received(snapshot(), current_cycle().id)


@rest.route("/received-projects/<int:forward_id>/answer")
class ProjectAnswer(MethodView):
    """A zone's answer to a provincial project."""

    @rest.writes(
        ReceivedOut,
        body=ProjectAnswerSchema,
        refusals={
            403: "Only the plan office of the zone answers.",
            404: "The zone has received no such project.",
            409: "It has its answer already.",
        },
    )
    def post(self, values: _Answer, forward_id: int) -> ProjectForward:
        """Accept or refuse a project, once, with a reason."""
        with transaction() as tx:
            answer_project(tx, forward_id=forward_id, **values)
        return get_forward(renew_snapshot(), forward_id)
