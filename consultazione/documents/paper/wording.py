"""The words that every document has around its own, in Italian."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from consultazione.core import clock

WORDS = {
    "demo": "Documento inventato per la dimostrazione.",
    "page": "Pagina",
    "verify": "Si legge e si verifica qui:",
    "qr": "Codice QR che porta alla pagina di questo documento",
}
# On the copy of a document that is to be signed; its page's address, or a full stop, follows.
COPY_TO_SIGN = (
    "Questa è la copia da firmare. Si firma questo file così com’è, in PAdES o CAdES (.p7m), "
    "senza stamparlo né salvarlo di nuovo, e il file firmato si consegna sulla pagina del documento"
)


def day_of(day: date) -> str:
    """A day in words: 5 febbraio 2018."""
    return format_date(day, "d MMMM y", locale="it")


def day_at(at: datetime) -> str:
    """The day of a moment in Italy, in words."""
    return day_of(clock.in_rome(at).date())


def moment_of(at: datetime) -> str:
    """A moment in Italy, in words: 5 febbraio 2018, ore 17:30."""
    return format_datetime(clock.in_rome(at), "d MMMM y, 'ore' HH:mm", locale="it")
