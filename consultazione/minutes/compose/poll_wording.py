"""The Italian wording of polls in the minutes, which their digest covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import force_locale

from consultazione.minutes.compose.wording import CARRIED, text
from consultazione.sittings.polls.models import AnnulReason
from consultazione.sittings.polls.rules import (
    Effect,
    Franchise,
    Majority,
    MajorityOf,
    QuorumOf,
    Rules,
)
from consultazione.sittings.polls.tally_keys import Key
from consultazione.sittings.polls.voters import arithmetic as voters

KINDS = {
    "yes_no_abstain": "Favorevoli, contrari, astenuti",
    "single_choice": "Scelta di un’opzione",
    "multiple_choice": "Scelta di più opzioni",
    "rating": "Valutazione delle opzioni",
    "ranked_choice": "Opzioni in ordine di preferenza",
    "consensus": "Livelli di consenso",
}
CHOICES = {
    "yes": "Favorevoli",
    "no": "Contrari",
    "abstain": "Astenuti",
    "full": "Pieno sostegno",
    "reservations": "Sostegno con riserve",
    "aside": "Si fanno da parte",
    "block": "Blocchi",
    "blank": "Schede bianche",
    "exhausted": "Schede esaurite",
    "ballots": "Schede con una scelta",
}
GROUNDS = {
    "majority": "I voti favorevoli superano i contrari; chi si astiene non è contato.",
    "minority": "I voti contrari superano i favorevoli; chi si astiene non è contato.",
    "tie": "I voti favorevoli e i contrari sono pari, e la parità non approva.",
    "only_abstentions": "Chi ha votato si è astenuto.",
    "only_blank": "Tutte le schede sono bianche.",
    "no_ballots": "Nessuno ha votato.",
    "no_quorum": "Il quorum non è raggiunto: voti espressi {cast}, richiesti {quorum}.",
    "no_quorum_of_persons": (
        "La seduta era senza numero legale: persone presenti {there}, necessarie {needed}."
    ),
    "no_quorum_of_seats": (
        "La seduta era senza numero legale: organizzazioni del tavolo rappresentate {there}, "
        "necessarie {needed}."
    ),
    "no_quorum_of_categories": (
        "La seduta era senza numero legale: presenze insufficienti per {short} delle {of} "
        "categorie richieste."
    ),
    "reached": "Voti {votes} su {of}, richiesti {needed}: raggiunti. {winners}",
    "not_reached": "Voti {votes} su {of}, richiesti {needed}: non raggiunti.",
    "most_votes": "Il maggior numero di voti, {votes}: {winners}.",
    "options_tie": "Parità, con {votes} voti ciascuna: {winners}. A parità non è scelta nessuna.",
    "most_points": "Il maggior numero di punti, {points}: {winners}.",
    "points_tie": "Parità, con {points} punti ciascuna: {winners}. A parità non è scelta nessuna.",
    "run_off": "Prima scelta: {winners} (turno {rounds}: {votes} schede su {of}).",
    "run_off_after_ties": (
        "Prima scelta: {winners} (turno {rounds}: {votes} schede su {of}). Dove due opzioni erano "
        "ultime a pari voti, è stata esclusa quella che nei turni precedenti ne aveva meno o, a "
        "parità anche lì, quella proposta per ultima."
    ),
    "run_off_tie": (
        "Parità al turno {rounds}, con {votes} voti ciascuna: {winners}. "
        "A parità non è scelta nessuna."
    ),
    "consultative": "Sondaggio: raccoglie i pareri e non decide nulla.",
    "blocked": "Consenso non raggiunto: blocchi {block}.",
    "little_support": "Consenso non raggiunto: {support} a sostegno, {aside} si fanno da parte.",
    "consensus": "Consenso pieno: {support} a sostegno.",
    "consensus_with_doubts": (
        "Consenso: {support} a sostegno, anche con riserve; {aside} si fanno da parte."
    ),
}
ANNULLED = {
    AnnulReason.KEY_LOST: (
        "Votazione annullata: la chiave delle schede sigillate è andata perduta prima dello "
        "scrutinio e le schede non sono più leggibili"
    ),
    AnnulReason.BROKEN_SEAL: (
        "Votazione annullata: una scheda sigillata è stata danneggiata prima dello scrutinio e "
        "le schede sono state eliminate senza scrutinarle"
    ),
    AnnulReason.BY_CHAIR: "Votazione annullata: lo ha deciso chi presiede. Motivo: {explanation}",
}
_MAJORITIES = {
    Majority.SIMPLE: "maggioranza semplice",
    Majority.ABSOLUTE: "maggioranza assoluta",
    Majority.TWO_THIRDS: "maggioranza dei due terzi",
    Majority.FOUR_FIFTHS: "maggioranza dei quattro quinti",
}
_OF = {
    MajorityOf.VOTERS: "dei votanti",
    MajorityOf.PRESENT: "dei presenti",
    MajorityOf.ENTITLED: "degli aventi diritto",
}
_QUORUMS = {
    QuorumOf.NUMBER: "{quorum} voti",
    QuorumOf.PRESENT: "{quorum}% dei presenti",
    QuorumOf.ENTITLED: "{quorum}% degli aventi diritto",
}
_FRANCHISES = {
    Franchise.PERSONS: "un voto per persona",
    Franchise.ORGANISATIONS: "un voto per organizzazione",
    Franchise.WEIGHTS: "voto ponderato per organizzazione",
}
ROOM = {
    "hall": "I voti contati in sala non superano le persone in sala senza voto proprio.",
    "two": "I voti contati in sala sono stati inseriti da due persone, con gli stessi numeri.",
}


def rules(poll: Rules, effect: Effect) -> str:
    """The rules of a poll in one line; an opinion poll needs no majority."""
    parts = ["Voto segreto" if poll.secret else "Voto palese", _FRANCHISES[poll.franchise]]
    if effect is Effect.CONSULTATIVE:
        return ", ".join(parts)
    majority = _MAJORITIES[poll.majority]
    if poll.majority is not Majority.SIMPLE:
        majority += f" {_OF[poll.majority_of]}"
    parts.append(majority)
    if poll.quorum:
        parts.append("quorum " + _QUORUMS[poll.quorum_of].format(quorum=poll.quorum))
    return ", ".join(parts)


def result(carried: bool, options: Sequence[str], effect: Effect) -> str:
    """How a closed poll ended, in a few words.

    Only what is put to approval is approved or not: among options one is chosen, and an opinion
    poll decides nothing.
    """
    if effect is Effect.CONSULTATIVE:
        return "Sondaggio concluso"
    if options:
        return "Scelta compiuta" if carried else "Nessuna scelta"
    return CARRIED[carried]


def annulment(reason: AnnulReason, explanation: str) -> str:
    """Why a poll was annulled, without a full stop at the end."""
    words = ANNULLED[reason].format(explanation=text(explanation))
    return words.rstrip(" .")


def grounds(
    word: str, numbers: Mapping[str, int], winners: Sequence[int], options: Sequence[str]
) -> str:
    """Why a poll ended as it did, with the figures and the winning options."""
    named = ", ".join(name(Key(0, "", rank, 0), options) for rank in winners)
    return GROUNDS.get(word, word).format(**{**numbers, "winners": named}).strip()


def name(key: Key, options: Sequence[str]) -> str:
    """The label of a tally's key."""
    label = CHOICES.get(key.word, key.word)
    if not key.word:
        label = options[key.option - 1] if key.option <= len(options) else str(key.option)
    if key.grade:
        return f"{label}, voto {key.grade}"
    return f"{label} (turno {key.round})" if key.round else label


def code(key: Key) -> str:
    """A tally's key in its written form."""
    what = key.word or (f"{key.option}={key.grade}" if key.grade else str(key.option))
    return f"{key.round}/{what}" if key.round else what


def arithmetic(poll: Mapping[str, Any]) -> str:
    """The electorate, base and arithmetic of a closed poll, in the sentence of every page."""
    with force_locale("it"):
        return voters.arithmetic(poll)
