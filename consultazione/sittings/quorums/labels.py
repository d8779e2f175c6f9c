"""Labels and sentences of a sitting's quorum."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.people.labels import CATEGORY_NAMES
from consultazione.sittings.quorums.base import QuorumKind

QUORUM_KINDS = {
    QuorumKind.NONE: _("No quorum"),
    QuorumKind.PERSONS: _("A number of persons present"),
    QuorumKind.SEATS: _("A share of the organisations with a seat"),
    QuorumKind.CATEGORIES: _("Least numbers by category"),
}
COUNTED: dict[str, Any] = {
    "persons": _("persons present"),
    "seats": _("organisations of the table represented"),
    **{category.value: name for category, name in CATEGORY_NAMES.items()},
}
QUORUM_SENTENCES = {
    "quorum_part": _("{what}: {there}, at least {needed} needed"),
    "quorum_met": _("The quorum is reached ({parts})."),
    "quorum_missing": _("The quorum is not reached ({parts})."),
    "quorum_verified_met": _("The quorum was verified: it is reached ({parts})."),
    "quorum_verified_missing": _("The quorum was verified: it is not reached ({parts})."),
    "quorum_set_none": _("The sitting decides with any number of persons present."),
    "quorum_set_persons": _("To decide, the sitting needs this many persons: {least}."),
    "quorum_set_seats": _(
        "To decide, the sitting needs {percent} percent of the organisations with a seat."
    ),
    "quorum_set_categories": _("To decide, the sitting needs persons of: {categories}."),
}
