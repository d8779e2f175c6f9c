"""The view model of an outcome's PDF: the document to sign, and how the unions stand so far.

Italian, as the document is. What unions sign is the document alone, which is attached; all the rest
is the state of things at the moment that the first page names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from babel.dates import format_date, format_datetime
from flask_babel import force_locale

from consultazione.core import clock
from consultazione.documents.editions import edition_lines
from consultazione.minutes.rich import Block, blocks
from consultazione.outcomes.answers import (
    Stand,
    answer_to,
    stands,
    state_of,
    told_of_item,
)
from consultazione.outcomes.grounds import Grounds
from consultazione.outcomes.labels import (
    ANSWERS,
    ENDINGS,
    METHOD_NAMES,
    RULE_SENTENCES,
    stand_words,
)
from consultazione.outcomes.models import Outcome, OutcomeItem, Party

WORDS = {
    "heading": "Esito sottoposto alle organizzazioni sindacali",
    "asked": "Che cosa si firma",
    "chapter": "Capitolo",
    "proposal": "Proposta",
    "votes": "Voto e numero legale",
    "unvoted": "Dietro a questa conclusione non c’è nessun voto.",
    "warning": "Attenzione",
    "answers": "Risposte su questo punto",
    "board": "Chi ha risposto",
    "union": "Organizzazione",
    "answer": "Risposta",
    "who": "Chi, con quale atto, quando",
    "nobody": "Nessuna organizzazione sindacale è stata interpellata.",
    "minutes": "Impronta del verbale",
    "digest": "Impronta di questo documento (SHA-256)",
    "annexed": "Il documento firmato, come dati, è allegato a questo file (esito.json).",
    "open_copy": "Copia di lavoro: le firme si raccolgono ancora. Fa fede la pagina",
    "closed_copy": "Le firme sono chiuse. Fa fede la pagina",
    "as_of": "Stato delle firme al",
    "due": "Ultimo giorno per rispondere",
    "no_due": "non fissato",
    "moved": "Spostato per questo motivo",
    "demo": "Dati dimostrativi: seduta e conclusioni sono inventate.",
    "page": "Pagina",
    "qr": "Codice QR",
}


class ItemPaper(TypedDict):
    """A conclusion with what stands behind it."""

    rank: int
    chapter: str
    body: list[Block]
    proposal: str
    votes: list[str]
    quorum: str
    warnings: str
    told: str


class RowPaper(TypedDict):
    """A union asked, with its answer to the whole, and those that differ from it."""

    name: str
    stand: str
    note: list[Block]
    otherwise: list[str]
    signed: str


class OutcomePaper(TypedDict):
    """All that the PDF shows."""

    zone: str
    plan: str
    table: str
    title: str
    demo: bool
    is_open: bool
    state: str
    rule: str
    ending: str
    due: str
    moved: str
    as_of: str
    digest: str
    minutes_digest: str
    edition: list[str]
    items: list[ItemPaper]
    rows: list[RowPaper]


def paper_of(outcome: Outcome, grounds: Mapping[int, Grounds], *, at: datetime) -> OutcomePaper:
    """The PDF's content; the outcome has its items, parties and their mandates loaded."""
    with force_locale("it"):
        return _paper(outcome, grounds, at)


def _paper(outcome: Outcome, grounds: Mapping[int, Grounds], at: datetime) -> OutcomePaper:
    document, found = outcome.document, stands(outcome)
    return {
        "zone": document["zone"],
        "plan": document["plan"],
        "table": document["table"]["name"],
        "title": document["title"],
        "demo": document["demo"],
        "is_open": outcome.closed_by is None,
        "state": state_of(outcome),
        "rule": str(RULE_SENTENCES[outcome.rule]),
        "ending": _ending(outcome),
        "due": _day(outcome.due_on) if outcome.due_on else WORDS["no_due"],
        "moved": outcome.due_reason or "",
        "as_of": _moment(at),
        "digest": outcome.digest,
        "minutes_digest": document["minutes"]["digest"] or "",
        "edition": edition_lines(document.get("edition")),
        "items": [_item(outcome, item, grounds[item.id]) for item in outcome.items],
        "rows": [_row(outcome, party, found[party.organisation_id]) for party in outcome.parties],
    }


def _ending(outcome: Outcome) -> str:
    if outcome.closed_by is None:
        return ""
    return f"{ENDINGS[outcome.closed_by]} {outcome.closed_reason or ''}".strip()


def _item(outcome: Outcome, item: OutcomeItem, behind: Grounds) -> ItemPaper:
    row = outcome.row_of(item)
    return {
        "rank": item.rank,
        "chapter": f"{row['chapter']['number']}, {row['chapter']['title']}",
        "body": blocks(row["body"]),
        "proposal": row["proposal"]["title"] if row["proposal"] else "",
        "votes": [f"{vote.poll.question} {vote.ended} {vote.quorum}" for vote in behind.votes],
        "quorum": behind.quorum,
        "warnings": "; ".join(behind.warnings),
        "told": told_of_item(outcome, item.id),
    }


def _row(outcome: Outcome, party: Party, stand: Stand) -> RowPaper:
    return {
        "name": party.organisation.name,
        "stand": stand_words(outcome, stand),
        "note": blocks(party.note or ""),
        "otherwise": [_otherwise(party, item) for item in outcome.items if _differs(party, item)],
        "signed": _signed(party),
    }


def _differs(party: Party, item: OutcomeItem) -> bool:
    return any(own.item_id == item.id for own in party.otherwise)


def _otherwise(party: Party, item: OutcomeItem) -> str:
    given = answer_to(party, item.id)
    assert given is not None
    return f"{item.rank}. {ANSWERS[given.answer]}. {given.note or ''}".strip()


def _signed(party: Party) -> str:
    """Who answered, under which act, when and how; "" for silence and for no answer."""
    if party.mandate is None or party.answered_at is None:
        return ""
    who = f"{party.mandate.person.display_name} ({party.mandate.act})"
    how = METHOD_NAMES.get(party.method or "", party.method or "")
    return f"{who}, {_moment(party.answered_at)}, {how}"


def _moment(at: datetime) -> str:
    return format_datetime(clock.in_rome(at), "d MMMM y, 'ore' HH:mm", locale="it")


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="it")
