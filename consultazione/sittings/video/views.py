"""The page of a sitting's video, which the room shows in a frame.

It names the host of the video, and loads the video only once the reader has agreed to that
host; a cookie remembers the answer. No other page's content security policy allows another
host, and this one's does only after the reader agreed.
"""

from __future__ import annotations

from flask import (
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from consultazione.config import Settings
from consultazione.core.incoming.web_address import host_of
from consultazione.sittings.blueprint import video_pages
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, content_policy, limiter

_COOKIE = "video"
_COOKIE_SECONDS = 180 * 24 * 3600
_MOST_HOSTS = 10
# Browser features that a video meeting needs.
FEATURES = ("camera", "microphone", "display-capture", "autoplay", "fullscreen")
# The room needs these permissions itself to pass them on to its frames.
ROOM_PERMISSIONS = ", ".join(f"{feature}=(self)" for feature in FEATURES)


@video_pages.get("/sedute/<int:sitting_id>/video")
def show(sitting_id: int) -> ResponseReturnValue:
    """Show the video if the reader agreed to its host; explain what loading it means if not."""
    sitting = get_sitting(snapshot(), sitting_id)
    host = _host(sitting)
    loads = host is not None and host in _agreed_hosts()
    page = render_template(
        "sittings/video.html", sitting=sitting, host=host, loads=loads, features="; ".join(FEATURES)
    )
    return _allow_framing(make_response(page), host if loads else None)


@video_pages.post("/sedute/<int:sitting_id>/video")
@limiter.limit(WRITING)
def agree(sitting_id: int) -> ResponseReturnValue:
    """Remember whether the reader agrees to a host, if it is still that of the video."""
    host = _host(get_sitting(snapshot(), sitting_id))
    answer = make_response(redirect(url_for("video.show", sitting_id=sitting_id), 303))
    if host is not None and request.form.get("host") == host:
        others = [agreed for agreed in _agreed_hosts() if agreed != host]
        says_yes = request.form.get("agree") == "yes"
        _remember(answer, [*others, host] if says_yes else others)
    return answer


def _host(sitting: Sitting) -> str | None:
    return host_of(sitting.video_url) if sitting.video_url else None


def _agreed_hosts() -> list[str]:
    """Return the hosts that the reader of this browser agreed to."""
    return request.cookies.get(_name(), "").split("|")


def _remember(answer: Response, hosts: list[str]) -> None:
    answer.set_cookie(
        _name(),
        "|".join([host for host in hosts if host][-_MOST_HOSTS:]),
        max_age=_COOKIE_SECONDS,
        path="/",
        secure=_settings().secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def _name() -> str:
    return _settings().cookie_name(_COOKIE)


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _allow_framing(page: Response, host: str | None) -> Response:
    """Let the room frame the page, and the page frame the host, if there is one."""
    origin = f"https://{host}" if host else ""
    page.headers["Content-Security-Policy"] = content_policy(
        frame_src=origin or "'none'", frame_ancestors="'self'"
    )
    if origin:
        may = ", ".join(f'{feature}=(self "{origin}")' for feature in FEATURES)
        page.headers["Permissions-Policy"] = may
    return page
