"""Labels for the enumerations of a zone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.zones.acts.models import SignatoryKind
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.library.models import NormType
from consultazione.zones.models import (
    ActKind,
    ApprovalWay,
    BodyKind,
    Colour,
    PhaseKind,
    SignOffRule,
    TerritoryKind,
    WithoutQuorum,
    ZoneKind,
)

TERRITORY_KINDS = {
    TerritoryKind.PROVINCE: _("Province"),
    TerritoryKind.METROPOLITAN_CITY: _("Metropolitan city"),
    TerritoryKind.CTSS: _("Territorial social and health conference"),
}

BODY_KINDS = {
    BodyKind.MUNICIPALITY: _("Municipality"),
    BodyKind.UNION_OF_MUNICIPALITIES: _("Union of municipalities"),
    BodyKind.HEALTH_AUTHORITY: _("Health authority"),
    BodyKind.REGION: _("Region"),
    BodyKind.PRIVATE: _("Private body"),
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
    SignOffRule.ALL_ANSWERED: _(
        "It is complete when every union has answered, and at the deadline at the latest: "
        "whoever has not answered by then is silent."
    ),
    SignOffRule.MAJORITY_SIGNED: _(
        "It is complete when it is settled for each conclusion whether more than half of the "
        "unions sign it, and at the deadline at the latest."
    ),
    SignOffRule.DEADLINE: _(
        "It is complete at the deadline and not before: whoever has not answered is silent."
    ),
}

APPROVAL_WAYS = {
    ApprovalWay.CHAIR: _("By the chair"),
    ApprovalWay.CHAIR_AND_SECRETARY: _("By the chair and by who writes them"),
    ApprovalWay.SILENCE: _("By silence: the days for corrections end, and no request is open"),
    ApprovalWay.NEXT_SITTING: _("By the table, at a point of a later sitting"),
}
WITHOUT_QUORUM = {
    WithoutQuorum.MARK: _("They are marked, and go on to the unions with the mark."),
    WithoutQuorum.HOLD: _("They are held back: they stand in the minutes and go no further."),
}

ACT_KINDS = {
    ActKind.CONVOCATION: _("Convocation"),
    ActKind.APPROVAL: _("Approval"),
    ActKind.COUNCIL_VOTE: _("Vote of the council"),
    ActKind.PROGRAMME_AGREEMENT: _("Programme agreement"),
    ActKind.FRAMEWORK: _("Regional framework"),
    ActKind.COMMUNITY_PROFILE: _("Community profile"),
    ActKind.GUIDANCE: _("Act of guidance and coordination (CTSS)"),
    ActKind.UNDERSTANDING: _("Understanding with the health district"),
    ActKind.DELIBERATION: _("Deliberation"),
    ActKind.SUPPLEMENTARY_AGREEMENT: _("Supplementary programme agreement"),
    ActKind.ANNUAL_PROGRAMME: _("Annual implementation programme"),
    ActKind.MINUTES: _("Minutes of a table or an assembly"),
    ActKind.DETERMINATION: _("Act of an office (determinazione)"),
}

SIGNATORY_KINDS = {
    SignatoryKind.SUBSCRIBER: _("Subscriber"),
    SignatoryKind.ADHERENT: _("Adherent"),
}

GATHERING_KINDS = {
    GatheringKind.CONFERENCE: _("Conference"),
    GatheringKind.SEMINAR: _("Seminar"),
    GatheringKind.ASSEMBLY: _("Public assembly"),
}

NORM_TYPES = {
    NormType.LAW: _("Law of the State"),
    NormType.LEGISLATIVE_DECREE: _("Legislative decree"),
    NormType.DECREE_LAW: _("Decree-law"),
    NormType.PRIME_MINISTER_DECREE: _("Decree of the Prime Minister (DPCM)"),
    NormType.MINISTERIAL_DECREE: _("Decree of a minister"),
    NormType.REGIONAL_LAW: _("Regional law"),
    NormType.ASSEMBLY_DELIBERATION: _("Deliberation of the regional assembly (DAL)"),
    NormType.REGIONAL_DELIBERATION: _("Deliberation of the regional government (DGR)"),
    NormType.LOCAL_DELIBERATION: _("Deliberation of a local body"),
    NormType.GUIDELINE: _("Guidelines"),
}
