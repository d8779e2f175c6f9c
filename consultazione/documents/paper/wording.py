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


def day_of(day: date) -> str:
    """A day in words: 5 febbraio 2018."""
    return format_date(day, "d MMMM y", locale="it")


def moment_of(at: datetime) -> str:
    """A moment in Italy, in words: 5 febbraio 2018, ore 17:30."""
    return format_datetime(clock.in_rome(at), "d MMMM y, 'ore' HH:mm", locale="it")


def hour_of(at: datetime) -> str:
    """The hour of a moment in Italy: 17:30."""
    return f"{clock.in_rome(at):%H:%M}"
