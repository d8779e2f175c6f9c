"""The programme as a whole: opening it for a year, and its approval by an act."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import require_nothing_since
from consultazione.documents.models import Registration
from consultazione.documents.register import register_as_it_stands
from consultazione.programme.events import ProgrammeApproved, ProgrammeOpened, programme_stream
from consultazione.programme.kinds import ProgrammeState
from consultazione.programme.locking import changed_programme
from consultazione.programme.models import AnnualProgramme
from consultazione.programme.paper.compose import programme_document
from consultazione.programme.paper.gather import books_of
from consultazione.programme.paper.kind import PROGRAMME
from consultazione.zones.models import Act
from consultazione.zones.queries import get_cycle


def open_programme(
    tx: Transaction, *, cycle_id: int, year: int, demo: bool = False
) -> AnnualProgramme:
    """Open the programme for one year of a cycle, as a draft, and return it.

    NotFound if there is no such cycle; Invalid on `year` if it is none of the cycle's;
    Conflict if the year has its programme.
    """
    cycle = get_cycle(tx.session, cycle_id)
    require(tx.actor, Permission.OPEN_PROGRAMME, zone_id=cycle.zone_id)
    if not cycle.first_year <= year <= cycle.last_year:
        raise Invalid.at("year", _("Choose a year of the cycle %(years)s.", years=cycle.years))
    programme = AnnualProgramme(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        year=year,
        state=ProgrammeState.DRAFT,
        opened_at=tx.now,
        demo=demo,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(programme)
    except IntegrityError as error:
        raise Conflict(_("The programme of %(year)s is open already.", year=year)) from error
    tx.record(
        programme_stream(programme.id),
        ProgrammeOpened(programme_id=programme.id, cycle_id=cycle.id, year=year),
    )
    return programme


def approve_programme(
    tx: Transaction, *, programme_id: int, act_id: int, seen: int | None = None
) -> AnnualProgramme:
    """Approve a programme by a formal act of its cycle.

    seen: the last entry of the programme's stream when it was read, None if that is not known.
    NotFound if there is no such programme; Conflict if it is approved already, or was changed
    since it was read; Invalid on `act_id` if the act is not one of its cycle.
    """
    programme = changed_programme(tx, programme_id, Permission.APPROVE_PROGRAMME)
    if not programme.is_draft:
        raise Conflict(_("This programme is approved already."))
    told = _("The programme was changed since you read it: read it again, then approve it.")
    require_nothing_since(tx, programme_stream(programme.id), seen=seen, told=told)
    act = tx.session.get(Act, act_id)
    if act is None or act.cycle_id != programme.cycle_id:
        raise Invalid.at(
            "act_id", _("Record the act that approves the programme first, then choose it here.")
        )
    programme.state, programme.act_id = ProgrammeState.APPROVED, act.id
    tx.record(
        programme_stream(programme.id),
        ProgrammeApproved(programme_id=programme.id, act_id=act.id),
    )
    _freeze(tx, programme)
    return programme


def number_programme(tx: Transaction, *, programme_id: int) -> Registration:
    """Give an approved programme a number as it stands, with its corrections since the last one.

    If the latest document says the same, it is returned. NotFound if there is no such programme;
    Conflict if it is not approved.
    """
    programme = changed_programme(tx, programme_id, Permission.NUMBER_PROGRAMME)
    if programme.is_draft:
        raise Conflict(_("This programme is not approved yet: its approval gives it a number."))
    return _freeze(tx, programme)


def _freeze(tx: Transaction, programme: AnnualProgramme) -> Registration:
    """Number a programme as it stands, if its latest document says something else."""
    tx.flush()
    tx.session.expire(programme, ["act"])
    cycle = get_cycle(tx.session, programme.cycle_id)
    document = programme_document(cycle, books_of(tx.session, programme))
    return register_as_it_stands(
        tx, programme.zone_id, PROGRAMME, object_id=programme.id, document=document
    )
