"""The Flask application: one factory that assembles features and edges."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request
from flask.ctx import RequestContext
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter

from consultazione import document_kinds, features, gates, logs
from consultazione.config import ROOT, Settings
from consultazione.core import clock
from consultazione.core.db import Database, open_web_database
from consultazione.core.text_keys import TextKeys
from consultazione.italian import teach
from consultazione.keys.stores import open_key_store
from consultazione.people.identity import Accounts
from consultazione.people.lifetimes import LONGEST
from consultazione.web import (
    api,
    auth,
    compression,
    current_zone,
    errors,
    gevent_threads,
    identity,
    last_update,
    page_context,
    public_cache,
    request_db,
    security,
    url_converters,
)
from consultazione.web.assets import serving
from consultazione.web.auth import SESSION
from consultazione.web.oversight import metrics, security_log
from consultazione.web.redis_pool import waiting_pool
from consultazione.web.repeats import answers
from consultazione.web.sign_in import brakes, gateway
from consultazione.zones.places import Places


class Application(Flask):
    """Flask, with cheap request contexts for a room's messages, which are requests too."""

    def request_context(self, environ: dict[str, Any]) -> RequestContext:
        """A request context; a message's gets the session that its connection began with."""
        return RequestContext(self, environ, session=environ.get(SESSION))

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """The URL adapter; None for a message, which matches no route."""
        if request is not None and SESSION in request.environ:
            return None
        return super().create_url_adapter(request)


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """The application for these settings. database: opened from the settings if None."""
    logs.set_up(settings.log_level)
    gevent_threads.install()
    app = Application(
        "consultazione",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    app.config.update(
        SECRET_KEY=settings.require_secret_key(),
        TESTING=settings.testing,
        PERMANENT_SESSION_LIFETIME=LONGEST.absolute,
    )
    app.extensions["settings"] = settings
    pool = waiting_pool(settings.require_redis_url())
    app.extensions["redis"] = redis = Redis(connection_pool=pool)
    request_db.init(app, database or _open_database(settings))
    serving.init(app)
    compression.init(app)
    public_cache.init(app)
    url_converters.init(app)
    metrics.init(app)
    identity.init(app, Accounts())
    current_zone.init(app, Places())
    auth.init(app)
    teach(app, locale_selector=page_context.language, timezone_selector=lambda: str(clock.ROME))
    page_context.init(app)
    last_update.init(app)
    answers.init(app)
    security.init(app, settings, pool)
    security_log.init(app, settings, redis)
    brakes.init(app, settings, redis)
    gateway.init(app, settings)
    errors.init(app)
    assert gates.ALL
    assert document_kinds.ALL
    pages, resources = features.blueprints()
    api.init(app, resources)
    for blueprint in pages:
        app.register_blueprint(blueprint)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _open_database(settings: Settings) -> Database:
    return open_web_database(
        settings.require_database_url(),
        secret=settings.require_secret_key(),
        earlier_secrets=settings.earlier_secret_keys,
        keys=open_key_store(settings),
        text_keys=TextKeys(settings.secrets_dir),
    )


def _trust_proxies(app: Flask, count: int) -> None:
    """Trust the last `count` proxies about the sender's address, the scheme and the host."""
    if count:
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]
