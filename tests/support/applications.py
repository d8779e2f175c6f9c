"""The application under test: made once for most tests, and anew for those that alter it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import CodeType
from typing import Any, ClassVar

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from consultazione.app import create_app
from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.web import public_cache


class CompiledTemplates(BytecodeCache):
    """Keeps what templates were compiled to, for all applications of the process."""

    _codes: ClassVar[dict[str, tuple[str, CodeType]]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find what a template was compiled to, unless its text has changed since."""
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        assert bucket.code is not None
        self._codes[bucket.key] = bucket.checksum, bucket.code


class FollowsMoves(FlaskClient):
    """A browser that goes where an address has moved for good, with the form that it sends."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, and again to wherever it has moved."""
        response = super().open(*args, **kwargs)
        while response.status_code == HTTPStatus.PERMANENT_REDIRECT:
            response = self.resolve_redirect(response)
        return response


def new_app(settings: Settings, database: Database) -> Flask:
    """An application over a database; forgery protection is tested apart."""
    app = create_app(settings, database)
    app.test_client_class = FollowsMoves
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_env.bytecode_cache = CompiledTemplates()
    return app


@contextmanager
def borrowed(app: Flask, database: Database) -> Iterator[Flask]:
    """An application over another database for a while; what is set in it is undone."""
    config, extensions = dict(app.config), dict(app.extensions)
    wsgi_app = app.wsgi_app
    app.extensions["database"] = database
    public_cache.init(app)  # another database has other things under the same keys
    try:
        yield app
    finally:
        app.wsgi_app = wsgi_app  # type: ignore[method-assign]  # a Socket.IO server wraps it
        for kept, now in ((config, app.config), (extensions, app.extensions)):
            now.clear()
            now.update(kept)
