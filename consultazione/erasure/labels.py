"""Words for orders and for the places that they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from consultazione.erasure.finding import Place
from consultazione.erasure.models import Ground
from consultazione.erasure.names import PARTS, ROWS
from consultazione.erasure.passages import Path

GROUNDS: Mapping[Ground, Any] = {
    Ground.RIGHT_TO_ERASURE: _("Right to erasure (GDPR, art. 17)"),
    Ground.COURT: _("Order of a court"),
    Ground.GARANTE: _("Decision of the Garante"),
    Ground.APPEAL: _("Appeal that was accepted"),
}

# What happens at a place.
SEALED = _("a new edition, under a new digest; the PDF of before is destroyed")
ENTRY = _("the whole text of the entry is erased for good, and its digest stays")
FILE = _("the file is destroyed, and its digest stays")
MARKED = _("a mark takes the place of the words")
KEPT = _("a mark takes the place of the words; its number and the digest of before stay")
SIGNED = _("a mark takes the place of the name, and the signed file is destroyed")
_BY_TABLE = {"registered_document": KEPT, "document_signature": SIGNED}


def place_name(place: Place) -> str:
    """Where words stand, for a reader: what it is, its number, and where in it."""
    number = "/".join(place.row) if place.position else ", ".join(place.row)
    name = f"{ROWS[place.table]} {number}"
    parts = list(dict.fromkeys(filter(None, map(_part, place.paths))))
    return f"{name}: {'; '.join(parts)}" if parts else name


def what_happens(place: Place) -> str:
    """What an order does at a place."""
    if place.is_file:
        return str(FILE)
    otherwise = SEALED if place.is_sealed else ENTRY if place.position else MARKED
    return str(_BY_TABLE.get(place.table, otherwise))


def _part(path: Path) -> str:
    """A part of a document: the point, and what stands there; of kept ones it is the text."""
    if path[:1] == ("blocks",):
        return str(PARTS["blocks"])
    names = [str(PARTS[step]) for step in path if isinstance(step, str) and step in PARTS]
    point = _after(path, "agenda")
    if point is not None:
        names.insert(0, gettext("point %(number)s", number=point + 1))
    return ", ".join(names)


def _after(path: Sequence[str | int], name: str) -> int | None:
    """The index that follows a name in a path."""
    for step, following in pairwise(path):
        if step == name and isinstance(following, int):
            return following
    return None
