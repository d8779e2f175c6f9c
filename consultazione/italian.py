"""Italian where no request says which language is read: in jobs and on the command line.

Acts are written in Italian. Without an application sentences stay in English, and `force_locale`
forces nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from flask import Flask, has_app_context
from flask_babel import Babel, force_locale

from consultazione.config import ROOT


@contextmanager
def italian() -> Iterator[None]:
    """Within it every sentence is Italian, whoever reads or sent the request."""
    if has_app_context():
        with force_locale("it"):
            yield
    else:
        with _speaker().app_context():
            yield


@cache
def _speaker() -> Flask:
    app = Flask(__name__)
    translations = ROOT / "consultazione" / "translations"
    Babel(app, default_locale="it", default_translation_directories=str(translations))
    return app
