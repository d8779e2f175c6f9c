"""Labels for the enumerations of tables."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.tables.models import TableKind

TABLE_KINDS = {
    TableKind.PLENARY: _("Plenary table"),
    TableKind.UNION_CONSULTATION: _("Union consultation"),
    TableKind.THEMATIC: _("Thematic table"),
    TableKind.CROSS_CUTTING: _("Cross-cutting table"),
}
