"""How the questions of surveys are answered: one small class a kind, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.surveys.kinds.base import Kind
from consultazione.surveys.kinds.scale import Scale
from consultazione.surveys.kinds.several import Several
from consultazione.surveys.kinds.single import Single
from consultazione.surveys.kinds.text import ShortText
from consultazione.surveys.models import QuestionKind

KINDS: Mapping[QuestionKind, Kind] = {
    QuestionKind.SINGLE: Single(),
    QuestionKind.SEVERAL: Several(),
    QuestionKind.SCALE: Scale(),
    QuestionKind.TEXT: ShortText(),
}
