"""The steps of setting a zone up, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import EXCLUDE, Schema, ValidationError

from consultazione.core import clock
from consultazione.core.errors import Invalid
from consultazione.setup.models import ZoneDraft
from consultazione.setup.presets import BESIDE, ChapterPreset, TablePreset
from consultazione.setup.schemas import (
    BodiesStep,
    ChaptersStep,
    ContactsStep,
    CycleStep,
    LookStep,
    PlaceStep,
    RolesStep,
    TablesStep,
)
from consultazione.zones.models import Colour, PhaseKind, SignOffRule


@dataclass(frozen=True)
class Step:
    """One page of the path: its word in addresses, its title, what it asks, what it proposes.

    needed: False if the zone can be set up without its answers.
    """

    word: str
    title: Any
    schema: type[Schema]
    needed: bool = True
    proposed: Mapping[str, Any] = field(default_factory=dict)


STEPS = (
    Step("zona", _("The zone"), PlaceStep),
    Step("aspetto", _("Colour and logo"), LookStep, False, {"colour": Colour.BLUE.value}),
    Step("enti", _("The bodies"), BodiesStep, False),
    Step(
        "ciclo",
        _("Years and path"),
        CycleStep,
        True,
        {"phases": [kind.value for kind in PhaseKind]},
    ),
    Step(
        "capitoli", _("The chapters"), ChaptersStep, True, {"chapters": ChapterPreset.LAW_328.value}
    ),
    Step(
        "tavoli",
        _("The tables"),
        TablesStep,
        True,
        {"tables": TablePreset.RENO.value, "beside": [*BESIDE]},
    ),
    Step(
        "regole",
        _("Rules and roles"),
        RolesStep,
        False,
        {"sign_off_rule": SignOffRule.ALL_ANSWERED.value},
    ),
    Step("contatti", _("Contacts and notices"), ContactsStep, False),
)
BY_WORD = {step.word: step for step in STEPS}


def proposed(step: Step) -> dict[str, Any]:
    """What a step's form shows before anything was typed: years from this one on."""
    if step.word != "ciclo":
        return dict(step.proposed)
    year = clock.today().year
    return {**step.proposed, "first_year": year, "last_year": year + 2}


def answers(draft: ZoneDraft, step: Step) -> dict[str, Any]:
    """A draft's answers to a step, read through its schema; Invalid if it has yet to be answered.

    A step that is not needed counts as answered with what it proposes.
    """
    typed = draft.answers.get(step.word, None if step.needed else step.proposed)
    if typed is None:
        raise Invalid.at(step.word, _("The step “%(step)s” is missing.", step=step.title))
    try:
        loaded: dict[str, Any] = step.schema().load(typed, unknown=EXCLUDE)
    except ValidationError as error:
        raise Invalid.at(
            step.word, _("Something in the step “%(step)s” has to be corrected.", step=step.title)
        ) from error
    return loaded


def is_answered(draft: ZoneDraft, step: Step) -> bool:
    """True once a step was saved."""
    return step.word in draft.answers
