"""Labels for the closed lists of the programme."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.programme.kinds import (
    AreaOfUse,
    InterventionKind,
    MacroLevel,
    PolicyArea,
    ProgrammeState,
    ResourceKind,
)

STATE_NAMES = {
    ProgrammeState.DRAFT: _("Draft"),
    ProgrammeState.APPROVED: _("Approved"),
}
STATE_TONES = {ProgrammeState.DRAFT: "warning", ProgrammeState.APPROVED: "success"}

KIND_NAMES = {
    InterventionKind.SERVICE: _("Service"),
    InterventionKind.PROJECT: _("Project"),
    InterventionKind.TRAINING: _("Training of the staff"),
}

LEVEL_NAMES = {
    MacroLevel.ACCESS: _("Access and taking charge"),
    MacroLevel.HOME: _("Staying at home"),
    MacroLevel.COMMUNITY: _("Local community services"),
    MacroLevel.RESIDENTIAL: _("Residential services for frailty"),
    MacroLevel.INCLUSION: _("Inclusion and income support"),
}

AREA_NAMES = {
    AreaOfUse.FAMILIES: _("Children, teenagers and family responsibilities"),
    AreaOfUse.DISABILITY: _("Disability and dependency"),
    AreaOfUse.POVERTY: _("Poverty and social exclusion"),
}

POLICY_NAMES = {
    PolicyArea.HOUSING: _("Housing"),
    PolicyArea.WORK: _("Work"),
    PolicyArea.TRAINING: _("Training"),
    PolicyArea.EDUCATION: _("Education"),
}

RESOURCE_NAMES = {
    ResourceKind.FINANCIAL: _("Financial"),
    ResourceKind.STRUCTURAL: _("Structural: places and things"),
    ResourceKind.PROFESSIONAL: _("Professional: people who work there"),
}
