"""Labels for the enumerations of setting up."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.setup.commands.cycles import CyclePart

CYCLE_PARTS = {
    CyclePart.CHAPTERS: _("The chapters of the plan"),
    CyclePart.PHASES: _("The phases of the path, none of them begun"),
    CyclePart.TABLES: _("The tables"),
    CyclePart.SEATS: _("Who sits at the tables"),
}
