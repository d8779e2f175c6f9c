"""The choices that the forms of setting up offer, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.setup.presets import BESIDE, CHAPTERS, TABLES, ChapterPreset, TablePreset
from consultazione.tables.labels import TABLE_KINDS
from consultazione.zones.labels import (
    APPROVAL_WAYS,
    COLOURS,
    PHASE_KINDS,
    SIGN_OFF_RULES,
    WITHOUT_QUORUM,
    ZONE_KINDS,
)

CHAPTER_PRESETS = {
    ChapterPreset.LAW_328: _("The seven contents of Law 328/2000"),
    ChapterPreset.EMILIA_ROMAGNA: _("Six contents, as in Emilia-Romagna (province of Ravenna)"),
    ChapterPreset.PARMA: _("Six sections, as in the plan of Parma"),
    ChapterPreset.OWN: _("Chapters of our own"),
}
TABLE_PRESETS = {
    TablePreset.RENO: _("Six tables of four kinds, as in Reno, Lavino e Samoggia"),
    TablePreset.PARMA: _("Four thematic tables, as in Parma"),
    TablePreset.OWN: _("Tables of our own"),
}


def choices() -> Mapping[str, object]:
    """For the templates: each list of choices as pairs of a word and its name."""
    named: dict[str, Mapping[Any, Any]] = {
        "zone_kinds": ZONE_KINDS,
        "colours": COLOURS,
        "phase_kinds": PHASE_KINDS,
        "sign_off_rules": SIGN_OFF_RULES,
        "approval_ways": APPROVAL_WAYS,
        "without_quorum": WITHOUT_QUORUM,
        "chapter_presets": CHAPTER_PRESETS,
        "table_presets": TABLE_PRESETS,
    }
    pairs = {
        name: [(choice.value, label) for choice, label in labels.items()]
        for name, labels in named.items()
    }
    beside = [(kind.value, TABLE_KINDS[kind]) for kind in BESIDE]
    return {**pairs, "beside": beside, "preset_chapters": CHAPTERS, "preset_tables": TABLES}
