"""Labels of surveys: how questions are answered, and the ends of a scale."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.surveys.models import QuestionKind

KINDS = {
    QuestionKind.SINGLE: _("One choice"),
    QuestionKind.SEVERAL: _("Several choices"),
    QuestionKind.SCALE: _("A scale from 1 to 5"),
    QuestionKind.TEXT: _("A short text"),
}
