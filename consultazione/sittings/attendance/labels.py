"""Labels of the attendance marks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.sittings.attendance.marks import Mark

MARKS = {
    Mark.PRESENT: _("present"),
    Mark.ABSENT: _("absent"),
    Mark.EXCUSED: _("excused"),
    Mark.BY_DELEGATE: _("present by delegation"),
}
