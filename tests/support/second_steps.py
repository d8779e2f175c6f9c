"""People who sign in by two steps, as tests make them over the pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pyotp
from flask.testing import FlaskClient

from consultazione.core import clock
from consultazione.people.second_step.codes import STEP_SECONDS
from tests.support.factories import PASSWORD

PAGE = "/profilo/secondo-passaggio"


def hidden(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found[1])


def options_in(page: str) -> str:
    """What the browser is asked of a passkey by a page."""
    found = re.search(r'data-options="([^"]*)"', page)
    assert found is not None, page
    return html.unescape(found[1])


@dataclass
class App:
    """Somebody's app: its secret, and the recovery codes that they wrote down."""

    secret: str
    codes: list[str] = field(default_factory=list)

    def code(self, *, later: int = 0) -> str:
        """What it shows now, or some steps later."""
        return pyotp.TOTP(self.secret).at(clock.now() + timedelta(seconds=STEP_SECONDS * later))


def offered_app(client: FlaskClient) -> tuple[App, str]:
    """The app of somebody who has typed in what the page shows; and the word of its form."""
    page = client.get(PAGE).text
    found = re.search(r'<code class="digest">([A-Z2-7 ]+)</code>', page)
    assert found is not None, page
    return App(found[1].replace(" ", "")), hidden(page, "word")


def turn_on(client: FlaskClient) -> App:
    """Set an app up for whoever is signed in."""
    app, word = offered_app(client)
    form = {"word": word, "code": app.code(), "password": PASSWORD}
    answer = client.post(f"{PAGE}/app", data=form)
    assert answer.status_code == 200, answer.text
    app.codes = re.findall(r"<li><code>([a-z2-9-]+)</code></li>", answer.text)
    assert len(app.codes) == 10, answer.text
    return app


def first_step(client: FlaskClient, email: str | None) -> str:
    """Where the password of an account leads."""
    answer = client.post("/accedi", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.text
    return answer.location
