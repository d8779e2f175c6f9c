"""The blueprint of the verify page, which belongs to no zone; a sealed file does."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import BigInteger, Select, case, cast, func, select

from consultazione.documents.queries import cycle_of_registration
from consultazione.documents.seals.models import DocumentSeal
from consultazione.outcomes.models import Outcome
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable
from consultazione.web.current_zone import cycle_found_by

pages = Blueprint("verification", __name__)

_FAMILY = func.split_part(DocumentSeal.subject, ":", 1)
_NUMBER = cast(func.split_part(DocumentSeal.subject, ":", 2), BigInteger)
_OF_TABLE = select(ThematicTable.cycle_id)


def _cycle_of_sealed(digest: str) -> Select[int]:
    """Selects the cycle of the document whose sealed file has that digest."""
    minutes = _OF_TABLE.join(Sitting, Sitting.table_id == ThematicTable.id)
    outcome = _OF_TABLE.join(Outcome, Outcome.table_id == ThematicTable.id)
    found = case(
        (_FAMILY == "minutes", minutes.where(Sitting.id == _NUMBER).scalar_subquery()),
        (_FAMILY == "outcome", outcome.where(Outcome.id == _NUMBER).scalar_subquery()),
        else_=cycle_of_registration(_NUMBER).scalar_subquery(),
    )
    return select(found).where(DocumentSeal.sha256 == digest)


cycle_found_by("sealed_digest", _cycle_of_sealed)
