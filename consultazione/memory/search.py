"""Searching a zone's archive: the titles of documents, and the text of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import Session

from consultazione.memory.models import ArchiveDocument, ArchivePage

_ITALIAN: ColumnElement[Any] = literal_column("'italian'::regconfig")
# Signs of the private use area, which no stored text has: they mark what was found.
_START, _STOP = "\ue000", "\ue001"
_HOW = f"StartSel={_START}, StopSel={_STOP}, MaxWords=35, MinWords=15, MaxFragments=2"


@dataclass(frozen=True)
class Passage:
    """A page of a document on which all words stand; `parts`: its text, True where they do."""

    document: ArchiveDocument
    page: int
    parts: Sequence[tuple[str, bool]]


def find_documents(session: Session, zone_id: int, words: str) -> list[ArchiveDocument]:
    """The documents of a zone whose title or body has all the words, in any inflection."""
    query = (
        select(ArchiveDocument)
        .where(ArchiveDocument.zone_id == zone_id, _has(ArchiveDocument.words, words))
        .order_by(ArchiveDocument.first_year.desc(), ArchiveDocument.id)
    )
    return list(session.scalars(query))


def documents_with(session: Session, zone_id: int, words: str) -> list[ArchiveDocument]:
    """The documents of a zone with all the words in what is known of them, or on one page."""
    on_a_page = select(ArchivePage.document_id).where(_has(ArchivePage.words, words))
    query = (
        select(ArchiveDocument)
        .where(ArchiveDocument.zone_id == zone_id)
        .where(or_(_has(ArchiveDocument.words, words), ArchiveDocument.id.in_(on_a_page)))
        .order_by(ArchiveDocument.first_year.desc(), ArchiveDocument.id)
    )
    return list(session.scalars(query))


def find_passages(
    session: Session, zone_id: int, words: str, *, after: tuple[int, int] = (0, 0), limit: int
) -> list[Passage]:
    """The pages of a zone's documents that have all the words, by document and page.

    after: document and page after which to go on. The text around the words is made for the
    pages that are returned alone.
    """
    key = func.row(ArchivePage.document_id, ArchivePage.number)
    query = (
        select(ArchiveDocument, ArchivePage)
        .join(ArchivePage, ArchivePage.document_id == ArchiveDocument.id)
        .where(ArchiveDocument.zone_id == zone_id, _has(ArchivePage.words, words))
        .where(key > func.row(*after))
        .order_by(ArchivePage.document_id, ArchivePage.number)
        .limit(limit)
    )
    return [
        Passage(document, page.number, _parts(session, page.body, words))
        for document, page in session.execute(query).all()
    ]


def _has(column: Any, words: str) -> ColumnElement[bool]:
    matches: ColumnElement[bool] = column.bool_op("@@")(func.websearch_to_tsquery(_ITALIAN, words))
    return matches


def _parts(session: Session, body: str, words: str) -> list[tuple[str, bool]]:
    """The text around the words, cut where they begin and end."""
    query = func.websearch_to_tsquery(_ITALIAN, words)
    found = session.scalar(select(func.ts_headline(_ITALIAN, body, query, _HOW))) or ""
    parts = []
    for piece in found.split(_START):
        hit, stop, rest = piece.partition(_STOP)
        parts += [(hit, True), (rest, False)] if stop else [(piece, False)]
    return [(text, is_hit) for text, is_hit in parts if text]
