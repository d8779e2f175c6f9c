"""Events of moderation; they stand in the stream of the text's table, rules in the zone's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from consultazione.core.actor import Role
from consultazione.core.events import Event, FreeText
from consultazione.moderation.models import Action, Outcome, TextKind


@dataclass(frozen=True, kw_only=True)
class TextReported(Event, texts={"words": "text_report.words"}):
    """Somebody finds a text against a rule; nothing says who."""

    kind: ClassVar[str] = "text.reported"

    report_id: int
    table_id: int
    text_kind: TextKind
    text_id: int
    rule: str
    words: FreeText | None


@dataclass(frozen=True, kw_only=True)
class TextRaised(Event):
    """The platform put a text before those who moderate, by what is striking about it."""

    kind: ClassVar[str] = "text.raised"

    case_id: int
    table_id: int
    text_kind: TextKind
    text_id: int
    links: bool
    flood: bool
    near_copy: bool
    listed_word: bool


@dataclass(frozen=True, kw_only=True)
class RulingGiven(Event, texts={"reason": "ruling.reason"}):
    """Somebody who moderates has ruled on a text, by which rule, in which role and why."""

    kind: ClassVar[str] = "ruling.given"

    ruling_id: int
    case_id: int
    table_id: int
    text_kind: TextKind
    text_id: int
    action: Action
    rule: str | None
    role: Role
    reason: FreeText
    appeal_until: date | None


@dataclass(frozen=True, kw_only=True)
class RulingUndone(Event, texts={"reason": "ruling.undone_reason"}):
    """A ruling was taken back, with the reason."""

    kind: ClassVar[str] = "ruling.taken_back"

    ruling_id: int
    table_id: int
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class RulingAppealed(Event, texts={"words": "ruling_appeal.words"}):
    """The author of a text asks somebody else to look again at a ruling."""

    kind: ClassVar[str] = "ruling.appealed"

    ruling_id: int
    table_id: int
    words: FreeText
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event, texts={"reason": "ruling_appeal.reason"}):
    """Somebody else has decided on an appeal, with the reason."""

    kind: ClassVar[str] = "ruling_appeal.decided"

    ruling_id: int
    table_id: int
    outcome: Outcome
    role: Role
    reason: FreeText


@dataclass(frozen=True, kw_only=True)
class RuleAdded(Event, texts={"wording": "moderation_rule.name"}):
    """A zone has one more rule for what people write."""

    kind: ClassVar[str] = "moderation_rule.added"

    rule_id: int
    wording: FreeText


@dataclass(frozen=True, kw_only=True)
class RuleRetired(Event):
    """A rule of a zone is offered no more; rulings that name it stay."""

    kind: ClassVar[str] = "moderation_rule.retired"

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class ModerationChanged(Event, texts={"words": "moderation_settings.words"}):
    """A zone changed how it moderates: days for appeals, and words that are looked at."""

    kind: ClassVar[str] = "moderation.changed"

    appeal_days: int
    review_days: int
    words: FreeText
