"""The document of minutes: the facts, and what the facilitator added."""

from __future__ import annotations

from consultazione.minutes.backing import backing
from consultazione.minutes.compose import wording
from consultazione.minutes.compose.types import (
    ConclusionRow,
    GistRow,
    MinutesDocument,
    MinutesFacts,
    OnPoint,
    RemarkRow,
)
from consultazione.minutes.models import Conclusion, CorrectionState, Minutes


def draft_document(minutes: Minutes) -> MinutesDocument:
    """The document as approval would freeze it, except for when, by whom and what it holds back."""
    document: MinutesDocument = {
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
    if gists := _gists(minutes):
        document["gists"] = gists
    if remarks := _remarks(minutes):
        document["remarks"] = remarks
    return document


def hands_of(facts: MinutesFacts) -> list[int]:
    """The hands of the speeches in the facts, whose gists can be written; none in older drafts."""
    parts: list[OnPoint] = [*facts["agenda"], facts["outside"]]
    return [row["hand"] for part in parts for row in part["speeches"] if "hand" in row]


def _gists(minutes: Minutes) -> list[GistRow]:
    """The gist of each speech that has one."""
    return [
        {
            "hand": gist.hand_id,
            "body": gist.body,
            "words_of": wording.WORDS_OF[gist.words_of],
        }
        for gist in minutes.gists
        if gist.body
    ]


def _remarks(minutes: Minutes) -> list[RemarkRow]:
    """What was contested in the facts and answered."""
    titles = {p["id"]: f"{p['rank']}. {p['title']}" for p in minutes.facts["agenda"]}
    return [
        {
            "point": titles.get(one.subject_id),
            "by": one.asker.shown_name,
            "body": " ".join(filter(None, [one.old_words and f"«{one.old_words}»:", one.reason])),
            "answer": one.answer or "",
        }
        for one in minutes.corrections
        if one.state is CorrectionState.ANSWERED
    ]


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
