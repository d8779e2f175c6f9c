"""Whether an address has an account is told by no page, and by nothing in the log either."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from consultazione.core.log import EntryRow
from consultazione.transparency.leaves import leaf
from tests.support.factories import Factory

FORM = {"email": "una.prova@example.org", "display_name": "Una Prova"}
PASSWORD = "una parola lunga e mai vista 7"


def test_a_new_account_and_one_asked_for_again_leave_entries_that_look_the_same(
    make: Factory, client: FlaskClient
) -> None:
    answers = [
        client.post("/registrati", data={**FORM, "password": PASSWORD}).status_code
        for _each in range(2)
    ]
    assert answers == [302, 302]
    with make.session() as session:
        query = select(EntryRow).where(EntryRow.stream.startswith("person:"))
        first, again = session.scalars(query.order_by(EntryRow.position.desc()).limit(2)).all()[
            ::-1
        ]
        assert (first.kind, again.kind) == ("person.registered", "registration.repeated")
        assert first.stream != again.stream
        assert (first.number, again.number) == (1, 1)
        assert again.position == first.position + 1
        shapes = {len(leaf(one.stream, one.number, one.digest)) for one in (first, again)}
        assert len(shapes) == 1
