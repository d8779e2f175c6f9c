"""Where an intervention comes from, over REST: a project, a participatory budget, votes."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from consultazione.provincial.commands.answering import accept_project
from consultazione.provincial.commands.programming import put_project_into_programme
from consultazione.sharing.budgets.commands import put_budget_item_into_programme
from consultazione.sharing.commands.applying import apply_scenario
from tests.support.factories import Factory
from tests.support.provinces import Province
from tests.support.sharing_story import YEAR, Sharing
from tests.support.voted import Voted, sheet


def _origin(client: FlaskClient, intervention_id: int) -> Any:
    return client.get(f"/api/v1/interventions/{intervention_id}/origin").get_json()


def test_the_origin_of_an_intervention_is_read(make: Factory, client: FlaskClient) -> None:
    sharing, province = Sharing(make), Province(make)
    voted = Voted(sharing)
    forward, chosen = province.forward(), sharing.counted().items[0]
    wanted = sheet(voted.union)
    sharing.do(accept_project, forward_id=forward.id, reason="It is needed here as well.")
    sent = sharing.do(put_project_into_programme, forward_id=forward.id, year=YEAR, sheet=wanted)
    bought = sharing.do(put_budget_item_into_programme, item_id=chosen.id, sheet=wanted)
    item, own = sharing.item(), voted.intervention()
    scenario = voted.stored()
    poll_id = voted.vote(scenario)
    sharing.do(
        apply_scenario,
        scenario_id=scenario.id,
        poll_id=poll_id,
        interventions={item.id: own.id},
        fund_id=voted.own.id,
    )
    project = _origin(client, sent.id)["project"]
    assert (project["id"], project["project_id"]) == (forward.id, province.project.id)
    assert project["title"] == province.project.title
    assert _origin(client, bought.id) == {
        "project": None,
        "budget_item": {
            "id": chosen.id,
            "budget_id": chosen.budget_id,
            "title": "Bus",
            "cost": "600.00",
        },
        "votes": [],
    }
    (vote,) = _origin(client, own.id)["votes"]
    assert (vote["scenario_id"], vote["scenario"], vote["poll_id"]) == (
        scenario.id,
        "Twice",
        poll_id,
    )
    assert client.get("/api/v1/interventions/999999/origin").status_code == 404
