"""The territory's side: its programme, its tables, its projects, and their way to the zones."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, NotFound, Sentence
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission
from consultazione.programme.amounts import checked_amount
from consultazione.provincial.events import (
    PROJECT_DETAILS,
    TABLE_DETAILS,
    ProjectForwarded,
    ProjectReceived,
    ProvincialProgrammeOpened,
    ProvincialProjectWritten,
    ProvincialTableSetUp,
)
from consultazione.provincial.models import (
    ForwardState,
    ProjectForward,
    ProvincialProgramme,
    ProvincialProject,
    ProvincialTable,
    Section,
)
from consultazione.provincial.rights import require_in_territory
from consultazione.zones.events import territory_stream, zone_stream
from consultazione.zones.models import Territory, Zone
from consultazione.zones.queries import current_cycle


def open_provincial_programme(
    tx: Transaction, *, territory_id: int, first_year: int, last_year: int, demo: bool = False
) -> ProvincialProgramme:
    """Open the provincial programme of some years, and return it.

    NotFound if there is no such territory; Invalid if it ends before it begins; Conflict if the
    territory has a programme of these years.
    """
    _check_territory(tx, territory_id)
    require_in_territory(tx, Permission.OPEN_PROVINCIAL_PROGRAMME, territory_id)
    if last_year < first_year:
        raise Invalid.at("last_year", _("The last year comes before the first: correct one."))
    programme = ProvincialProgramme(
        territory_id=territory_id,
        first_year=first_year,
        last_year=last_year,
        opened_at=tx.now,
        demo=demo,
    )
    _insert(tx, programme, _("The territory has a programme of these years already."))
    opened = ProvincialProgrammeOpened(
        programme_id=programme.id, first_year=first_year, last_year=last_year
    )
    tx.record(territory_stream(territory_id), opened)
    return programme


def set_up_provincial_table(
    tx: Transaction,
    *,
    territory_id: int,
    section: Section,
    name: str,
    remit: str,
    demo: bool = False,
) -> ProvincialTable:
    """Set up a table of the territory in one of the sections, and return it.

    NotFound if there is no such territory; Conflict if it has a table of this name.
    """
    _check_territory(tx, territory_id)
    require_in_territory(tx, Permission.SET_UP_PROVINCIAL_TABLE, territory_id)
    table = ProvincialTable(
        territory_id=territory_id, section=section, name=name, remit=remit, demo=demo
    )
    _insert(tx, table, _("There is a table of this name: choose another."))
    set_up = ProvincialTableSetUp(
        table_id=table.id,
        section=section,
        title=FreeText(name),
        details=TABLE_DETAILS.of(table),
    )
    tx.record(territory_stream(territory_id), set_up)
    return table


def write_provincial_project(
    tx: Transaction,
    *,
    programme_id: int,
    table_id: int,
    title: str,
    body: str,
    amount: Decimal | None = None,
    demo: bool = False,
) -> ProvincialProject:
    """Write a project into a programme, in the section of the table that agreed on it.

    amount: euro with two decimals at most. NotFound if there is no such programme; Invalid if
    the table is another territory's, or the amount negative or finer than a cent; Conflict if
    the programme has a project of this title.
    """
    programme = tx.session.get(ProvincialProgramme, programme_id)
    if programme is None:
        raise NotFound(_("There is no such provincial programme."))
    require_in_territory(tx, Permission.WRITE_PROVINCIAL_PROJECT, programme.territory_id)
    table = tx.session.get(ProvincialTable, table_id)
    if table is None or table.territory_id != programme.territory_id:
        raise Invalid.at("table_id", _("Choose a provincial table of this territory."))
    if amount is not None:
        checked_amount(amount, "amount", least=Decimal(0))
    project = ProvincialProject(
        territory_id=programme.territory_id,
        programme_id=programme.id,
        table_id=table.id,
        section=table.section,
        title=title,
        body=body,
        amount=amount,
        written_at=tx.now,
        demo=demo,
    )
    _insert(tx, project, _("The programme has a project of this title already."))
    tx.record(territory_stream(programme.territory_id), _written(project))
    return project


def forward_project(tx: Transaction, *, project_id: int, zone_id: int) -> ProjectForward:
    """Forward a project to a zone of its territory, into the zone's current cycle.

    Idempotent: a zone has a project once, with its one answer. Locks the project FOR NO KEY
    UPDATE. NotFound if there is no such project, or no such zone in its territory.
    """
    project = tx.session.get(ProvincialProject, project_id, with_for_update={"key_share": True})
    if project is None:
        raise NotFound(_("There is no such provincial project."))
    require_in_territory(tx, Permission.FORWARD_PROJECT, project.territory_id)
    zone = tx.session.get(Zone, zone_id)
    if zone is None or zone.territory_id != project.territory_id:
        raise NotFound(_("There is no such zone in this territory."))
    known = tx.session.query(ProjectForward).filter_by(project_id=project_id, zone_id=zone_id)
    if (forward := known.one_or_none()) is not None:
        return forward
    forward = ProjectForward(
        project_id=project.id,
        zone_id=zone.id,
        cycle_id=current_cycle(tx.session, zone.id).id,
        state=ForwardState.WAITING,
        forwarded_at=tx.now,
    )
    tx.session.add(forward)
    tx.flush()
    ids = {"project_id": project.id, "forward_id": forward.id}
    forwarded = ProjectForwarded(**ids, zone_id=zone.id)
    tx.record(territory_stream(project.territory_id), forwarded)
    tx.record(zone_stream(zone.id), ProjectReceived(**ids, cycle_id=forward.cycle_id))
    return forward


def _check_territory(tx: Transaction, territory_id: int) -> None:
    if tx.session.get(Territory, territory_id) is None:
        raise NotFound(_("There is no such territory."))


def _insert(
    tx: Transaction,
    row: ProvincialProgramme | ProvincialTable | ProvincialProject,
    taken: Sentence,
) -> None:
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        raise Conflict(taken) from error


def _written(project: ProvincialProject) -> ProvincialProjectWritten:
    return ProvincialProjectWritten(
        project_id=project.id,
        programme_id=project.programme_id,
        table_id=project.table_id,
        section=project.section,
        title=FreeText(project.title),
        body=FreeText(project.body),
        details=PROJECT_DETAILS.of(project),
    )
