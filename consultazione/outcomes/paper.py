"""An outcome as a document to circulate: what is signed, and how the unions stand so far.

Italian, as the document is. What unions sign is the document alone, which is attached; all the rest
is the state of things at the moment that the first page names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from flask_babel import force_locale

from consultazione.documents.editions import edition_lines
from consultazione.documents.paper.model import (
    Block,
    Facts,
    Heading,
    Paper,
    Quote,
    Table,
    text,
)
from consultazione.documents.paper.wording import day_of, moment_of
from consultazione.outcomes.answers import answer_to, stands, state_of, told_of_item
from consultazione.outcomes.grounds import Grounds
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.labels import (
    ANSWERS,
    ENDINGS,
    METHOD_NAMES,
    RULE_SENTENCES,
    stand_words,
)
from consultazione.outcomes.models import Outcome, OutcomeItem, Party
from consultazione.outcomes.prose import prose

TITLE = "Esito sottoposto alle organizzazioni sindacali"
_OPEN = "Copia di lavoro: le firme si raccolgono ancora. Fa fede la pagina indicata in fondo."
_CLOSED = "Le firme sono chiuse. Fa fede la pagina indicata in fondo."
_UNVOTED = "Dietro a questa conclusione non c’è nessun voto."
_NOBODY = "Nessuna organizzazione sindacale è stata interpellata."
_BOARD = ("Organizzazione", "Risposta", "Chi, con quale atto, quando")


def paper_of(outcome: Outcome, grounds: Mapping[int, Grounds], *, at: datetime) -> Paper:
    """An outcome as it stands at a moment; it has its items, parties and mandates loaded."""
    document = outcome.document
    with force_locale("it"):
        return Paper(
            kind=OUTCOME.name,
            zone=document["zone"],
            plan=document["plan"],
            title=TITLE,
            subject=f"{document['table']['name']}. {document['title']}",
            notice=_notice(outcome, at),
            demo=document["demo"],
            blocks=(
                *(text(line) for line in edition_lines(document.get("edition"))),
                *_terms(outcome),
                Heading(2, "Che cosa si firma"),
                *conclusions(outcome, grounds, with_answers=True),
                Heading(2, "Chi ha risposto"),
                *positions(outcome),
            ),
        )


def conclusions(
    outcome: Outcome, grounds: Mapping[int, Grounds], *, with_answers: bool
) -> Iterator[Block]:
    """The conclusions one by one, with what stands behind them and how they were answered."""
    for item in outcome.items:
        row, behind = outcome.row_of(item), grounds[item.id]
        chapter = f"{row['chapter']['number']}, {row['chapter']['title']}"
        yield Heading(3, f"{item.rank}. Capitolo {chapter}")
        yield from prose(row["body"])
        facts = [
            ("Proposta", row["proposal"]["title"] if row["proposal"] else ""),
            ("Voto e numero legale", _votes(behind)),
            ("Attenzione", "; ".join(behind.warnings)),
        ]
        if with_answers:
            facts.append(("Risposte su questo punto", told_of_item(outcome, item.id)))
        yield Facts(tuple((label, value) for label, value in facts if value))


def positions(outcome: Outcome) -> Iterator[Block]:
    """How each union stands, and in its own words why."""
    if not outcome.parties:
        yield text(_NOBODY)
        return
    found = stands(outcome)
    words = {union: stand_words(outcome, stand) for union, stand in found.items()}
    rows = [
        (party.organisation.name, words[party.organisation_id], signed(party))
        for party in outcome.parties
    ]
    yield Table(_BOARD, tuple(rows), (10, 13, 13))
    if any(party.note or party.otherwise for party in outcome.parties):
        yield Heading(3, "Note a verbale e motivi")
    for party in outcome.parties:
        said = tuple(_said(outcome, party))
        if said:
            yield Quote(f"{party.organisation.name}: {words[party.organisation_id]}", said)


def signed(party: Party) -> str:
    """Who answered, under which act, when and how; "" for silence and for no answer."""
    if party.mandate is None or party.answered_at is None:
        return ""
    who = f"{party.mandate.person.display_name} ({party.mandate.act})"
    how = METHOD_NAMES.get(party.method or "", party.method or "")
    return f"{who}, {moment_of(party.answered_at)}, {how}"


def _notice(outcome: Outcome, at: datetime) -> str:
    copy = _OPEN if outcome.closed_by is None else _CLOSED
    return f"{state_of(outcome)}. Stato delle firme al {moment_of(at)}. {copy}"


def _terms(outcome: Outcome) -> Iterator[Block]:
    """Until when and by which rule it is answered, and how it ended."""
    due = day_of(outcome.due_on) if outcome.due_on else "non fissato"
    moved = outcome.due_reason or ""
    rows = (("Ultimo giorno per rispondere", due), ("Spostato per questo motivo", moved))
    yield Facts(tuple((label, value) for label, value in rows if value))
    yield text(str(RULE_SENTENCES[outcome.rule]))
    if outcome.closed_by is not None:
        yield text(f"{ENDINGS[outcome.closed_by]} {outcome.closed_reason or ''}".strip())


def _votes(behind: Grounds) -> str:
    if not behind.votes:
        return f"{_UNVOTED} {behind.quorum}".strip()
    return " ".join(f"{vote.poll.question} {vote.ended} {vote.quorum}" for vote in behind.votes)


def _said(outcome: Outcome, party: Party) -> Iterator[Block]:
    """A union's note or reason, and its answers to single conclusions."""
    yield from prose(party.note or "")
    for item in outcome.items:
        if any(own.item_id == item.id for own in party.otherwise):
            yield text(_otherwise(party, item))


def _otherwise(party: Party, item: OutcomeItem) -> str:
    given = answer_to(party, item.id)
    assert given is not None
    return f"{item.rank}. {ANSWERS[given.answer]}. {given.note or ''}".strip()
