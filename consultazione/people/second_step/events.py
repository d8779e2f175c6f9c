"""Events of the second step of signing in. Where it was turned on or off, no code is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SecondStepTurnedOn(Event):
    """A person signs in by two steps from now on; other browsers were signed out."""

    kind: ClassVar[str] = "second_step.turned_on"

    person_id: int
    # True for the codes of an app; False for passkeys alone.
    by_app: bool


@dataclass(frozen=True, kw_only=True)
class SecondStepTurnedOff(Event):
    """A person signs in by their password alone again."""

    kind: ClassVar[str] = "second_step.turned_off"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesRenewed(Event):
    """A person got other recovery codes; those of before do not count any more."""

    kind: ClassVar[str] = "recovery_codes.renewed"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Event):
    """A person used one of their recovery codes, which does not count any more."""

    kind: ClassVar[str] = "recovery_code.used"

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondStepLinkMade(Event):
    """An administrator made a link for somebody who lost their second step."""

    kind: ClassVar[str] = "second_step_link.created"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondStepLinkUsed(Event):
    """The second step of an account was removed by such a link; all its browsers are signed out."""

    kind: ClassVar[str] = "second_step_link.used"

    link_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SecondStepRequired(Event):
    """It was said which roles of a zone count only with a second step, and from which day on."""

    kind: ClassVar[str] = "zone.second_step_required"

    zone_id: int
    # By the values of `Role`; empty if none asks for it any more.
    roles: list[str]
    from_day: date
