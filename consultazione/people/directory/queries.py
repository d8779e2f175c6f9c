"""What happened to an account and to the rights of its owner, from the log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.errors import Sentence
from consultazione.core.log import EntryRow
from consultazione.people.events import person_stream
from consultazione.people.models import Mandate, Organisation, Person
from consultazione.zones.event_sentences import SENTENCES
from consultazione.zones.events import zone_stream

_NAMES_PERSON = ("role.given", "role.taken_back", "mandate.given", "mandate.proposed")
_NAMES_MANDATE = (
    "mandate.corrected", "mandate.confirmed", "mandate.turned_down", "mandate.ended",
)  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One entry about a person. by: who did it; empty for the platform."""

    at: datetime
    sentence: Sentence
    by: str


def mandates_of(session: Session, person_id: int, zone_id: int) -> list[Mandate]:
    """All mandates of a person in a zone, whatever became of them, newest first."""
    query = (
        select(Mandate)
        .join(Mandate.organisation)
        .options(joinedload(Mandate.organisation))
        .where(Mandate.person_id == person_id, Organisation.zone_id == zone_id)
        .order_by(Mandate.id.desc())
    )
    return list(session.scalars(query))


def history_of(
    session: Session, person_id: int, zone_id: int, mandate_ids: Collection[int], *, limit: int
) -> list[Deed]:
    """The newest entries about an account, and about its owner's rights in a zone."""
    query = (
        select(EntryRow.at, EntryRow.kind, Person.shown_name)
        .outerjoin(Person, Person.id == EntryRow.actor_id)
        .where(_about(person_id, zone_id, mandate_ids))
        .order_by(EntryRow.position.desc())
        .limit(limit)
    )
    return [Deed(at, SENTENCES[kind], name or "") for at, kind, name in session.execute(query)]


def _about(person_id: int, zone_id: int, mandate_ids: Collection[int]) -> ColumnElement[bool]:
    """Whose entries: those of the account's stream, and those of the zone that name it."""
    named = EntryRow.data["person_id"].astext.cast(BigInteger) == person_id
    mandate = EntryRow.data["mandate_id"].astext.cast(BigInteger).in_(mandate_ids)
    here = EntryRow.stream == zone_stream(zone_id)
    return or_(
        EntryRow.stream == person_stream(person_id),
        here & EntryRow.kind.in_(_NAMES_PERSON) & named,
        here & EntryRow.kind.in_(_NAMES_MANDATE) & mandate,
    )
