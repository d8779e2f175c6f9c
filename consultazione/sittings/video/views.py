"""The page of a sitting's video, which the room shows in a frame.

It says whose video it is, and loads it only once the reader has said yes to that host; the
answer is kept in a cookie of this browser. Its content policy is the only one of the site
that names another host, and only after that yes.
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
from consultazione.sittings.blueprint import video_pages
from consultazione.sittings.models import Sitting
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.video.address import host_of
from consultazione.web.request_db import snapshot
from consultazione.web.security import WRITING, content_policy, limiter

_COOKIE = "video"
_PATH = "/sedute"
_KEPT_FOR = 180 * 24 * 3600
_MOST_HOSTS = 10
# What a meeting on video needs of the browser.
FEATURES = ("camera", "microphone", "display-capture", "autoplay", "fullscreen")
# What the room must be allowed, so that the frames in it can be.
ROOM_PERMISSIONS = ", ".join(f"{feature}=(self)" for feature in FEATURES)


@video_pages.get("/sedute/<int:sitting_id>/video")
def show(sitting_id: int) -> ResponseReturnValue:
    """The video, if the reader agreed to its host; else what it means to load it."""
    sitting = get_sitting(snapshot(), sitting_id)
    host = _host(sitting)
    loads = host is not None and host in _agreed()
    page = render_template(
        "sittings/video.html", sitting=sitting, host=host, loads=loads, features="; ".join(FEATURES)
    )
    return _framed(make_response(page), host if loads else None)


@video_pages.post("/sedute/<int:sitting_id>/video")
@limiter.limit(WRITING)
def agree(sitting_id: int) -> ResponseReturnValue:
    """Keep the reader's yes or no to a host, which must still be that of the video."""
    host = _host(get_sitting(snapshot(), sitting_id))
    answer = make_response(redirect(url_for("video.show", sitting_id=sitting_id), 303))
    if host is not None and request.form.get("host") == host:
        others = [one for one in _agreed() if one != host]
        says_yes = request.form.get("agree") == "yes"
        _keep(answer, [*others, host] if says_yes else others)
    return answer


def _host(sitting: Sitting) -> str | None:
    return host_of(sitting.video_url) if sitting.video_url else None


def _agreed() -> list[str]:
    """The hosts from which this browser loads videos."""
    return request.cookies.get(_COOKIE, "").split("|")


def _keep(answer: Response, hosts: list[str]) -> None:
    settings: Settings = current_app.extensions["settings"]
    answer.set_cookie(
        _COOKIE,
        "|".join([one for one in hosts if one][-_MOST_HOSTS:]),
        max_age=_KEPT_FOR,
        path=_PATH,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )


def _framed(page: Response, host: str | None) -> Response:
    """A page that the room may frame, and that may itself frame this host, if any."""
    origin = f"https://{host}" if host else ""
    page.headers["Content-Security-Policy"] = content_policy(
        frame_src=origin or "'none'", frame_ancestors="'self'"
    )
    if origin:
        may = ", ".join(f'{feature}=(self "{origin}")' for feature in FEATURES)
        page.headers["Permissions-Policy"] = may
    return page
