"""Queries on sittings: lists, a single sitting, and the persons whom it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from flask_babel import lazy_gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import NotFound
from consultazione.core.log import EPHEMERAL_FROM
from consultazione.core.text import has_control_characters
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.proposals.models import Proposal, ProposalState
from consultazione.proposals.search import Filter, find_proposals
from consultazione.sittings.models import Attendance, Sitting, SittingState
from consultazione.sittings.types import People
from consultazione.tables.models import ThematicTable

# More proposals than one reads through in a list; the others are searched for.
MOST_OFFERED = 100
_LONGEST_WORDS = 200
_KEPT = "sittings"
_NO_SUCH = _("There is no such sitting.")
_FORGOTTEN = _("The rehearsal is over, and nothing of it remains.")
# Leaves rehearsals out: lists never show them, only their address leads to them.
_HELD = Sitting.rehearses.is_(None)


def get_sitting(session: Session, sitting_id: int) -> Sitting:
    """Return a sitting with its table; NotFound if there is none.

    Read once in a session, which by itself keeps only what somebody still holds.
    """
    sitting = session.get(Sitting, sitting_id, options=[joinedload(Sitting.table)])
    if sitting is None:
        raise NotFound(_FORGOTTEN if sitting_id >= EPHEMERAL_FROM else _NO_SUCH)
    session.info[_KEPT, sitting_id] = sitting
    return sitting


def coming_sittings(session: Session, cycle_id: int) -> list[Sitting]:
    """Return the zone's open sittings, then its convened ones, the soonest first."""
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.state != SittingState.CLOSED, _HELD)
        .order_by(Sitting.state == SittingState.CONVENED, Sitting.starts_at, Sitting.id)
    )
    return list(session.scalars(query))


def past_sittings(
    session: Session, cycle_id: int, *, before: int | None = None, limit: int
) -> list[Sitting]:
    """Return the zone's closed sittings, the latest first.

    before: the id of the last sitting of the previous page; NotFound if there is none.
    """
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.state == SittingState.CLOSED, _HELD)
        .order_by(Sitting.starts_at.desc(), Sitting.id.desc())
        .limit(limit)
    )
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def sittings_after(
    session: Session, cycle_id: int, *, after: int, limit: int, table_id: int | None = None
) -> list[Sitting]:
    """Return the zone's sittings with ids greater than `after`, by id.

    table_id: leaves out the sittings of other tables.
    """
    query = (
        select(Sitting)
        .join(Sitting.table)
        .options(joinedload(Sitting.table))
        .where(ThematicTable.cycle_id == cycle_id, Sitting.id > after, _HELD)
        .order_by(Sitting.id)
        .limit(limit)
    )
    if table_id is not None:
        query = query.where(Sitting.table_id == table_id)
    return list(session.scalars(query))


def table_sittings(
    session: Session, table_id: int, *, before: int | None = None, limit: int | None = None
) -> list[Sitting]:
    """Return a table's sittings, the latest first.

    before: the id of the last sitting of the previous page; NotFound if there is none.
    """
    query = select(Sitting).where(Sitting.table_id == table_id, _HELD)
    query = query.order_by(Sitting.starts_at.desc(), Sitting.id.desc()).limit(limit)
    if before is not None:
        last = get_sitting(session, before)
        query = query.where(tuple_(Sitting.starts_at, Sitting.id) < tuple_(last.starts_at, last.id))
    return list(session.scalars(query))


def offered_proposals(
    session: Session, table: ThematicTable, *, words: str, chosen: Iterable[str]
) -> Mapping[str, object]:
    """Return the admitted proposals that a form offers, as its template reads them.

    words: as typed, to look for some; else the newest are offered. chosen: the numbers that a
    form which is shown again came with; they are offered in any case.
    """
    words = "" if has_control_characters(words) else words.strip()[:_LONGEST_WORDS]
    admitted = ProposalState.ADMITTED
    wanted = Filter(cycle_id=table.cycle_id, table_id=table.id, state=admitted, words=words)
    found = [listed.proposal for listed in find_proposals(session, wanted, limit=MOST_OFFERED + 1)]
    kept = select(Proposal).filter_by(table_id=table.id, state=admitted)
    kept = kept.where(Proposal.id.in_(_numbers(chosen)))
    rows = {row.id: row.title for row in [*session.scalars(kept), *found[:MOST_OFFERED]]}
    return {
        "proposals": list(rows.items()),
        "proposal_words": words,
        "more_proposals": len(found) > MOST_OFFERED,
    }


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 16]


def names_at(session: Session, sitting_id: int, ids: Collection[int]) -> People:
    """Return the names of persons as a sitting shows them, by id as text.

    Each is a dict of `name`, `organisation` and `category`. The last two are those of the
    person's latest attendance; None for persons who never attended, such as a facilitator
    whom an entry names before the sitting begins.
    """
    latest = (
        select(Attendance.person_id, Attendance.mandate_id, Attendance.category)
        .ext(distinct_on(Attendance.person_id))
        .where(Attendance.sitting_id == sitting_id, Attendance.person_id.in_(ids))
        .order_by(Attendance.person_id, Attendance.id.desc())
        .subquery()
    )
    query = (
        select(Person.id, Person.display_name, Organisation.name, latest.c.category)
        .outerjoin(latest, latest.c.person_id == Person.id)
        .outerjoin(Mandate, Mandate.id == latest.c.mandate_id)
        .outerjoin(Organisation, Organisation.id == Mandate.organisation_id)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
    )
    return {
        str(person_id): {"name": name, "organisation": organisation, "category": category}
        for person_id, name, organisation, category in session.execute(query)
    }
