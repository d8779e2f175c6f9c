"""Labels for the enumerations of a zone."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.zones.models import ActKind, BodyKind, TerritoryKind, ZoneKind

ZONE_KINDS = {
    ZoneKind.DISTRICT: _("District"),
    ZoneKind.UNION: _("Union of municipalities"),
    ZoneKind.TERRITORIAL_AREA: _("Territorial area"),
}

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
}

ACT_KINDS = {
    ActKind.CONVOCATION: _("Convocation"),
    ActKind.APPROVAL: _("Approval"),
    ActKind.COUNCIL_VOTE: _("Vote of the council"),
    ActKind.PROGRAMME_AGREEMENT: _("Programme agreement"),
    ActKind.FRAMEWORK: _("Regional framework"),
}
