"""Events of acts; they stand in the stream of their zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.core.log.details import Details
from consultazione.zones.acts.models import SignatoryKind

CORRECTED_DETAILS = Details("act", "kind on_day title number body source url")
APPROVAL_DETAILS = Details("approval_step", "body reference deciding_act_id")
SIGNATORY_DETAILS = Details("signatory", "name")


@dataclass(frozen=True, kw_only=True)
class ActCorrected(
    Event, texts={"reason": "act_version.reason", "details": CORRECTED_DETAILS.places}
):
    """A formal act was corrected in the register; `version` is what it said before."""

    kind: ClassVar[str] = "act.corrected"

    act_id: int
    version: int
    reason: FreeText
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalRecorded(Event, texts={"details": APPROVAL_DETAILS.places}):
    """A body has approved an act in one of its sittings."""

    kind: ClassVar[str] = "approval.recorded"

    step_id: int
    act_id: int
    session_day: date
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalRemoved(Event):
    """A step of approval was entered by mistake and has been taken out."""

    kind: ClassVar[str] = "approval.removed"

    step_id: int
    act_id: int


@dataclass(frozen=True, kw_only=True)
class SignatoriesNamed(Event, texts={"details": SIGNATORY_DETAILS.places}):
    """Bodies were named that sign a programme agreement, or join it."""

    kind: ClassVar[str] = "agreement.signatories_named"

    act_id: int
    signatory_ids: list[int]
    signatory_kind: SignatoryKind
    details: FreeText | None = None


@dataclass(frozen=True, kw_only=True)
class SignatoryRemoved(Event):
    """A body that was named by mistake is no signatory of an agreement."""

    kind: ClassVar[str] = "agreement.signatory_removed"

    act_id: int
    signatory_id: int


@dataclass(frozen=True, kw_only=True)
class SignaturesRecorded(Event):
    """It was recorded on which day bodies signed a programme agreement."""

    kind: ClassVar[str] = "agreement.signed"

    act_id: int
    signatory_ids: list[int]
    signed_on: date


@dataclass(frozen=True, kw_only=True)
class SignatureRemoved(Event):
    """A signature was recorded by mistake and has been taken out."""

    kind: ClassVar[str] = "agreement.signature_removed"

    act_id: int
    signatory_id: int
