"""Who may show a page of the widget in a frame."""

from __future__ import annotations

from flask import Response, make_response

from consultazione.web.current_zone import current_zone
from consultazione.web.security import content_policy


def framed(page: str) -> Response:
    """A page that the sites of its zone's list may show in a frame, and this site itself.

    The header is that of CSP Level 3, 6.4.2. The page is the same for everybody, so that a browser
    needs no cookie for it.
    """
    hosts = (current_zone().frame_hosts or "").split()
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = content_policy(
        frame_ancestors=" ".join(["'self'", *hosts]), script_src="'none'", form_action="'none'"
    )
    return answer
