"""From a project that the zone accepted to an intervention of its annual programme."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.permissions import Permission, require
from consultazione.programme.commands.interventions import add_intervention
from consultazione.programme.models import AnnualProgramme, Intervention
from consultazione.programme.queries import programme_of
from consultazione.programme.sheet import Sheet
from consultazione.provincial.events import ProjectProgrammed
from consultazione.provincial.models import ForwardState, ProjectForward, ProjectIntervention
from consultazione.zones.events import zone_stream


def put_project_into_programme(
    tx: Transaction, *, forward_id: int, year: int, sheet: Sheet, reason: str = ""
) -> Intervention:
    """Make a project that the zone accepted an intervention of one year of that cycle.

    Once in each year. Locks the forward FOR UPDATE. NotFound if the zone has no such project, or
    the programme of the year is not open; Conflict unless the zone accepted the project, or if it
    stands in that programme; Invalid as for every new intervention.
    """
    forward = tx.session.get(ProjectForward, forward_id, with_for_update={"of": ProjectForward})
    if forward is None:
        raise NotFound(_("The zone has received no such project."))
    require(tx.actor, Permission.PUT_PROJECT_INTO_PROGRAMME, zone_id=forward.zone_id)
    if forward.state is not ForwardState.ACCEPTED:
        raise Conflict(_("Only a project that the zone has accepted goes into its programme."))
    programme = programme_of(tx.session, forward.cycle_id, year)
    _require_once(tx, forward, programme)
    intervention = add_intervention(
        tx, programme_id=programme.id, sheet=sheet, reason=reason, demo=forward.project.demo
    )
    row = ProjectIntervention(
        intervention_id=intervention.id, programme_id=programme.id, forward_id=forward.id
    )
    tx.session.add(row)
    tx.flush()
    tx.record(
        zone_stream(forward.zone_id),
        ProjectProgrammed(
            project_id=forward.project_id,
            forward_id=forward.id,
            programme_id=programme.id,
            intervention_id=intervention.id,
        ),
    )
    return intervention


def _require_once(tx: Transaction, forward: ProjectForward, programme: AnnualProgramme) -> None:
    known = tx.session.query(ProjectIntervention).filter_by(
        forward_id=forward.id, programme_id=programme.id
    )
    if known.count():
        sentence = _(
            "The project stands in the programme %(year)s already: open the intervention there.",
            year=programme.year,
        )
        raise Conflict(sentence)
