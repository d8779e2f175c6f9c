"""The wording of the minutes, in Italian for every reader.

Minutes are an act of an Italian public body, whose language is Italian (L. 482/1999, art. 1),
and their digest covers the wording. These are therefore constants of the document, not
messages of the catalogue, where a new translation would alter old documents.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from consultazione.core.actor import Role
from consultazione.core.clock import in_rome
from consultazione.documents.paper.wording import COPY_TO_SIGN
from consultazione.minutes.compose.types import Instant, Length
from consultazione.people.models import Category
from consultazione.sittings.floor.models import HandKind
from consultazione.sittings.proxies.models import ProxyEnd
from consultazione.sittings.record.models import StatementKind

_DAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip

HEADINGS = {
    "absent_count": "Organizzazioni assenti",
    "excused_count": "di cui giustificate",
    "delegated": "per delega di",
    "agenda": "Ordine del giorno",
    "answered": "Risposta scritta",
    "answered_live": "Risposta data in seduta.",
    "asked": "Domanda scritta",
    "unanswered": "Rimasta senza risposta.",
    "wished": "Persone che attendevano la risposta",
    "annexed": "In allegato a questo file il documento in forma leggibile dalle macchine (JSON).",
    "approved": "Approvato",
    "attendance": "Presenze",
    "backing": "Fondata su",
    "by_category": "Voti per categoria",
    "by_name": "Voti per nome",
    "by_proxy": "per delega di",
    "category": "Categoria",
    "chapter": "Capitolo",
    "close": "Chiusura",
    "commitment": "Impegno",
    "commitments": "Impegni",
    "conclusions": "Conclusioni",
    "convocation": "Convocazione",
    "demo": "Documento inventato per la dimostrazione",
    "digest": "Impronta SHA-256 del documento",
    "discussion": "Svolgimento della seduta",
    "draft": "BOZZA",
    "draft_notice": "Bozza non approvata: il testo può ancora cambiare.",
    "due": "Entro",
    "duration": "Durata",
    "held": "Conclusione sospesa: non entra nell’esito",
    "electorate": "Presenti al voto",
    "electors": "Organizzazioni aventi diritto",
    "entitled": "aventi diritto",
    "in_room": "Di questi, contati in sala",
    "on_poll": "Sul voto",
    "options": "Opzioni",
    "omitted": "Testo omesso da chi presiede",
    "owner": "A cura di",
    "voters": "Voti espressi",
    "interval": "Presente",
    "mark": "Pres.",
    "moment": "Momento della seduta",
    "no_speech": "Nessun intervento registrato.",
    "no_speeches": "Nessuno ha preso la parola.",
    "not_treated": "Punto non trattato.",
    "postponed": "Punto rinviato a una seduta successiva.",
    "note": "Nota di chi facilita",
    "writers_note": "Nota di chi verbalizza",
    "documents": "Documenti",
    "gist": "Sintesi",
    "how": "Modalità",
    "mode": "Svolgimento",
    "office": "A che titolo",
    "weight": "Peso del voto",
    "writes": "Verbalizza",
    "from_time": "dalle ore",
    "parties": "Le parti presenti",
    "positions": "Posizione delle organizzazioni sindacali",
    "premises": "Premesse",
    "given_that": "Premesso che:",
    "all_premised": "Tutto ciò premesso, le parti danno atto di quanto segue. Le premesse sono "
    "parte integrante di questo verbale.",
    "agreed": "Si concorda quanto segue",
    "signatures": "Firme",
    "signed": "Letto, approvato e sottoscritto.",
    "copy": f"{COPY_TO_SIGN}.",
    "sign_chair": "Chi presiede",
    "sign_writer": "Chi verbalizza",
    "remarks": "Osservazioni sui fatti",
    "remark": "Osservazione",
    "remark_answer": "Risposta",
    "opinion": "Sondaggio",
    "number": "Verbale n.",
    "open": "Apertura",
    "organisation": "Organizzazione",
    "outside": "Fuori dai punti all’ordine del giorno",
    "page": "pagina",
    "person": "Partecipante",
    "persons": "Persone presenti",
    "place": "Luogo",
    "poll": "Votazione",
    "presiding": "Presiede",
    "presides": "presiede",
    "proposal": "Proposta",
    "qr": "Codice QR con l’indirizzo pubblico di questo verbale",
    "question": "Quesito",
    "share": "Quota",
    "proxies": "Deleghe di voto",
    "proxies_count": "Chi ha dato delega a una persona in seduta conta come presente.",
    "proxy_to": "a",
    "proxy_act": "atto scritto",
    "silent": "Presenti senza votare",
    "sitting": "Seduta",
    "speaking": "Tempo di parola per categoria",
    "speeches": "Interventi",
    "suspended": "Seduta sospesa, ore",
    "time": "Ore",
    "warning": "Attenzione",
    "verify": "Il verbale pubblicato, con cui confrontare questo documento, è all’indirizzo",
}

# Who leads the table without a mandate attends as neither citizen nor delegate.
IN_CHARGE = "Conduzione del tavolo"
# In which office somebody came.
OFFICES = {
    Role.FACILITATOR: "facilitazione del tavolo",
    Role.COORDINATOR: "coordinamento del tavolo",
    Role.PLAN_OFFICE: "ufficio di piano",
}
FOR_AN_ORGANISATION, ALONE = "rappresentante", "a titolo personale"
# The two sides of a union table, and a union that said nothing.
FOR_BODIES, FOR_UNIONS = "Per gli enti", "Per le organizzazioni sindacali"
NO_POSITION = "Nessuna dichiarazione e nessun voto palese."
NOBODY_CAME = "Nessuno è intervenuto alla seduta"
# How minutes were approved.
THE_TABLE = "il tavolo"
BY_BOTH = "Approvato da chi presiede, {chair}, e da chi verbalizza, {writer}."
BY_TABLE = "Approvato dal tavolo nella seduta di {day}, al punto {rank} «{title}», {vote}."
BY_ACCLAMATION, BY_VOTE = "per acclamazione", "con votazione"
BY_SILENCE = (
    "Approvato per silenzio assenso: le richieste di rettifica si potevano presentare fino a "
    "{day}, e nessuna è rimasta senza risposta."
)
APPROVED_HERE = "È approvato il verbale della seduta «{title}» di {day}, {vote}."
WORDS_OF = {"writer": "sintesi di chi verbalizza", "speaker": "sintesi di chi è intervenuto"}
# What an organisation that was entitled to vote did.
DID = {"voted": "ha votato", "there": "presente", "absent": "assente"}
# The names that the pages give the categories in Italian, so that each has one name.
CATEGORIES = {
    Category.LOCAL_AUTHORITY: "Enti locali",
    Category.HEALTH_AUTHORITY: "Azienda sanitaria",
    Category.ASP: "Aziende per i servizi alla persona",
    Category.VOLUNTEERING: "Volontariato",
    Category.APS: "Associazioni di promozione sociale",
    Category.UNION: "Organizzazioni sindacali",
    Category.SOCIAL_COOP: "Cooperazione sociale",
    Category.FOUNDATION: "Fondazioni",
    Category.LABOUR_ORG: "Mondo del lavoro",
    Category.PROFESSIONAL_ORDER: "Ordini e associazioni professionali",
    Category.TRADE_ASSOCIATION: "Associazioni di categoria",
    Category.FAMILY_USER_ASSOCIATION: "Associazioni delle famiglie e degli utenti",
    Category.CITIZEN: "Singoli cittadini",
}

CONVENED_BY = {
    Role.FACILITATOR: " da chi facilita il tavolo",
    Role.COORDINATOR: " da chi coordina il tavolo",
    Role.PLAN_OFFICE: " dall’ufficio di piano",
}


class Fault(StrEnum):
    """What can be amiss with the vote or the quorum behind a conclusion."""

    NOT_CARRIED = "not_carried"
    VOID = "void"
    NO_QUORUM = "no_quorum"


FAULTS = {
    Fault.NOT_CARRIED: "la votazione su cui si fonda non ha approvato",
    Fault.VOID: "la votazione su cui si fonda è annullata o non si è conclusa",
    Fault.NO_QUORUM: "la seduta era senza numero legale",
}
STATEMENTS = {
    StatementKind.VOTE: "Dichiarazione di voto",
    StatementKind.NOTE: "Nota a verbale",
}
# An ordinary speech needs no label.
SPEAKS_ON = {HandKind.POINT_OF_ORDER: "mozione d’ordine", HandKind.REPLY: "replica"}
PRESIDES_AS = "per la facilitazione del tavolo"

# Why a proxy ended, with the moment.
PROXY_ENDS = {
    ProxyEnd.WITHDRAWN: "ritirata il {day} alle {time}",
    ProxyEnd.CAME: "cessata il {day} alle {time}: chi l’ha data, o il suo ente, è in seduta",
}

# Attendance marks as Italian bodies use them; every legend lists the first two.
MARKS = {"P": "presente", "A": "assente", "G": "giustificato", "D": "presente per delega"}
SIGNED = "Firmato elettronicamente {day}, ore {time}"
SIGNED_EDITION = ", sull’edizione {number}"
# The steps of a worker, as the waiting page names them.
STEPS = {
    "read": "Lettura della cronaca della seduta",
    "compose": "Composizione del verbale",
    "write": "Scrittura della bozza",
    "seal": "Scrittura del PDF",
}
CARRIED = {True: "Approvata", False: "Non approvata", None: "Votazione non conclusa"}
ERASED = "[testo rimosso]"


def moment(at: datetime) -> Instant:
    """A moment in UTC for machines, and as day and time in Rome for readers."""
    local = in_rome(at)
    return {
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "day": day(local),
        "time": f"{local:%H:%M}",
    }


def day(on: date) -> str:
    """A date in words, with its day of the week."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def duration(length: timedelta) -> Length:
    """A length of time in whole seconds, and in words: minutes, rounded."""
    seconds = max(0, length // timedelta(seconds=1))
    minutes = (seconds + 30) // 60
    hours, rest = divmod(minutes, 60)
    parts = [_count(hours, "ora", "ore"), _count(rest, "minuto", "minuti")]
    return {"seconds": seconds, "text": " e ".join(filter(None, parts)) or "meno di un minuto"}


def text(words: str) -> str:
    """A text that somebody wrote, or a mark where it has been erased."""
    return words or ERASED


def closed(words: str) -> str:
    """The same as the end of a sentence, with one full stop, whether they wrote it or not."""
    said = text(words).rstrip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
