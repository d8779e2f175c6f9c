"""The sentences of the product in a language, without the rest of the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_babel import Babel, force_locale

from consultazione.config import ROOT


@contextmanager
def reading(language: str) -> Iterator[None]:
    """Within it the reader's language is `language`, `it` or `en`; needs no server."""
    app = Flask(__name__)
    translations = ROOT / "consultazione" / "translations"
    Babel(app, default_locale="it", default_translation_directories=str(translations))
    with app.test_request_context(), force_locale(language):
        yield
