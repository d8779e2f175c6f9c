"""Events of a zone and of its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.zones.models import ActKind, BodyKind

ACT_DETAILS = Details("act", "title number body source url")
TERRITORY_DETAILS = Details("territory", "name kind region lead_body presentation")


class ZoneSetting(StrEnum):
    """What can be changed of a zone once it is set up."""

    NAME = "name"
    LEAD_BODY = "lead_body"
    PRESENTATION = "presentation"
    SIGN_OFF_RULE = "sign_off_rule"
    WITHOUT_QUORUM = "without_quorum"
    SIGN_OFF_DAYS = "sign_off_days"
    COLOUR = "colour"
    LOGO = "logo"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CONTACT_ADDRESS = "contact_address"
    WEBSITE = "website"
    PRIVACY_URL = "privacy_url"
    ACCESSIBILITY_URL = "accessibility_url"
    FOUR_EYES = "four_eyes"
    CORRECTION_DAYS = "correction_days"
    APPROVAL_WAY = "approval_way"
    CHAT_KEPT = "chat_kept"
    CONTACT_PEC = "contact_pec"
    CONTACT_HOURS = "contact_hours"
    FRAME_HOSTS = "frame_hosts"


BODY_DETAILS = Details("body", "name kind")
ADDED_CHAPTER_DETAILS = Details("chapter", "number description mandatory")
CHANGED_CHAPTER_DETAILS = Details("chapter", "description")
CHAPTER_DETAILS = Details("chapter", "number title description mandatory")
PHASE_DETAILS = Details("phase", "kind rank title description")
PRIORITY_DETAILS = Details("priority", "rank title is_need source found_on")
ZONE_DETAILS = Details("zone", " ".join(["kind", *ZoneSetting]))
_PARTS = {
    "chapters": CHAPTER_DETAILS.places,
    "priorities": PRIORITY_DETAILS.places,
    "phases": PHASE_DETAILS.places,
}


def zone_stream(zone_id: int) -> str:
    """The stream of a zone: its path, organisations, mandates and roles."""
    return f"zone:{zone_id}"


def territory_stream(territory_id: int) -> str:
    """The stream of a territory, which brings several zones together."""
    return f"territory:{territory_id}"


@dataclass(frozen=True, kw_only=True)
class TerritorySetUp(Event, texts={"details": TERRITORY_DETAILS.places}):
    """A territory has been set up, without zones."""

    kind: ClassVar[str] = "territory.set_up"

    territory_id: int
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ZoneJoinedTerritory(Event):
    """The zone has become one of a territory."""

    kind: ClassVar[str] = "zone.joined_territory"

    territory_id: int


@dataclass(frozen=True, kw_only=True)
class DraftsShared(Event):
    """The zone lets the coordinator of its territory read what is still a draft."""

    kind: ClassVar[str] = "zone.drafts_shared"

    territory_id: int


@dataclass(frozen=True, kw_only=True)
class DraftsReserved(Event):
    """The zone keeps what is still a draft from the coordinator of its territory again."""

    kind: ClassVar[str] = "zone.drafts_reserved"

    territory_id: int


@dataclass(frozen=True, kw_only=True)
class ZoneSetUp(
    Event,
    texts={"details": ZONE_DETAILS.places, "bodies": BODY_DETAILS.places, **_PARTS},
):
    """A zone and its first planning cycle have been set up."""

    kind: ClassVar[str] = "zone.set_up"

    zone_id: int
    cycle_start: int
    cycle_end: int
    details: FreeText | None = None
    body_ids: list[int] | None = None
    bodies: FreeText | None = None
    cycle_id: int | None = None
    chapter_ids: list[int] | None = None
    chapters: FreeText | None = None
    priority_ids: list[int] | None = None
    priorities: FreeText | None = None
    phase_ids: list[int] | None = None
    phases: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class CycleOpened(Event, texts=_PARTS):
    """One more planning cycle of a zone has been opened."""

    kind: ClassVar[str] = "cycle.opened"

    cycle_id: int
    first_year: int
    last_year: int
    chapter_ids: list[int] | None = None
    chapters: FreeText | None = None
    priority_ids: list[int] | None = None
    priorities: FreeText | None = None
    phase_ids: list[int] | None = None
    phases: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ZoneChanged(Event, texts={"was": "log_text.sealed", "now": "log_text.sealed"}):
    """An administrator has changed a setting of the zone; `was` and `now` are its values."""

    kind: ClassVar[str] = "zone.changed"

    zone_id: int
    setting: ZoneSetting
    was: FreeText
    now: FreeText


@dataclass(frozen=True, kw_only=True)
class BodyAdded(Event, texts={"title": "body.name"}):
    """A body has been added to those that define the zone's plan."""

    kind: ClassVar[str] = "body.added"

    body_id: int
    body_kind: BodyKind
    title: FreeText


@dataclass(frozen=True, kw_only=True)
class BodyRemoved(Event, texts={"title": "log_text.sealed"}):
    """A body has been taken from those that define the zone's plan."""

    kind: ClassVar[str] = "body.removed"

    body_id: int
    title: FreeText


@dataclass(frozen=True, kw_only=True)
class PhaseOpened(Event):
    """A phase of the path has begun; `act_id` is the act that opened it, if one did."""

    kind: ClassVar[str] = "phase.opened"

    phase_id: int
    starts_on: date
    act_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(Event):
    """The last day on which a phase takes contributions was announced, or taken back."""

    kind: ClassVar[str] = "phase.deadline_set"

    phase_id: int
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class PhaseClosed(Event):
    """A formal act has closed a phase of the path."""

    kind: ClassVar[str] = "phase.closed"

    phase_id: int
    act_id: int
    closed_on: date


@dataclass(frozen=True, kw_only=True)
class ActRecorded(Event, texts={"details": ACT_DETAILS.places}):
    """A formal act has been entered in the register of acts."""

    kind: ClassVar[str] = "act.recorded"

    act_id: int
    act_kind: ActKind
    on_day: date
    # Entries of before do not say of which cycle it is.
    cycle_id: int | None = None
    details: FreeText | None = None
