"""Labels for the enumerations of setting up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.setup.commands.cycles import CyclePart
from consultazione.zones.events import ZoneSetting
from consultazione.zones.labels import APPROVAL_WAYS, COLOURS, SIGN_OFF_RULES, WITHOUT_QUORUM

SETTING_NAMES = {
    ZoneSetting.NAME: _("Name"),
    ZoneSetting.LEAD_BODY: _("Lead body"),
    ZoneSetting.PRESENTATION: _("Presentation"),
    ZoneSetting.SIGN_OFF_RULE: _("Sign-off by the unions"),
    ZoneSetting.WITHOUT_QUORUM: _("Conclusions without a valid vote or quorum"),
    ZoneSetting.SIGN_OFF_DAYS: _("Days that unions have to answer"),
    ZoneSetting.FOUR_EYES: _("Four eyes on minutes"),
    ZoneSetting.CORRECTION_DAYS: _("Days for corrections of minutes"),
    ZoneSetting.APPROVAL_WAY: _("How minutes are approved"),
    ZoneSetting.CHAT_KEPT: _("Keep the chat of sittings"),
    ZoneSetting.COLOUR: _("Colour"),
    ZoneSetting.LOGO: _("Logo"),
    ZoneSetting.CONTACT_EMAIL: _("E-mail"),
    ZoneSetting.CONTACT_PHONE: _("Telephone"),
    ZoneSetting.CONTACT_ADDRESS: _("Address"),
    ZoneSetting.CONTACT_PEC: _("PEC"),
    ZoneSetting.CONTACT_HOURS: _("Opening hours"),
    ZoneSetting.FRAME_HOSTS: _("Sites that may show the widget"),
    ZoneSetting.WEBSITE: _("Site"),
    ZoneSetting.PRIVACY_URL: _("Privacy notice"),
    ZoneSetting.ACCESSIBILITY_URL: _("Accessibility statement"),
}
# The values of settings that are words of a closed list, as people read them.
VALUE_NAMES: Mapping[str, Any] = dict(
    [
        *COLOURS.items(),
        *SIGN_OFF_RULES.items(),
        *WITHOUT_QUORUM.items(),
        *APPROVAL_WAYS.items(),
        ("yes", _("yes")),
        ("no", _("no")),
    ]
)

CYCLE_PARTS = {
    CyclePart.CHAPTERS: _("The chapters of the plan"),
    CyclePart.PHASES: _("The phases of the path, none of them begun"),
    CyclePart.TABLES: _("The tables"),
    CyclePart.SEATS: _("Who sits at the tables"),
}
