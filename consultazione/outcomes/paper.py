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
    Heading,
    Paper,
    Quote,
    Table,
    facts,
    part,
    text,
)
from consultazione.documents.paper.prose import prose
from consultazione.documents.paper.wording import day_of, moment_of
from consultazione.minutes.compose.wording import CATEGORIES
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
from consultazione.outcomes.models import Adherent, Outcome, OutcomeItem, Party

TITLE = "Esito sottoposto alle organizzazioni sindacali"
_OPEN = "Copia di lavoro: la raccolta delle firme è in corso. Fa fede la pagina indicata in fondo."
_CLOSED = "La raccolta delle firme è chiusa. Fa fede la pagina indicata in fondo."
_UNVOTED = "Questa conclusione non è stata messa ai voti."
_NOBODY = "Nessuna organizzazione sindacale è stata interpellata."
_ADHERENTS = ("Organizzazione aderente", "Categoria", "Chi dichiara, delega, data")
_BOARD = ("Organizzazione", "Risposta", "Firmatario, delega, data")


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
                *part("Chi ha aderito", adhesions(outcome)),
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
        rows = [
            ("Proposta", row["proposal"]["title"] if row["proposal"] else ""),
            ("Voto e numero legale", _votes(behind)),
            ("Attenzione", "; ".join(behind.warnings)),
        ]
        if with_answers:
            rows.append(("Risposte su questo punto", told_of_item(outcome, item.id)))
        yield facts(rows)


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


def adhesions(outcome: Outcome) -> Iterator[Block]:
    """Who adheres without having been asked to sign; nothing if nobody does."""
    rows = [
        (one.organisation.name, CATEGORIES[one.organisation.category], _adhered(one))
        for one in outcome.adherents
    ]
    if rows:
        yield Table(_ADHERENTS, tuple(rows), (10, 10, 16))


def _adhered(adherent: Adherent) -> str:
    who = f"{adherent.mandate.person.shown_name} ({adherent.mandate.act})"
    how = METHOD_NAMES.get(adherent.method, adherent.method)
    return f"{who}, {moment_of(adherent.adhered_at)}, {how}"


def signed(party: Party) -> str:
    """Who answered, under which act, when and how; "" for silence and for no answer."""
    if party.mandate is None or party.answered_at is None:
        return ""
    who = f"{party.mandate.person.shown_name} ({party.mandate.act})"
    how = METHOD_NAMES.get(party.method or "", party.method or "")
    return f"{who}, {moment_of(party.answered_at)}, {how}"


def _notice(outcome: Outcome, at: datetime) -> str:
    copy = _OPEN if outcome.closed_by is None else _CLOSED
    return f"{state_of(outcome)}. Stato delle firme al {moment_of(at)}. {copy}"


def _terms(outcome: Outcome) -> Iterator[Block]:
    """Until when and by which rule it is answered, and how it ended."""
    due = day_of(outcome.due_on) if outcome.due_on else "non fissato"
    moved = outcome.due_reason or ""
    rows = (("Ultimo giorno per rispondere", due), ("Motivo dello spostamento", moved))
    yield facts(rows)
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
