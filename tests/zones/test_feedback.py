"""What readers say of a page; and when a page was last updated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from redis import Redis

from consultazione.config import Settings
from consultazione.core.actor import VISITOR, Role
from consultazione.core.db import Database
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.log import EntryRow, TextRow
from consultazione.web.security import limiter
from consultazione.zones.feedback.commands import LONGEST_PATH, erase_feedback, give_feedback
from consultazione.zones.feedback.models import PageFeedback, Useful
from consultazione.zones.feedback.queries import counts, opinions
from tests.support.applications import new_app
from tests.support.factories import Factory

SAID = {"path": "/percorso", "useful": "no", "words": "Manca la data del prossimo incontro."}


@pytest.fixture
def limited(
    settings: Settings, database: Database, make: Factory, valkey_url: str
) -> Iterator[FlaskClient]:
    """A browser of a site whose limits count."""
    assert make.zone
    yield new_app(replace(settings, testing=False), database).test_client()
    Redis.from_url(valkey_url).flushdb()
    limiter.enabled = False


def say(make: Factory, **values: object) -> PageFeedback:
    given = {"path": f"{make.here}/percorso", "useful": Useful.NO, "words": "Parole."}
    with make.database.transaction(VISITOR) as tx:
        return give_feedback(tx, zone_id=make.zone.id, **{**given, **values})  # type: ignore[arg-type]


def test_nothing_says_who_it_was(make: Factory) -> None:
    citizen, zone_id = make.citizen(), make.zone.id
    with make.database.transaction(citizen) as tx:
        give_feedback(tx, zone_id=zone_id, path=f"{make.here}/percorso", useful=Useful.YES)
    with make.session() as session:
        entry = session.query(EntryRow).filter_by(stream=f"feedback:{zone_id}").one()
        assert entry.actor_id is None
    assert {"person_id", "actor_id", "address"}.isdisjoint(PageFeedback.__table__.columns.keys())


def test_pages_are_counted_the_least_useful_first(make: Factory) -> None:
    say(make, path=f"{make.here}/piano", useful=Useful.YES)
    say(make, path=f"{make.here}/percorso?x=1")
    with make.session() as session:
        found = [(page.path, page.yes, page.no) for page in counts(session, make.zone.id)]
    assert found == [(f"{make.here}/percorso", 0, 1), (f"{make.here}/piano", 1, 0)]


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "", "/" * LONGEST_PATH + "/"]
)
def test_a_page_is_one_of_this_site(make: Factory, path: str) -> None:
    with pytest.raises(Invalid):
        say(make, path=path)


def test_words_are_erased_for_good_and_the_count_stays(make: Factory) -> None:
    said, office = say(make), make.holder(Role.PLAN_OFFICE)
    with make.database.transaction(make.citizen()) as tx, pytest.raises(NotAllowed):
        erase_feedback(tx, feedback_id=said.id)
    with make.database.transaction(office) as tx:
        erase_feedback(tx, feedback_id=said.id)
    with make.database.transaction(office) as tx, pytest.raises(Conflict):
        erase_feedback(tx, feedback_id=said.id)
    with make.session() as session:
        assert opinions(session, make.zone.id, limit=9) == []
        assert counts(session, make.zone.id)[0].no == 1
        assert session.query(TextRow).filter_by(leaf=said.leaf).one().sealed is None


def test_a_browser_says_it_once_a_page(client: FlaskClient, make: Factory) -> None:
    said = {**SAID, "path": f"{make.here}/percorso"}
    assert client.post(f"{make.here}/opinione", data=said).location == f"{make.here}/percorso"
    again = client.post(
        f"{make.here}/opinione", data=said, follow_redirects=True, headers={"Accept-Language": "en"}
    )
    assert "about this page already" in again.text
    client.post(f"{make.here}/opinione", data={**said, "path": f"{make.here}/piano"})
    with make.session() as session:
        assert [(page.path, page.no) for page in counts(session, make.zone.id)] == [
            (f"{make.here}/percorso", 1),
            (f"{make.here}/piano", 1),
        ]


@pytest.mark.parametrize("wrong", [{"useful": "perhaps"}, {"words": "x" * 1001}])
def test_what_does_not_fit_is_said_and_kept_out(
    client: FlaskClient, make: Factory, wrong: dict[str, str]
) -> None:
    assert make.zone
    page = client.post(
        f"{make.here}/opinione",
        data={**SAID, **wrong},
        follow_redirects=True,
        headers={"Accept-Language": "en"},
    )
    assert "Choose yes or no" in page.text
    with make.session() as session:
        assert counts(session, make.zone.id) == []


def test_one_sender_says_so_much_a_minute(limited: FlaskClient, make: Factory) -> None:
    sent = [
        limited.post(f"{make.here}/opinione", data={**SAID, "path": f"/piano/{n}"}).status_code
        for n in range(12)
    ]
    assert sent == [302] * 10 + [429] * 2


def test_the_office_reads_and_erases_words(client: FlaskClient, make: Factory) -> None:
    said = say(make, words="Una parola <b>mia</b>.")
    make.sign_in(client, make.citizen())
    assert client.get(f"{make.here}/opinioni").status_code == 403
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert "Una parola &lt;b&gt;mia&lt;/b&gt;." in client.get(f"{make.here}/opinioni").text
    after = client.post(f"/opinioni/{said.id}/cancella", follow_redirects=True).text
    assert "Una parola" not in after


def test_pages_are_named_in_words(client: FlaskClient, make: Factory) -> None:
    for path in ("/proposte/12", f"{make.here}/piano/senza-risposta", f"{make.here}/"):
        say(make, path=path)
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    page = client.get(f"{make.here}/opinioni").text
    assert ">Proposte, 12</a>" in page
    assert f'href="{make.here}/piano/senza-risposta">Piano, senza risposta (2018-2020)</a>' in page
    assert f'href="{make.here}/">Home (2018-2020)</a>' in page
    assert f'href="{make.at}/amministrazione/"' in page.partition("<h1>")[0]


@pytest.mark.parametrize(
    "page", ["/", "/percorso", "/registro", "/normativa", "/calendario", "/tavoli", "/proposte",
             "/sedute", "/verbali", "/esiti", "/piano"],
)  # fmt: skip
def test_a_public_page_says_when_it_was_updated_and_asks(
    client: FlaskClient, make: Factory, page: str
) -> None:
    make.proposal(make.table())
    shown = client.get(f"{make.here}{page}", headers={"Accept-Language": "en"}).text
    assert "Was this page useful to you?" in shown
    assert f'name="path" value="{make.here}{page}"' in shown
    # Nothing has happened yet on the streams of these lists.
    assert ("Last update:" in shown) or page in {"/sedute", "/verbali", "/esiti", "/piano"}


@pytest.mark.parametrize("page", ["/privacy", "/accedi", "{}/incontri/nuovo", "/nulla"])
def test_other_pages_do_not_ask(client: FlaskClient, make: Factory, page: str) -> None:
    make.sign_in(client, make.holder(Role.PLAN_OFFICE))
    assert "page-foot" not in client.get(page.format(make.here)).text


def test_a_page_is_updated_when_its_stream_goes_on(client: FlaskClient, make: Factory) -> None:
    first, second = make.table(), make.table()
    make.proposal(first)

    def shown(slug: str) -> str:
        foot = client.get(f"{make.here}/tavoli/{slug}").text.partition(
            'class="page-foot__updated"'
        )[2]
        return foot.partition('datetime="')[2].partition('"')[0]

    with make.session() as session:
        newest = session.query(EntryRow).filter_by(stream=f"table:{first.id}")
        latest = newest.order_by(EntryRow.number.desc()).first()
        assert latest is not None
        assert shown(first.slug) == latest.at.isoformat()
    before = shown(second.slug)
    make.proposal(first)
    assert shown(second.slug) == before
