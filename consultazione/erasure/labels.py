"""Words for orders and for the places that they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from consultazione.erasure.finding import Place
from consultazione.erasure.models import Ground
from consultazione.erasure.passages import Path

GROUNDS: Mapping[Ground, Any] = {
    Ground.RIGHT_TO_ERASURE: _("Right to erasure (GDPR, art. 17)"),
    Ground.COURT: _("Order of a court"),
    Ground.GARANTE: _("Decision of the Garante"),
    Ground.APPEAL: _("Appeal that was accepted"),
}

# What a row of a table is called. Tables without a name here are told by their own.
_ROWS: Mapping[str, Any] = {
    "accreditation": _("Accreditation"),
    "act": _("Formal act"),
    "act_version": _("Earlier version of a formal act"),
    "agenda_point": _("Point of an agenda"),
    "agenda_point_version": _("Earlier version of a point of an agenda"),
    "answer_draft": _("Draft of an answer to a contribution"),
    "archive_document": _("Document of the archive"),
    "archive_page": _("Page of a document of the archive"),
    "attachment": _("Attachment"),
    "block": _("Block of the plan"),
    "block_comment": _("Comment on a block of the plan"),
    "block_suggestion": _("Suggestion for a block of the plan"),
    "block_version": _("Version of a block of the plan"),
    "chapter": _("Chapter of the plan"),
    "chat_message": _("Message of a chat"),
    "comment": _("Comment"),
    "comment_version": _("Version of a comment"),
    "commitment": _("Commitment"),
    "conclusion": _("Conclusion"),
    "contribution": _("Contribution to the plan"),
    "decision": _("Decision"),
    "excuse": _("Excuse"),
    "log_text": _("Entry of the log"),
    "mandate": _("Mandate"),
    "material": _("Material"),
    "minutes": _("Minutes"),
    "minutes_note": _("Note in minutes"),
    "organisation": _("Organisation"),
    "outcome": _("Outcome"),
    "outcome_item": _("Conclusion in an outcome"),
    "outcome_item_answer": _("Answer of a union to a conclusion"),
    "outcome_party": _("Answer of a union"),
    "poll": _("Poll"),
    "poll_option": _("Option of a poll"),
    "promise_comment": _("Comment on a promise"),
    "proposal": _("Proposal"),
    "proposal_file": _("File of a proposal"),
    "proposal_version": _("Version of a proposal"),
    "proxy": _("Proxy"),
    "question": _("Written question"),
    "revision": _("What stood before a correction"),
    "running_note": _("Running note of the chair"),
    "signatory": _("Signatory"),
    "sitting": _("Sitting"),
    "sitting_version": _("Earlier version of a sitting"),
    "statement": _("Statement"),
    "suspension": _("Break of a sitting"),
    "thematic_table": _("Table"),
}
# The parts of a document, by their names in it.
_PARTS: Mapping[str, Any] = {
    "approved": _("approval"),
    "attendance": _("attendance"),
    "breaks": _("breaks"),
    "commitments": _("commitments"),
    "conclusions": _("conclusions"),
    "convocation": _("convocation"),
    "items": _("conclusions"),
    "notes": _("notes"),
    "outside": _("beside the agenda"),
    "polls": _("polls"),
    "presiding": _("who presides"),
    "proxies": _("proxies"),
    "questions": _("questions"),
    "speeches": _("speeches"),
    "statements": _("statements"),
}
# What happens at a place.
SEALED = _("a new edition, under a new digest; the PDF of before is destroyed")
ENTRY = _("the whole text of the entry is erased for good, and its digest stays")
FILE = _("the file is destroyed, and its digest stays")
MARKED = _("a mark takes the place of the words")


def place_name(place: Place) -> str:
    """Where words stand, for a reader: what it is, its number, and where in it."""
    number = " ".join(place.row) if place.position else ", ".join(place.row)
    name = f"{_ROWS.get(place.table, place.table)} {number}"
    parts = list(dict.fromkeys(filter(None, map(_part, place.paths))))
    return f"{name}: {'; '.join(parts)}" if parts else name


def what_happens(place: Place) -> str:
    """What an order does at a place."""
    if place.column == "sha256":
        return str(FILE)
    return str(SEALED if place.is_sealed else ENTRY if place.position else MARKED)


def _part(path: Path) -> str:
    """A part of a document: the point, and what stands there."""
    names = [str(_PARTS[step]) for step in path if isinstance(step, str) and step in _PARTS]
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
