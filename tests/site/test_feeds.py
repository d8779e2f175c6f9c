"""Atom: what stands in the feeds, and what does not."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from consultazione.sittings.lifecycle.commands.revising import cancel_sitting
from tests.support.factories import Factory

ATOM = "{http://www.w3.org/2005/Atom}"
ENGLISH = {"Accept-Language": "en"}


def read(client: FlaskClient, address: str) -> dict[str, ElementTree.Element]:
    """The entries by title, of a feed that keeps to RFC 4287."""
    answer = client.get(address, headers=ENGLISH)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.text)
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(address)
    assert links["alternate"].startswith("http")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    for one in [feed, *entries]:
        assert one.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert one.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
    return {one.findtext(f"{ATOM}title", ""): one for one in entries}


def test_what_is_public_is_there_and_nothing_else(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    sitting, elsewhere = make.sitting(table), make.sitting()
    admitted, waiting = make.proposal(table=table), make.proposal(table=table)
    facilitator = make.holder(Role.FACILITATOR, table.id)
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=admitted.id, version=1)
    with make.database.transaction(facilitator) as tx:
        start_rehearsal(tx, sitting_id=sitting.id)
    of_table = {f"Sitting convened: {sitting.title}", f"Proposal admitted: {admitted.title}"}
    assert set(read(client, f"{make.here}/tavoli/{table.slug}/atom.xml")) == of_table
    of_zone = of_table | {f"Sitting convened: {elsewhere.title}"}
    for address in (f"{make.at}/atom.xml", "/atom.xml"):
        assert set(read(client, address)) == of_zone
    assert waiting.title not in client.get("/atom.xml").text


def test_minutes_and_outcomes_once_they_are_public(client: FlaskClient, make: Factory) -> None:
    draft = make.minutes()
    with make.session() as session:
        title = session.merge(draft).sitting.title
    assert f"Minutes published: {title}" not in read(client, f"{make.at}/atom.xml")
    outcome = make.outcome("Apri uno sportello.")
    found = read(client, f"{make.at}/atom.xml")
    with make.session() as session:
        own = session.merge(outcome).minutes.sitting.title
    assert {f"Minutes published: {own}"} <= set(found)
    assert any(name.startswith("Outcome") and name.endswith(own) for name in found)
    assert f"Minutes published: {title}" not in found


def test_a_change_keeps_the_id_and_another_answer_is_sent(
    client: FlaskClient, make: Factory
) -> None:
    sitting = make.sitting()
    first = client.get(f"{make.at}/atom.xml", headers=ENGLISH)
    (before,) = read(client, f"{make.at}/atom.xml").values()
    mark = ENGLISH | {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{make.at}/atom.xml", headers=mark).status_code == 304
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(facilitator) as tx:
        cancel_sitting(tx, sitting_id=sitting.id, reason="Neve.")
    assert client.get(f"{make.at}/atom.xml", headers=mark).status_code == 200
    (title, after), *_none = read(client, f"{make.at}/atom.xml").items()
    assert title == f"Sitting cancelled: {sitting.title}"
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_a_hidden_proposal_is_sent_once_more_without_its_words(
    client: FlaskClient, make: Factory
) -> None:
    proposal, address = make.proposal(), f"{make.at}/atom.xml"
    facilitator = make.holder(Role.FACILITATOR, proposal.table_id)
    with make.database.transaction(facilitator) as tx:
        admit_proposal(tx, proposal_id=proposal.id, version=1)
    (before,) = read(client, address).values()
    with make.database.transaction(facilitator) as tx:
        hide_proposal(tx, proposal_id=proposal.id, reason="Offende.")
    (after,) = read(client, address).values()
    assert proposal.title not in client.get(address).text
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated", "") > before.findtext(f"{ATOM}updated", "")


def test_what_people_wrote_stays_text(client: FlaskClient, make: Factory) -> None:
    make.sitting(title="Casa & <script>x</script>")
    assert "Sitting convened: Casa & <script>x</script>" in read(client, "/atom.xml")
    page = client.get(f"{make.here}/").text
    assert f'rel="alternate" type="application/atom+xml" title="{make.zone.name}"' in page
