"""What a draft would make: bodies, chapters, phases, tables and roles of the zone to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from consultazione.core.actor import Role
from consultazione.core.incoming.lists import lines_of, pairs_of
from consultazione.setup.checks import BODY_FIELDS, ROLE_FIELDS
from consultazione.setup.models import ZoneDraft
from consultazione.setup.presets import BESIDE, CHAPTERS, PHASES, TABLES, ChapterPreset, TablePreset
from consultazione.setup.steps import STEPS, answers
from consultazione.tables.models import TableKind
from consultazione.zones.commands.setting_up import Appearance, NewBody, NewChapter, NewPhase
from consultazione.zones.models import (
    CORRECTION_DAYS,
    SIGN_OFF_DAYS,
    ApprovalWay,
    Colour,
    SignOffRule,
)

_ROLES = {
    "administrators": Role.ADMINISTRATOR,
    "plan_office": Role.PLAN_OFFICE,
    "facilitators": Role.FACILITATOR,
}


@dataclass(frozen=True)
class Outline:
    """A draft read whole: its answers by step, and the parts that they stand for."""

    by_step: Mapping[str, Mapping[str, Any]]

    @property
    def appearance(self) -> Appearance:
        """Colour, logo, contacts and notices."""
        contacts = {name: text or None for name, text in self.by_step["contatti"].items()}
        look = self.by_step["aspetto"]
        return Appearance(colour=Colour(look["colour"]), logo=look.get("logo"), **contacts)

    @property
    def bodies(self) -> list[NewBody]:
        """The bodies, municipalities first."""
        return bodies_of(self.by_step["enti"])

    @property
    def chapters(self) -> list[NewChapter]:
        """The chapters, by number."""
        step = self.by_step["capitoli"]
        preset = ChapterPreset(step["chapters"])
        if preset is not ChapterPreset.OWN:
            return list(CHAPTERS[preset])
        pairs = pairs_of(step["own_chapters"], "own_chapters")
        return [NewChapter(title=title, description=text) for title, text in pairs]

    @property
    def phases(self) -> list[NewPhase]:
        """The phases, in the order of a path."""
        chosen = self.by_step["ciclo"]["phases"]
        return [phase for kind, phase in PHASES.items() if kind in chosen]

    @property
    def starts_on(self) -> date | None:
        """The day on which the first phase begins; None if it waits."""
        written = self.by_step["ciclo"].get("starts_on")
        return date.fromisoformat(written) if written else None

    @property
    def sign_off_rule(self) -> SignOffRule:
        """When the unions' sign-off is complete."""
        return SignOffRule(self.by_step["regole"]["sign_off_rule"])

    @property
    def sign_off_days(self) -> int:
        """How many days unions have to answer; a draft of before knows none."""
        return int(self.by_step["regole"].get("sign_off_days") or SIGN_OFF_DAYS)

    @property
    def correction_days(self) -> int:
        """How long those present can ask for corrections; a draft of before does not say."""
        return int(self.by_step["regole"].get("correction_days", CORRECTION_DAYS))

    @property
    def approval_way(self) -> ApprovalWay:
        """How minutes are approved; if a draft of before does not say, by two persons."""
        both = ApprovalWay.CHAIR_AND_SECRETARY.value
        return ApprovalWay(self.by_step["regole"].get("approval_way", both))

    @property
    def tables(self) -> list[tuple[TableKind, str, str]]:
        """The tables: kind, name, remit."""
        step = self.by_step["tavoli"]
        preset = TablePreset(step["tables"])
        if preset is TablePreset.OWN:
            pairs = pairs_of(step["own_tables"], "own_tables")
            chosen = [(TableKind.THEMATIC, name, text or name) for name, text in pairs]
        else:
            chosen = list(TABLES[preset])
        there = {kind for kind, _name, _remit in chosen}
        missing = {*step["beside"]} - there
        return [*((kind, *BESIDE[kind]) for kind in BESIDE if kind in missing), *chosen]

    @property
    def roles(self) -> list[tuple[Role, str]]:
        """The roles with the addresses of those who get them."""
        step = self.by_step["regole"]
        return [
            (_ROLES[field], email)
            for field in ROLE_FIELDS
            for email in lines_of(step.get(field, ""), field)
        ]


def outline_of(draft: ZoneDraft) -> Outline:
    """A draft read whole; Invalid, naming the step, if one is missing."""
    return Outline({step.word: answers(draft, step) for step in STEPS})


def bodies_of(step: Mapping[str, str]) -> list[NewBody]:
    """The bodies of five pasted lists."""
    return [
        NewBody(name=name, kind=kind)
        for field, kind in BODY_FIELDS.items()
        for name in lines_of(step.get(field, ""), field)
    ]
