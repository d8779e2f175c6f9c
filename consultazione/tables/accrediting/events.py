"""Events of accreditation, in the stream of the zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.people.models import Category


@dataclass(frozen=True, kw_only=True)
class OrganisationApplied(
    Event,
    texts={
        "called": "organisation_application.name",
        "office": "organisation_application.office",
        "note": "organisation_application.note",
    },
):
    """An organisation has asked to be accredited, with its statute or an act."""

    kind: ClassVar[str] = "organisation.applied"

    application_id: int
    person_id: int
    category: Category
    table_ids: list[int]
    sha256: str
    called: FreeText
    office: FreeText
    note: FreeText


@dataclass(frozen=True, kw_only=True)
class OrganisationAccredited(Event):
    """An organisation that had asked is accredited, with a mandate for who asked."""

    kind: ClassVar[str] = "organisation.accredited"

    application_id: int
    organisation_id: int
    mandate_id: int


@dataclass(frozen=True, kw_only=True)
class AccreditationRefused(Event, texts={"reason": "organisation_application.reason"}):
    """An organisation that had asked is not accredited, and is told why."""

    kind: ClassVar[str] = "organisation.accreditation_refused"

    application_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    """Who had asked for an organisation does not ask any more."""

    kind: ClassVar[str] = "organisation.application_withdrawn"

    application_id: int
