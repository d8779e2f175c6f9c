"""Outcomes as a kind of numbered document."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consultazione.documents.kinds import DocumentKind, register_kind, titled
from consultazione.minutes.models import Minutes
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.models import Adherent, Outcome
from consultazione.people.models import Organisation
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable

# Outcomes are called as the sittings that concluded them.
_TITLES = titled(
    select(Outcome.id, Sitting.title)
    .join(Minutes, Minutes.id == Outcome.minutes_id)
    .join(Sitting, Sitting.id == Minutes.sitting_id),
    Outcome.id,
)


def _stream(_session: Session, outcome_id: int) -> str:
    return outcome_stream(outcome_id)


def _cycle(outcome_id: Any) -> Select[int]:
    return (
        select(ThematicTable.cycle_id)
        .join(Outcome, Outcome.table_id == ThematicTable.id)
        .where(Outcome.id == outcome_id)
    )


def _cycle_of_adherent(adherent_id: Any) -> Select[int]:
    outcome_id = select(Adherent.outcome_id).where(Adherent.id == adherent_id)
    return _cycle(outcome_id.scalar_subquery())


OUTCOME = register_kind(
    DocumentKind(
        name="outcome",
        label=_("Outcome submitted to the unions"),
        plural=_("Outcomes submitted to the unions"),
        word="Esito",
        titles=_TITLES,
        endpoint="outcomes.show",
        parameter="outcome_id",
        sealed_as=_stream,
        cycle_of=_cycle,
    )
)
UNION_RECORD = register_kind(
    DocumentKind(
        name="union_record",
        label=_("Record of the union consultation"),
        plural=_("Records of the union consultation"),
        word="Verbale di concertazione",
        titles=_TITLES,
        cycle_of=_cycle,
        is_sealed=True,
    )
)
ADHESION = register_kind(
    DocumentKind(
        name="adhesion",
        label=_("Declaration of adherence"),
        plural=_("Declarations of adherence"),
        word="Adesione",
        titles=titled(
            select(Adherent.id, Organisation.name).join(
                Organisation, Organisation.id == Adherent.organisation_id
            ),
            Adherent.id,
        ),
        cycle_of=_cycle_of_adherent,
    )
)
