"""The document of minutes: the facts, and what the facilitator added."""

from __future__ import annotations

from consultazione.minutes.backing import backing
from consultazione.minutes.compose.types import ConclusionRow, MinutesDocument
from consultazione.minutes.models import Conclusion, Minutes


def draft_document(minutes: Minutes) -> MinutesDocument:
    """The document as approval would freeze it, except for when, by whom and what it holds back."""
    return {
        "minutes_id": minutes.id,
        "facts": minutes.facts,
        "notes": [
            {"point_id": note.point_id, "body": note.body} for note in minutes.notes if note.body
        ],
        "conclusions": [
            _conclusion(minutes, rank, conclusion)
            for rank, conclusion in enumerate(minutes.conclusions, 1)
        ],
        "approved": None,
    }


def document_of(minutes: Minutes) -> MinutesDocument:
    """The document that readers see: the approved one if there is one, else the draft."""
    return draft_document(minutes) if minutes.document is None else minutes.document


def _conclusion(minutes: Minutes, rank: int, conclusion: Conclusion) -> ConclusionRow:
    chapter, proposal = conclusion.chapter, conclusion.proposal
    return {
        "id": conclusion.id,
        "rank": rank,
        "point_id": conclusion.point_id,
        "chapter": {"number": chapter.number, "title": chapter.title},
        "proposal": {"id": proposal.id, "title": proposal.title} if proposal else None,
        "body": conclusion.body,
        **backing(minutes.facts, conclusion.point_id, conclusion.poll_id),
    }
