"""The steps of setting a zone up, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.core import clock
from consultazione.core.errors import Invalid
from consultazione.setup.models import ZoneDraft
from consultazione.setup.presets import BESIDE, ChapterPreset, TablePreset
from consultazione.zones.models import (
    CORRECTION_DAYS,
    SIGN_OFF_DAYS,
    ApprovalWay,
    Colour,
    PhaseKind,
    SignOffRule,
)


@dataclass(frozen=True)
class Step:
    """One page of the path: its word in addresses, its title, the answers that it proposes.

    needed: False if the zone can be set up with what is proposed.
    """

    word: str
    title: Any
    needed: bool = True
    proposed: Mapping[str, Any] = field(default_factory=dict)


STEPS = (
    Step("zona", _("The zone")),
    Step("aspetto", _("Colour and logo"), False, {"colour": Colour.BLUE.value}),
    Step("enti", _("The bodies"), False),
    Step("ciclo", _("Years and path"), True, {"phases": [kind.value for kind in PhaseKind]}),
    Step("capitoli", _("The chapters"), True, {"chapters": ChapterPreset.LAW_328.value}),
    Step(
        "tavoli",
        _("The tables"),
        True,
        {"tables": TablePreset.RENO.value, "beside": [kind.value for kind in BESIDE]},
    ),
    Step(
        "regole",
        _("Rules and roles"),
        False,
        {
            "sign_off_rule": SignOffRule.ALL_ANSWERED.value,
            "sign_off_days": SIGN_OFF_DAYS,
            "correction_days": CORRECTION_DAYS,
            "approval_way": ApprovalWay.CHAIR_AND_SECRETARY.value,
        },
    ),
    Step("contatti", _("Contacts and notices"), False),
)
BY_WORD = {step.word: step for step in STEPS}


def proposed(step: Step) -> Mapping[str, Any]:
    """What a step's form shows before anything was typed: years from this one on."""
    if step.word != "ciclo":
        return dict(step.proposed)
    year = clock.today().year
    return {**step.proposed, "first_year": year, "last_year": year + 2}


def answers(draft: ZoneDraft, step: Step) -> Mapping[str, Any]:
    """A draft's answers to a step; Invalid if it is needed and has yet to be answered.

    A step that is not needed counts as answered with what it proposes.
    """
    given: Mapping[str, Any] | None = draft.answers.get(step.word)
    if given is None and step.needed:
        raise Invalid.at(step.word, _("The step “%(step)s” is missing.", step=step.title))
    return step.proposed if given is None else given


def is_answered(draft: ZoneDraft, step: Step) -> bool:
    """True once a step was saved."""
    return step.word in draft.answers
