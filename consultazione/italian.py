"""Which language is spoken where no request says it: in jobs, in mails, on the command line.

Acts are written in Italian, mails in the language of who reads them. Without an application
sentences stay in English, and `force_locale` forces nothing. Whoever imports this module, web and
worker alike, has the sentences of Flask-Babel escaped where they become HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask import Flask, has_app_context
from flask_babel import Babel, LazyString, force_locale, gettext
from markupsafe import Markup, escape

from consultazione.config import ROOT
from consultazione.core import sentences

_TRANSLATIONS = ROOT / "consultazione" / "translations"
# One form of days and moments on every page, in either language: 5 February 2018, 17:30.
_DAY, _HOUR = "d MMMM y", "HH:mm"
_FORMS = dict(Babel.default_date_formats) | {
    "date.short": _DAY,
    "date.medium": _DAY,
    "date.long": _DAY,
    "date.full": f"EEEE {_DAY}",
    "time.short": _HOUR,
    "time.medium": f"{_HOUR}:ss",
    "datetime.short": f"{_DAY}, {_HOUR}",
    "datetime.medium": f"{_DAY}, {_HOUR}",
    "datetime.long": f"{_DAY}, {_HOUR}",
    "datetime.full": f"EEEE {_DAY}, {_HOUR}",
}


def _escaped(sentence: LazyString) -> Markup:
    """A sentence for later as HTML. As the library has it, a name in it would become markup."""
    return escape(str(sentence))


LazyString.__html__ = _escaped


def teach(app: Flask, **selectors: Any) -> None:
    """Give an application the catalogues, and the sentences of core their translator.

    selectors: as `Babel` takes them; without one everything is Italian.
    """
    sentences.install(gettext)
    directory = str(_TRANSLATIONS)
    Babel(
        app,
        date_formats=_FORMS,
        default_locale="it",
        default_translation_directories=directory,
        **selectors,
    )


@contextmanager
def italian() -> Iterator[None]:
    """Within it every sentence is Italian, whoever reads or sent the request."""
    with speaking("it"):
        yield


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it every sentence is in a language, `it` or `en`."""
    if has_app_context():
        with force_locale(language):
            yield
    else:
        with _speaker().app_context(), force_locale(language):
            yield


@cache
def _speaker() -> Flask:
    app = Flask(__name__)
    teach(app)
    return app
