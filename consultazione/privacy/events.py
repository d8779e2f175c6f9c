"""Events of privacy: of one person in the stream of their account, of a zone in the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.privacy.models import LeftTexts


@dataclass(frozen=True, kw_only=True)
class DataRequested(Event):
    """A person has asked for a copy of all that is kept about them."""

    kind: ClassVar[str] = "data.requested"

    download_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class DataPrepared(Event):
    """The copy that a person asked for can be fetched."""

    kind: ClassVar[str] = "data.prepared"

    download_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class DataDeleted(Event):
    """The copy that was made for a person is deleted."""

    kind: ClassVar[str] = "data.deleted"

    download_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonDeparted(Event):
    """A person has deleted their account: name, address and password are gone, its id stays."""

    kind: ClassVar[str] = "person.departed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PrivacyChanged(Event):
    """A zone changed how long data is kept, and what becomes of texts of those who leave."""

    kind: ClassVar[str] = "privacy.changed"

    left_texts: LeftTexts
    mail_days: int
    security_days: int
    link_days: int
    job_days: int


@dataclass(frozen=True, kw_only=True)
class RetentionApplied(Event):
    """What was kept for long enough was deleted: how much of what."""

    kind: ClassVar[str] = "retention.applied"

    run_id: int
    mails: int
    links: int
    downloads: int
    jobs: int
    security_files: int


@dataclass(frozen=True, kw_only=True)
class ActivityRecorded(
    Event,
    texts={
        "activity": "processing_activity.name",
        "purpose": "processing_activity.purpose",
        "basis": "processing_activity.basis",
        "subjects": "processing_activity.subjects",
        "data": "processing_activity.data",
        "recipients": "processing_activity.recipients",
        "kept": "processing_activity.kept",
        "measures": "processing_activity.measures",
    },
):
    """An activity was entered in the register of processing, or what it says was changed."""

    kind: ClassVar[str] = "processing.recorded"

    activity_id: int
    activity: FreeText
    purpose: FreeText
    basis: FreeText
    subjects: FreeText
    data: FreeText
    recipients: FreeText
    kept: FreeText
    measures: FreeText


@dataclass(frozen=True, kw_only=True)
class ActivityRemoved(Event):
    """An activity was taken out of the register of processing."""

    kind: ClassVar[str] = "processing.removed"

    activity_id: int
