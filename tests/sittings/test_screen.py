"""The projector, and the QR code that leads to the room."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.support.factories import Factory


def test_the_projector_has_nothing_to_press(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    make.presided(sitting)
    response = client.get(f"/sedute/{sitting.id}/schermo")
    assert response.status_code == 200
    assert sitting.title in response.text
    assert f"/sedute/{sitting.id}/stanza" in response.text
    assert not re.search(r"<(button|input|form)", response.text)
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def test_who_looks_at_the_projector_is_nobody(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    page = make.sign_in(client, chair).get(f"/sedute/{sitting.id}/schermo").text
    assert '"person_id": null' in page


def test_the_code_of_the_room(client: FlaskClient, make: Factory) -> None:
    sitting = make.sitting()
    response = client.get(f"/sedute/{sitting.id}/qr.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "<svg" in response.text
    assert client.get("/sedute/999999/qr.svg").status_code == 404
    assert client.get("/sedute/999999/schermo").status_code == 404
