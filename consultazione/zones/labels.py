"""Labels for the enumerations of a zone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.zones.models import ActKind, BodyKind, Colour, PhaseKind, SignOffRule, ZoneKind

BODY_KINDS = {
    BodyKind.MUNICIPALITY: _("Municipality"),
    BodyKind.UNION_OF_MUNICIPALITIES: _("Union of municipalities"),
    BodyKind.HEALTH_AUTHORITY: _("Health authority"),
    BodyKind.REGION: _("Region"),
}

ZONE_KINDS = {
    ZoneKind.DISTRICT: _("District (distretto)"),
    ZoneKind.UNION: _("Union of municipalities"),
    ZoneKind.TERRITORIAL_AREA: _("Territorial area (ambito)"),
}

COLOURS = {
    Colour.BLUE: _("Blue of Italian public bodies"),
    Colour.NAVY: _("Navy"),
    Colour.GREEN: _("Green"),
    Colour.TEAL: _("Teal"),
    Colour.PURPLE: _("Purple"),
    Colour.BORDEAUX: _("Bordeaux"),
    Colour.SLATE: _("Slate"),
}

PHASE_KINDS = {
    PhaseKind.INFORMATION: _("Information"),
    PhaseKind.PARTICIPATION: _("Participation"),
    PhaseKind.DEFINITION: _("Writing of the plan"),
    PhaseKind.APPROVAL: _("Approval"),
}

SIGN_OFF_RULES = {
    SignOffRule.ALL_ANSWERED: _("It is complete when every union has answered."),
    SignOffRule.MAJORITY_SIGNED: _("It is complete when more than half of the unions have signed."),
}

ACT_KINDS = {
    ActKind.CONVOCATION: _("Convocation"),
    ActKind.APPROVAL: _("Approval"),
    ActKind.COUNCIL_VOTE: _("Vote of the council"),
    ActKind.PROGRAMME_AGREEMENT: _("Programme agreement"),
    ActKind.FRAMEWORK: _("Regional framework"),
}
