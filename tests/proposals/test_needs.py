"""Needs that proposals name, shown both ways."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM
from consultazione.core.errors import Invalid
from consultazione.core.log import read_stream
from consultazione.proposals.events import ProposalSubmitted
from consultazione.proposals.needs import needs, needs_of, proposals_for
from consultazione.tables.events import table_stream
from consultazione.zones.commands.setting_up import NewPriority, open_cycle
from consultazione.zones.models import Cycle
from tests.support.factories import Factory

NEEDS = [
    NewPriority(title="Nuova povertà", source="Profilo", is_need=True, found_on=date(2018, 1, 9)),
    NewPriority(title="Prossimità", source="PSSR"),
    NewPriority(title="Fragilità sociale", source="Profilo", is_need=True),
]


def with_needs(make: Factory, first_year: int = 2025) -> Cycle:
    """A cycle with two needs and a priority, the current one unless it begins before others."""
    with make.database.transaction(SYSTEM) as tx:
        return open_cycle(
            tx,
            zone_id=make.zone.id,
            first_year=first_year,
            last_year=first_year + 2,
            priorities=NEEDS,
        )


def ids(make: Factory, cycle: Cycle) -> list[int]:
    with make.session() as session:
        return [need.id for need in needs(session, cycle.id)]


def test_a_proposal_names_needs_of_its_cycle(make: Factory) -> None:
    first, second = ids(make, with_needs(make))
    table = make.table()
    proposal = make.proposal(table, need_ids=[second, first])
    with make.session() as session:
        assert [need.id for need in needs_of(session, proposal.id)] == [first, second]
        assert [one.id for one in proposals_for(session, first)] == [proposal.id]
        event = read_stream(session, table_stream(table.id))[-1].event
    assert isinstance(event, ProposalSubmitted)
    assert event.need_ids == [first, second]


def test_needs_of_another_cycle_and_priorities_are_none(make: Factory) -> None:
    table = make.table()
    first, _second = ids(make, with_needs(make, 2015))
    with pytest.raises(Invalid, match="needs of this plan"):
        make.proposal(table, need_ids=[first])
    with pytest.raises(Invalid, match="needs of this plan"):
        make.proposal(make.table(), need_ids=[first + 1])


def test_pages_show_needs_and_proposals_both_ways(client: FlaskClient, make: Factory) -> None:
    first, second = ids(make, with_needs(make))
    table = make.table()
    make.sign_in(client, make.citizen())
    typed = {"title": "Uno sportello", "body": "Uno sportello in ogni comune.", "need_ids": [first]}
    form = f"{make.here}/tavoli/{table.slug}/proposte/nuova"
    assert client.post(form, data={**typed, "need_ids": ["x"]}).status_code == 422
    shown = client.post(form, data=typed, follow_redirects=True).text
    assert f"/bisogni/{first}" in shown
    assert f"/bisogni/{second}" not in shown
    page = client.get(f"/bisogni/{first}").text
    assert "Uno sportello" in page
    assert "9 gennaio 2018" in page
    assert 'class="empty"' in client.get(f"/bisogni/{second}").text
    assert f"/bisogni/{first}" in client.get(f"{make.here}/percorso").text
    assert client.get(f"/bisogni/{first + 1}").status_code == 404
