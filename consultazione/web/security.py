"""What protects every page: headers, forgery protection, limits on how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from http.client import FOUND
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface
from flask_babel import lazy_gettext as _
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from itsdangerous import TimestampSigner
from redis import BlockingConnectionPool

from consultazione.config import Settings
from consultazione.web.request_db import actor
from consultazione.web.sender import sender_network

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_View = TypeVar("_View", bound=Callable[..., Any])
csrf = CSRFProtect()
# Signatures of cookies and forms: SHA-1, the libraries' default, is not meant for new ones.
TimestampSigner.default_digest_method = staticmethod(sha256)

WRITING = "30 per minute"
# A hall of five hundred, behind one router, in an hour, and some to spare.
_REGISTERING = "600 per hour"
# Codes of a hall that one person types: everybody has their own limit, in one hall or not.
CODES = "10 per minute; 40 per hour"
# Searches, files and long lists together: far more than one person reads. The visitors of a hall
# behind one router are counted as one, so there is room for many; who signs in is not.
READING_MUCH = "60 per 10 seconds"

_DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def content_policy(**changes: str) -> str:
    """The content policy of every page, with other values for some directives (`frame_src`)."""
    changed = {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in (_DIRECTIVES | changed).items())


_HEADERS = {
    "Content-Security-Policy": content_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


# What hstspreload.org asks for: two years, and every host below ours.
_HSTS = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


class Sessions(SecureCookieSessionInterface):
    """The session in its cookie, signed with HMAC-SHA256."""

    digest_method = staticmethod(sha256)


def sender_key() -> str:
    """Whom a limit counts: the person if signed in, else the network."""
    return f"person:{actor().person_id}" if actor().is_signed_in else sender_network()


limiter = Limiter(key_func=sender_key, headers_enabled=True)
_UNLIMITED = "unlimited"


def lift_limits(app: Flask) -> None:
    """Count no requests to an application, whatever others in this process do."""
    app.extensions[_UNLIMITED] = True


@limiter.request_filter
def _is_unlimited() -> bool:
    return _UNLIMITED in current_app.extensions


def registers(view: _View) -> _View:
    """Count the accounts that are opened from a network; a form that was refused opens none."""
    counted: Any = limiter.limit(
        _REGISTERING, methods=["POST"], deduct_when=lambda response: response.status_code == FOUND
    )
    return cast("_View", counted(view))


_READS_MUCH = _(
    "Very many requests came from this network. Wait ten seconds and try again: "
    "who signs in is counted alone."
)

_READ_MUCH = _("You have asked for very many pages at once. Wait ten seconds and try again.")


def reads_much(*arguments: str) -> Callable[[_View], _View]:
    """Count a GET among those that cost much; only with one of these query arguments, if any."""

    def costs_little() -> bool:
        return bool(arguments) and not any(map(request.args.get, arguments))

    counted: Any = limiter.shared_limit(
        READING_MUCH,
        scope="reads_much",
        methods=["GET"],
        exempt_when=costs_little,
        error_message=lambda: str(_READ_MUCH if actor().is_signed_in else _READS_MUCH),
    )
    return cast("Callable[[_View], _View]", counted)


def init(app: Flask, settings: Settings, pool: BlockingConnectionPool) -> None:
    """Switch the protections on. pool: of connections to Redis, where limits are counted."""
    app.config.update(
        SESSION_COOKIE_NAME=settings.cookie_name("consultazione"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        # Else each answer sets it anew, those that others may keep (files, documents) included.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=21 * 1024 * 1024,
        RATELIMIT_STORAGE_URI=_limits_storage(settings),
        RATELIMIT_STORAGE_OPTIONS={"connection_pool": pool},
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_ENABLED=not settings.testing,
    )
    app.session_interface = Sessions()
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(lambda response: _protect(response, settings))


def protect_below(app: Flask, settings: Settings, path: str) -> None:
    """Send the protecting headers with what another server answers below a path, beside Flask."""
    app.wsgi_app = _Protected(app.wsgi_app, settings, path)  # type: ignore[method-assign]


class _Protected:
    """A WSGI application whose answers below a path are data, for this site's scripts alone."""

    def __init__(self, inner: WSGIApplication, settings: Settings, path: str) -> None:
        self._inner, self._path = inner, path
        self._headers = [
            *_HEADERS.items(),
            ("Cache-Control", "no-store"),
            *([_HSTS] if settings.secure_cookies else []),
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(self._path):
            return self._inner(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            sent = {name.lower() for name, _value in headers}
            missing = [(name, value) for name, value in self._headers if name.lower() not in sent]
            return start_response(status, [*headers, *missing], *more)

        return self._inner(environ, start)


def _limits_storage(settings: Settings) -> str:
    """Flask-Limiter's spelling of the Redis address."""
    url = settings.require_redis_url()
    return f"redis+{url}" if url.startswith("unix://") else url


def _protect(response: Response, settings: Settings) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if settings.secure_cookies:
        response.headers.setdefault(*_HSTS)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store" if _private() else "no-cache")
    return response


def _private() -> bool:
    return actor().is_signed_in
