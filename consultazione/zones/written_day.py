"""A day inside a sentence, in the language of whoever reads it."""

from __future__ import annotations

from datetime import date

from flask_babel import LazyString, format_date, get_locale


def written_day(day: date) -> LazyString:
    """The day in long form; where nobody reads in a language of their own, as 2018-02-05."""
    return LazyString(lambda: str(format_date(day, "long")) if get_locale() else day.isoformat())
