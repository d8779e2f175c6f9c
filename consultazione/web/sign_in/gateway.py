"""Talking to the gateway of SPID and CIE: OpenID Connect, authorization code with PKCE.

State, nonce and verifier stay in the browser's signed cookie until it comes back. No connection to
the database is held while the gateway is asked, and nothing of its answer is believed before its
signature, issuer, audience, time and nonce were checked (OpenID Connect Core 1.0, 3.1.3.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from consultazione.config import Settings
from consultazione.core.errors import Invalid, Refusal, Sentence
from consultazione.web.oversight.security_log import Kind, note
from consultazione.web.request_db import release_snapshot
from consultazione.web.sign_in.site_keys import origin

_NAME = "gateway"
# A page that waits longer than this says that the gateway is away.
_SECONDS = 8
# Clocks differ a little; an older answer is refused.
_LEEWAY = 60
# What the gateway's own error codes mean to somebody who wanted to sign in (RFC 6749, 4.1.2.1).
_TOLD: Mapping[str, Sentence] = {
    "access_denied": _("SPID or CIE did not let you in, or you stopped: nothing has changed here."),
    "temporarily_unavailable": _(
        "SPID and CIE do not answer at this moment: try again later, or sign in with your password."
    ),
}


class GatewayAway(Refusal):
    """The gateway does not answer, or not as a gateway does."""

    code = "busy"
    status = 503
    retry_after = 60


@dataclass(frozen=True)
class Claims:
    """What the gateway vouches for: who came (sub of issuer), at which level (acr), and names."""

    issuer: str
    sub: str = field(repr=False)
    acr: object
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


def init(app: Flask, settings: Settings) -> None:
    """Know the gateway, if the settings name one; it is asked when somebody comes."""
    if settings.oidc is None:
        return
    oauth = OAuth(app)
    app.extensions[_NAME] = oauth.register(
        _NAME,
        client_id=settings.oidc.client_id,
        client_secret=settings.oidc.client_secret,
        server_metadata_url=settings.oidc.discovery_url,
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
        },
    )


def has_gateway() -> bool:
    """True if one can sign in by SPID and CIE here."""
    return _NAME in current_app.extensions


def lead_there(endpoint: str, **asked: str) -> Response:
    """Lead the browser to the gateway, to come back to an endpoint. asked: further parameters.

    GatewayAway if it does not answer.
    """
    release_snapshot()
    back = origin() + url_for(endpoint)
    try:
        led: Response = _client().authorize_redirect(back, **asked)
    except (RequestException, AuthlibBaseError, ValueError, RuntimeError) as error:
        raise _away() from error
    return led


def claims_of_return() -> Claims:
    """What the gateway vouches for, of the request by which the browser came back.

    Invalid, in plain words, if it let nobody in, or if what it sent cannot be trusted; GatewayAway
    if it does not answer.
    """
    release_snapshot()
    if refused := request.args.get("error"):
        note(Kind.GATEWAY_FAILED)
        raise Invalid(_TOLD.get(refused, _not_trusted()))
    try:
        return _checked()
    except MismatchingStateError as error:
        note(Kind.GATEWAY_FAILED)
        raise Invalid(
            _("This sign-in was not begun in this browser, or too long ago: begin anew.")
        ) from error
    except (OAuthError, JoseError, KeyError) as error:
        note(Kind.GATEWAY_FAILED)
        raise Invalid(_not_trusted()) from error
    except (RequestException, AuthlibBaseError, ValueError, RuntimeError) as error:
        raise _away() from error


def way_out(endpoint: str) -> str | None:
    """The address at which one signs out of the gateway, to come back to an endpoint; or None."""
    release_snapshot()
    try:
        client = _client()
        given = client.create_logout_url(
            post_logout_redirect_uri=origin() + url_for(endpoint), client_id=client.client_id
        )
    except (RequestException, AuthlibBaseError, ValueError, RuntimeError):
        return None
    return str(given["url"])


def _checked() -> Claims:
    client = _client()
    issuer = str(client.load_server_metadata()["issuer"])
    token = client.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "values": [issuer]},
            "aud": {"essential": True, "values": [client.client_id]},
            "sub": {"essential": True},
            "nonce": {"essential": True},
        },
        leeway=_LEEWAY,
    )
    told = token["userinfo"]
    more = told if _name(told) else {**_userinfo(client, token), **told}
    return Claims(
        issuer, str(told["sub"]), told.get("acr"), _name(more), str(more.get("email", ""))
    )


def _userinfo(client: Any, token: Mapping[str, Any]) -> Mapping[str, object]:
    """What the gateway tells besides, if it is about the same person (Core 1.0, 5.3.2)."""
    if "userinfo_endpoint" not in client.load_server_metadata():
        return {}
    found = dict(client.userinfo(token=token))
    return found if found.get("sub") == token["userinfo"]["sub"] else {}


def _name(told: Mapping[str, Any]) -> str:
    """How somebody is called; SPID tells it in two parts."""
    parts = (told.get("given_name"), told.get("family_name"))
    return str(told.get("name") or " ".join(str(part) for part in parts if part))


def _client() -> Any:
    return current_app.extensions[_NAME]


def _away() -> GatewayAway:
    return GatewayAway(_TOLD["temporarily_unavailable"])


def _not_trusted() -> Sentence:
    return _("The answer of SPID or CIE cannot be trusted, so nobody was signed in: begin anew.")
