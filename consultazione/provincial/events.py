"""Events of the provincial programme: in the territory's stream, and in those of the zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.provincial.models import ForwardState, Section

TABLE_DETAILS = Details("provincial_table", "remit")
PROJECT_DETAILS = Details("provincial_project", "amount")


@dataclass(frozen=True, kw_only=True)
class ProvincialProgrammeOpened(Event):
    """The provincial programme of some years has been opened."""

    kind: ClassVar[str] = "provincial_programme.opened"

    programme_id: int
    first_year: int
    last_year: int


@dataclass(frozen=True, kw_only=True)
class ProvincialTableSetUp(
    Event, texts={"title": "provincial_table.name", "details": TABLE_DETAILS.places}
):
    """A provincial table has been set up in one of the three sections."""

    kind: ClassVar[str] = "provincial_table.set_up"

    table_id: int
    section: Section
    title: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ProvincialProjectWritten(
    Event,
    texts={
        "title": "provincial_project.title",
        "body": "provincial_project.body",
        "details": PROJECT_DETAILS.places,
    },
):
    """A project on which a provincial table agreed has been written into the programme."""

    kind: ClassVar[str] = "provincial_project.written"

    project_id: int
    programme_id: int
    table_id: int
    section: Section
    title: FreeText
    body: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectForwarded(Event):
    """The territory has forwarded a project to a zone."""

    kind: ClassVar[str] = "provincial_project.forwarded"

    project_id: int
    forward_id: int
    zone_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectReceived(Event):
    """A zone has received a project of the provincial programme."""

    kind: ClassVar[str] = "provincial_project.received"

    project_id: int
    forward_id: int
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectAccepted(Event, texts={"reason": "project_forward.reason"}):
    """The plan office of a zone has accepted a provincial project, and says why."""

    kind: ClassVar[str] = "provincial_project.accepted"

    project_id: int
    forward_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ProjectRefused(Event, texts={"reason": "project_forward.reason"}):
    """The plan office of a zone has refused a provincial project, and says why."""

    kind: ClassVar[str] = "provincial_project.refused"

    project_id: int
    forward_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ProjectAnswered(Event):
    """A zone's answer to a project has reached the territory."""

    kind: ClassVar[str] = "provincial_project.answered"

    project_id: int
    forward_id: int
    zone_id: int
    state: ForwardState


@dataclass(frozen=True, kw_only=True)
class ProjectProgrammed(Event):
    """A project that the zone accepted stands in its programme of a year as an intervention."""

    kind: ClassVar[str] = "provincial_project.programmed"

    project_id: int
    forward_id: int
    programme_id: int
    intervention_id: int
