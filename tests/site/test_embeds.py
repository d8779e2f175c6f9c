"""The widget: who may frame it, what it shows, and that it needs no cookies."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.core.errors import Invalid
from consultazione.core.incoming.frame_hosts import read_hosts
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.setup.commands.settings import change_zone
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from tests.support.factories import Factory


def test_only_names_of_sites_are_taken() -> None:
    typed = (
        "www.comune.example.it, https://www.asl.example.it/servizi\nhttps://WWW.comune.example.it"
    )
    assert read_hosts(typed) == ["https://www.comune.example.it", "https://www.asl.example.it"]
    for bad in (
        "*",
        "http://www.a.it",
        "www.a.it;script-src",
        "'self'",
        "https://u@a.it",
        "locale",
    ):
        with pytest.raises(Invalid, match="no name of a site"):
            read_hosts(bad)
    with pytest.raises(Invalid, match="at most 20"):
        read_hosts(" ".join(f"www.a{number}.it" for number in range(21)))


def policy(client: FlaskClient, address: str) -> dict[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert "Set-Cookie" not in answer.headers
    assert "X-Frame-Options" not in answer.headers
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


def test_the_sites_of_the_list_may_frame_it_and_no_others(
    client: FlaskClient, make: Factory
) -> None:
    proposal, sitting = make.proposal(), make.sitting()
    addresses = (
        f"/incorpora/tavoli/{sitting.table_id}",
        f"/incorpora/sedute/{sitting.id}",
        f"/incorpora/proposte/{proposal.id}",
    )
    assert {policy(client, one)["frame-ancestors"] for one in addresses} == {"'self'"}
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, frame_hosts="www.comune.example.it")
    expected = "'self' https://www.comune.example.it"
    assert {policy(client, one)["frame-ancestors"] for one in addresses} == {expected}
    assert policy(client, addresses[0])["script-src"] == "'none'"
    ordinary = client.get(f"/proposte/{proposal.id}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in ordinary


def test_a_setting_that_is_no_site_is_told_at_its_field(client: FlaskClient, make: Factory) -> None:
    admin = make.holder(Role.ADMINISTRATOR)
    with pytest.raises(Invalid) as refused, make.database.transaction(admin) as tx:
        change_zone(tx, zone_id=make.zone.id, frame_hosts="un sito; x")
    assert list(refused.value.fields) == ["frame_hosts"]


def test_it_leads_on_in_the_whole_window_and_has_no_form(
    client: FlaskClient, make: Factory
) -> None:
    table = make.table()
    sitting = make.sitting(table)
    page = client.get(f"/incorpora/tavoli/{table.id}").text
    links = re.findall(r"<a [^>]*>", page)
    assert len(links) == 3
    assert [link for link in links if 'target="_top"' not in link] == []
    assert not re.search("<script|<form|csrf", page)
    assert sitting.title in page


def test_what_is_not_public_is_not_shown(client: FlaskClient, make: Factory) -> None:
    author = make.citizen()
    proposal, sitting, hidden = make.proposal(author=author), make.sitting(), make.proposal()
    facilitator = make.holder(Role.FACILITATOR, sitting.table_id)
    with make.database.transaction(facilitator) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id)
    with make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=proposal.id)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        hide_proposal(tx, proposal_id=hidden.id, reason="Offende.")
    proposals = (f"proposte/{one.id}" for one in (proposal, hidden))
    for address in (f"sedute/{rehearsal.id}", *proposals, "tavoli/999"):
        assert client.get(f"/incorpora/{address}").status_code == 404


def test_the_code_to_copy(client: FlaskClient, make: Factory) -> None:
    table = make.table()
    page = client.get(f"{make.at}/incorpora").text
    code = f'<iframe src="http://localhost/incorpora/tavoli/{table.id}"'
    assert code not in page
    assert code in html.unescape(page)
    chosen = client.get(f"{make.at}/incorpora?cosa=proposta&numero=7").text
    assert '/incorpora/proposte/7"' in html.unescape(chosen)
    assert client.get(f"{make.at}/incorpora?cosa=altro&numero=x").status_code == 200
