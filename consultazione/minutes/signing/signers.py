"""Who signs the minutes of a sitting: the chair, and who wrote them (*verbalizzante*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload

from consultazione.core.errors import Conflict, NotAllowed
from consultazione.documents.signatures.models import SigningCopy
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.minutes.queries import person_names
from consultazione.minutes.signing.models import MinutesSignature, SigningRole
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable


@dataclass(frozen=True)
class Signer:
    """Somebody whose signature belongs under minutes. given: None until they have signed."""

    person_id: int
    name: str
    role: SigningRole
    given: MinutesSignature | None


def roles(sitting: Sitting) -> Mapping[int, SigningRole]:
    """As what each person signs the minutes of a sitting, by person id, the chair first."""
    chair, writer = sitting.presided_by, sitting.secretary_id
    if chair is not None and chair == writer:
        return {chair: SigningRole.BOTH}
    named = {chair: SigningRole.CHAIR, writer: SigningRole.WRITER}
    return {person_id: role for person_id, role in named.items() if person_id is not None}


def signers_of(session: Session, minutes: Minutes) -> list[Signer]:
    """Who signs minutes and who has, the chair first; nobody of a draft."""
    if minutes.state is MinutesState.DRAFT:
        return []
    given = {one.person_id: one for one in signatures_of(session, minutes.id)}
    asked = roles(minutes.sitting)
    names = person_names(session, asked.keys())
    return [
        Signer(person_id, names[person_id], role, given.get(person_id))
        for person_id, role in asked.items()
    ]


def require_signer(session: Session, minutes: Minutes, person_id: int) -> SigningRole:
    """As what a person signs minutes now.

    NotAllowed for anybody else; Conflict if the minutes are a draft, or the person has signed.
    """
    role = roles(minutes.sitting).get(person_id)
    if role is None:
        raise NotAllowed(_("Only who presided and who wrote the minutes sign them."))
    if minutes.state is MinutesState.DRAFT:
        raise Conflict(_("These minutes are a draft: they are signed once they are approved."))
    if session.get(MinutesSignature, (minutes.id, person_id)) is not None:
        raise Conflict(_("You have signed these minutes already, and your signature stands."))
    return role


def is_renewed(session: Session, minutes: Minutes) -> bool:
    """True if the PDF was written before all had signed, and nobody has it as published yet."""
    if minutes.state is not MinutesState.APPROVED or minutes.pdf_sha256 is None:
        return False
    return all(one.given for one in signers_of(session, minutes))


def signatures_of(session: Session, minutes_id: int) -> list[MinutesSignature]:
    """The signatures under minutes, the first one first."""
    query = (
        select(MinutesSignature)
        .options(joinedload(MinutesSignature.signature))
        .filter_by(minutes_id=minutes_id)
        .order_by(MinutesSignature.signature_id)
    )
    return list(session.scalars(query))


def uncopied_minutes(session: Session) -> list[int]:
    """The sittings, by id, whose minutes were approved and have no copy to be signed.

    Minutes that all their signers have signed need none any more.
    """
    copied = select(SigningCopy).where(SigningCopy.document_digest == Minutes.digest)
    query = (
        select(Minutes.sitting_id)
        .join(Minutes.sitting)
        .where(Minutes.approved_at.is_not(None), ~copied.exists())
        .where(_unsigned_by(Sitting.presided_by) | _unsigned_by(Sitting.secretary_id))
    )
    return list(session.scalars(query))


def unsigned_minutes(
    session: Session, cycle_id: int, person_id: int, *, approved_after: datetime
) -> list[Minutes]:
    """The minutes of a cycle approved since then that a person is to sign, the oldest first."""
    theirs = (Sitting.presided_by == person_id) | (Sitting.secretary_id == person_id)
    given = exists().where(
        MinutesSignature.minutes_id == Minutes.id, MinutesSignature.person_id == person_id
    )
    query = (
        select(Minutes)
        .join(Minutes.sitting)
        .join(Sitting.table)
        .options(contains_eager(Minutes.sitting))
        .where(ThematicTable.cycle_id == cycle_id, theirs, ~given)
        .where(Minutes.approved_at > approved_after)
        .order_by(Minutes.id)
    )
    return list(session.scalars(query))


def _unsigned_by(person_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    given = exists().where(
        MinutesSignature.minutes_id == Minutes.id, MinutesSignature.person_id == person_id
    )
    return person_id.is_not(None) & ~given
