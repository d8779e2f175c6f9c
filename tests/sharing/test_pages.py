"""The pages of sharing, what-ifs and participatory budgets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.programme.commands.programmes import open_programme
from consultazione.sharing import queries
from consultazione.sharing.budgets.commands import close_budget
from consultazione.sharing.budgets.models import Budget, BudgetAnswer, BudgetMethod
from consultazione.sharing.budgets.queries import get_budget
from consultazione.sharing.commands.scenarios import attach_scenario, store_scenario
from consultazione.sharing.criteria import CriterionKind
from consultazione.sharing.models import Scenario
from consultazione.sharing.whatif import Change
from consultazione.sittings.queries import get_sitting
from tests.support.factories import Factory
from tests.support.sharing_story import YEAR, Sharing
from tests.support.voted import Voted

HALF = {CriterionKind.POPULATION: Decimal(50), CriterionKind.USERS: Decimal(50)}


def english(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser that asks for English, without an account."""
    return english(app)


@pytest.fixture
def office(app: Flask, sharing: Sharing) -> FlaskClient:
    """The browser of the plan office."""
    return sharing.make.sign_in(english(app), sharing.office)


def stored(sharing: Sharing, name: str = "More by use") -> Scenario:
    given = {"cycle_id": sharing.cycle_id, "year": YEAR, "change": Change()}
    scenario = sharing.do(store_scenario, name=name, **given)
    assert isinstance(scenario, Scenario)
    return scenario


def words(page: str) -> str:
    """The page's text, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_everybody_reads_who_pays_what(
    visitor: FlaskClient, sharing: Sharing, make: Factory
) -> None:
    assert "Nothing is shared in 2018 yet." in visitor.get(f"{make.here}/riparto?anno=2018").text
    sharing.item("Transport", "1000.00")
    page = words(visitor.get(f"{make.here}/riparto?anno=2018").text)
    assert "Alba Pays: 100.00 €" in page
    assert "Cima Pays: 600.00 € For each inhabitant: 0.10 €" in page
    assert "All together 1,000.00 €" in page
    assert "Take it away" not in page
    assert "Nothing is shared in 2019 yet." in visitor.get(f"{make.here}/riparto?anno=2019").text
    assert "2020" in visitor.get(f"{make.here}/riparto?anno=2150").text


def test_the_page_says_whose_figures_are_missing(
    visitor: FlaskClient, sharing: Sharing, make: Factory
) -> None:
    old = sharing.criterion("Of old", CriterionKind.POPULATION, figures_year=YEAR - 8)
    sharing.item(criterion_id=old)
    page = visitor.get(f"{make.here}/riparto?anno=2018").text
    assert "Give the inhabitants of Alba, Bosco, Cima" in page


def test_the_plan_office_writes_figures_criteria_and_items(
    office: FlaskClient, sharing: Sharing
) -> None:
    alba = sharing.bodies["Alba"]
    given = {"body_id": alba, "year": 2019, "population": "1200", "users": "", "source": "Istat"}
    sent = office.post(f"{sharing.make.here}/riparto/dati", data=given, follow_redirects=True)
    assert "The figures are recorded." in sent.text
    assert "1,200" in sent.text
    parts = {f"part-{body}": "1" for body in sharing.bodies.values()}
    mixed = {
        "name": "Two thirds",
        "kind": "mixed",
        "figures_year": YEAR,
        "percentage_population": "66,67",
        "percentage_fixed": "33.33",
    }
    form = f"{sharing.make.here}/riparto/criteri/nuovo?anno=2018"
    assert f'action="{form}"' in office.get(form).text
    sent = office.post(form, data={**mixed, **parts}, follow_redirects=True)
    assert "Two thirds" in sent.text
    assert sent.request.args["anno"] == "2018"
    with sharing.make.session() as session:
        criterion = queries.criteria(session, sharing.cycle_id)[-1]
    item = {"title": "Bus", "amount": "1.234,50", "criterion_id": criterion.id}
    sent = office.post(
        f"{sharing.make.here}/riparto/voci/nuova?anno=2018", data=item, follow_redirects=True
    )
    assert "1,234.50\u00a0€" in sent.text
    rewritten = {**mixed, **parts, "name": "Halves", "reason": "The assembly asked for it."}
    office.post(f"/criteri/{criterion.id}", data=rewritten)
    page = words(office.get(f"/criteri/{criterion.id}").text)
    assert "What it says now Name Halves" in page
    assert "Version 1 Name Two thirds" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"amount": "1.234"}, "Write the number without dots"),
        ({"amount": "-5"}, "Write a number of zero or more"),
        ({"amount": "1,234"}, "two decimals at most"),
        ({"title": ""}, "Please fill in this field."),
        ({"criterion_id": "999999"}, "Choose a criterion of this cycle."),
    ],
)
def test_a_wrong_item_is_kept_with_a_sentence(
    office: FlaskClient, sharing: Sharing, given: dict[str, str], sentence: str
) -> None:
    whole = {"title": "Bus", "amount": "10", "criterion_id": str(sharing.by_head), **given}
    page = office.post(f"{sharing.make.here}/riparto/voci/nuova?anno=2018", data=whole)
    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{whole["amount"]}"' in page.text


def test_what_a_browser_leaves_empty_counts_as_nothing(
    office: FlaskClient, sharing: Sharing
) -> None:
    empty = {f"part-{body}": "" for body in sharing.bodies.values()}
    empty |= {f"percentage_{basis}": "" for basis in ("population", "users", "fixed")}
    given = {"name": "By heads", "kind": "population", "figures_year": YEAR}
    sent = office.post(
        f"{sharing.make.here}/riparto/criteri/nuovo", data={**given, **empty}, follow_redirects=True
    )
    assert "The criterion can be chosen now." in sent.text


def test_a_criterion_of_another_zone_shows_its_own_municipalities(
    visitor: FlaskClient, make: Factory
) -> None:
    assert make.zone.id
    elsewhere = Sharing(Factory(make.database))
    parts = dict.fromkeys(elsewhere.bodies.values(), 2)
    fixed = elsewhere.criterion("Fixed", CriterionKind.FIXED, parts=parts)
    page = words(visitor.get(f"/criteri/{fixed}").text)
    assert "Alba 2, Bosco 2, Cima 2." in page


def test_a_mixture_of_110_percent_is_refused(office: FlaskClient, sharing: Sharing) -> None:
    given = {"name": "Much", "kind": "mixed", "figures_year": YEAR}
    shares = {"percentage_population": "60", "percentage_users": "50"}
    page = office.post(f"{sharing.make.here}/riparto/criteri/nuovo", data={**given, **shares})
    assert page.status_code == 422
    assert "The percentages make 110: change them until they make 100." in page.text


def test_a_what_if_works_as_a_form(visitor: FlaskClient, sharing: Sharing, make: Factory) -> None:
    item = sharing.item()
    address = f"{make.here}/riparto/simulazione?anno=2018"
    assert "Store the what-if" not in visitor.get(address).text
    tried = {f"amount-{item.id}": "2000", f"criterion-{item.id}": str(sharing.by_use)}
    page = words(visitor.post(address, data=tried).text)
    assert "In all: 1,000.00 € → 2,000.00 €" in page
    assert "Difference: +300.00 €" in page
    effect = visitor.post(f"{address}&parte=effetto", data=tried)
    assert "<html" not in effect.text
    assert "+300.00\u00a0€" in effect.text


def test_percentages_can_be_tried_out(
    visitor: FlaskClient, sharing: Sharing, make: Factory
) -> None:
    mixed = sharing.criterion("Mixed", CriterionKind.MIXED, percentages=HALF)
    sharing.item(criterion_id=mixed)
    address = f"{make.here}/riparto/simulazione?anno=2018"
    tried = {f"percentage_population-{mixed}": "100", f"percentage_users-{mixed}": "0"}
    assert "150.00 € After: 100.00 € Difference: −50.00 €" in words(
        visitor.post(address, data=tried).text
    )
    over = visitor.post(address, data={**tried, f"percentage_users-{mixed}": "20"})
    assert over.status_code == 422
    assert "The percentages make 120" in over.text


@pytest.mark.parametrize("name", ["amount", "criterion"])
def test_a_what_if_that_is_wrong_says_where(
    visitor: FlaskClient, sharing: Sharing, name: str, make: Factory
) -> None:
    item = sharing.item("Transport")
    wrong = {f"{name}-{item.id}": "-7"}
    page = visitor.post(f"{make.here}/riparto/simulazione?anno=2018", data=wrong)
    assert page.status_code == 422
    assert f'href="#field-{name}-{item.id}"' in page.text


def test_what_is_stored_is_shown_with_the_vote_on_it(
    office: FlaskClient, visitor: FlaskClient, sharing: Sharing, make: Factory
) -> None:
    item = sharing.item()
    sitting = make.sitting()
    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    assert f"punto={point.id}" in office.get(f"/sedute/{sitting.id}").text
    address = f"{make.here}/riparto/simulazione/salva?anno=2018&punto={point.id}"
    given = {f"amount-{item.id}": "2000", f"criterion-{item.id}": str(sharing.by_use)}
    refused = office.post(address, data={**given, "name": " "})
    assert "Write a name under which it will be found." in refused.text
    assert refused.status_code == 422
    unfit = office.post(address, data={**given, "name": "Twice\0"})
    assert "The text holds characters that cannot be stored." in unfit.text
    assert unfit.status_code == 422
    kept = office.post(address, data={**given, "name": "Twice"}, follow_redirects=True).text
    assert "What is stored" not in words(kept)
    assert "Difference: +300.00 €" in words(kept)
    assert "Put it beside a point" in kept
    sitting_page = visitor.get(f"/sedute/{sitting.id}").text
    assert "What if: Twice" in sitting_page
    assert "Try out how spending could be shared" not in sitting_page


def test_minutes_link_what_was_voted_on(
    visitor: FlaskClient, sharing: Sharing, make: Factory
) -> None:
    sharing.item()
    scenario, sitting = stored(sharing), make.sitting()
    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    sharing.do(attach_scenario, scenario_id=scenario.id, point_id=point.id)
    minutes = make.published(make.minutes(make.held(sitting)))
    assert f"/simulazioni/{scenario.id}" in visitor.get(f"/verbali/{minutes.id}").text


def test_the_chair_attaches_and_takes_away(app: Flask, sharing: Sharing, make: Factory) -> None:
    sharing.item()
    scenario, sitting = stored(sharing), make.sitting()
    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    chair = make.sign_in(english(app), make.holder(Role.FACILITATOR, sitting.table_id))
    address = f"/simulazioni/{scenario.id}"
    assert point.title in chair.get(address).text
    there = chair.post(f"{address}/punti", data={"point_id": point.id}, follow_redirects=True)
    assert "It stands beside the point now." in there.text
    gone = chair.post(f"{address}/punti/{point.id}/togli", follow_redirects=True)
    assert "It stands beside no point" in gone.text


@pytest.mark.parametrize("number", ["9223372036854775808", "-1", "0", "1e999", "NaN", ""])
def test_a_number_that_nothing_has_stands_for_nothing(
    office: FlaskClient, sharing: Sharing, number: str
) -> None:
    sharing.item()
    address, given = f"/simulazioni/{stored(sharing).id}", {"point_id": number}
    told = office.post(f"{address}/punti", data=given, follow_redirects=True)
    assert (told.status_code, told.request.path) == (200, address)
    budget = sharing.opened()
    address, given = f"/bilanci-partecipativi/{budget.id}", {"criterion_id": number}
    item = f"/bilanci-partecipativi/voci/{budget.items[0].id}/accogli"
    told = office.post(item, data=given, follow_redirects=True)
    assert (told.status_code, told.request.path) == (200, address)


def numbers(budget: Budget, *given: str) -> dict[str, str]:
    return {f"item-{item.id}": n for item, n in zip(budget.items, given, strict=True) if n}


def test_the_plan_office_prepares_and_opens_a_budget(office: FlaskClient, sharing: Sharing) -> None:
    given = {"title": "For the young", "method": "points", "amount": "1.000,00", "points": "10"}
    form = f"{sharing.make.here}/bilancio-partecipativo/nuovo"
    assert 'value="2020" selected' in office.get(form).text
    assert "Choose a year of the cycle" in office.post(form, data={**given, "year": 2017}).text
    address = office.post(form, data={**given, "year": 2018}).headers["Location"]
    assert "in 2018" in office.get(address).text
    for title, cost in (("Bus", "600"), ("Desk", "500")):
        office.post(f"{address}/voci", data={"title": title, "amount": cost})
    wrong = office.post(f"{address}/voci", data={"title": "Bridge", "amount": "5000"})
    assert "Write a cost that the sum can pay." in wrong.text
    past = office.post(f"{address}/apri", data={"closes_at": "2018-01-01T10:00"})
    assert "Choose a moment in the future." in past.text
    opened = office.post(f"{address}/apri", data={"closes_at": "2099-01-01T10:00"})
    assert opened.status_code == 302
    assert "Open for answers" in office.get(address).text


@pytest.mark.parametrize(
    ("method", "first", "wrong", "sentence"),
    [
        (BudgetMethod.KNAPSACK, ("1", "", "1"), ("1", "1", ""), "more than the sum"),
        (BudgetMethod.POINTS, ("4", "", "6"), ("9", "9", ""), "take some back"),
        (BudgetMethod.RANKING, ("1", "2", ""), ("1", "1", ""), "Use each place once"),
    ],
)
def test_a_person_answers_and_changes_the_answer(
    app: Flask,
    sharing: Sharing,
    method: BudgetMethod,
    first: tuple[str, ...],
    wrong: tuple[str, ...],
    sentence: str,
) -> None:
    budget = sharing.opened(method)
    person = sharing.make.sign_in(english(app), sharing.make.citizen())
    address = f"/bilanci-partecipativi/{budget.id}"
    sent = person.post(f"{address}/risposta", data=numbers(budget, *first), follow_redirects=True)
    assert "Your answer is counted." in sent.text
    assert "You have answered." in sent.text
    refused = person.post(f"{address}/risposta", data=numbers(budget, *wrong))
    assert refused.status_code == 422
    assert sentence in refused.text
    other = sharing.make.sign_in(english(app), sharing.make.citizen())
    page = other.get(address).text
    assert "You have answered." not in page
    assert "Persons who have answered" in page


def test_a_visitor_reads_the_rules_and_is_asked_to_sign_in(
    visitor: FlaskClient, sharing: Sharing
) -> None:
    budget = sharing.opened()
    page = visitor.get(f"/bilanci-partecipativi/{budget.id}").text
    assert "that they live here is not verified" in page
    assert "To answer you need an account." in page
    answer = visitor.post(
        f"/bilanci-partecipativi/{budget.id}/risposta", data=numbers(budget, "1", "", "")
    )
    assert "/accedi" in answer.headers["Location"]
    with sharing.make.session() as session:
        assert session.query(BudgetAnswer).count() == 0


def test_the_result_is_public_and_feeds_the_shared_items(
    office: FlaskClient, visitor: FlaskClient, sharing: Sharing
) -> None:
    budget = sharing.opened()
    for given in [(1, 0, 0)] * 3 + [(0, 1, 1)] * 2:
        sharing.answer(budget, *given)
    address = f"/bilanci-partecipativi/{budget.id}"
    closed = office.post(f"{address}/chiudi", follow_redirects=True).text
    assert "The answers are counted and erased" in closed
    page = words(visitor.get(address).text)
    assert "1. Bus Cost: 600.00 € Votes: 3 Persons: 3 Fits in" in page
    assert "What fits in costs 1,000.00 € of 1,000.00 €." in page
    assert "Take it up" not in page
    bus = budget.items[0].id
    taken = office.post(
        f"/bilanci-partecipativi/voci/{bus}/accogli",
        data={"criterion_id": sharing.by_head},
        follow_redirects=True,
    )
    assert "The municipalities pay for it together" in taken.text
    assert (
        "chosen in a participatory budget"
        in visitor.get(f"{sharing.make.here}/riparto?anno=2018").text
    )


def test_what_was_chosen_becomes_an_intervention_that_says_so(
    office: FlaskClient, visitor: FlaskClient, sharing: Sharing
) -> None:
    budget = sharing.counted()
    page, bus = f"/bilanci-partecipativi/{budget.id}", budget.items[0].id
    address = f"/bilanci-partecipativi/voci/{bus}/programma"
    assert address not in office.get(page).text  # no programme of the year is open
    assert office.get(address).status_code == 404
    sharing.do(open_programme, cycle_id=sharing.cycle_id, year=YEAR)
    assert address in office.get(page).text
    assert address not in visitor.get(page).text
    form = office.get(address).text
    assert 'value="Bus"' in form
    assert "600.00\u00a0€" in form
    assert office.post(address, data={"title": "Bus"}).status_code == 422
    sent = office.post(address, data=sheet_form(sharing))
    intervention = sent.location.removesuffix("/costi")
    said = words(visitor.get(intervention).text)
    assert "Chosen in a participatory budget: A sum for the young 1. Bus · 600.00 €" in said
    assert f'href="{intervention}"' in visitor.get(page).text
    again = office.post(address, data=sheet_form(sharing))
    assert again.status_code == 422
    assert "intervention of the programme already" in again.text


def sheet_form(sharing: Sharing) -> dict[str, Any]:
    body = sharing.bodies["Alba"]
    given = {"kind": "service", "level": "community", "area": "families", "lead_body_id": body}
    return {"title": "Bus", **given}


def test_what_was_voted_is_applied_on_screen(
    office: FlaskClient, visitor: FlaskClient, sharing: Sharing
) -> None:
    item, voted = sharing.item(), Voted(sharing)
    scenario = voted.stored(amounts={item.id: Decimal(2000)})
    page, address = f"/simulazioni/{scenario.id}", f"/simulazioni/{scenario.id}/applica"
    assert address not in office.get(page).text  # no vote has carried it
    poll_id, intervention = voted.vote(scenario), voted.intervention()
    assert address in office.get(page).text
    assert address not in visitor.get(page).text
    assert visitor.get(address).status_code != 200
    form = office.get(address).text
    assert "Do we agree?" in form
    assert "Transport for all" in form
    given = {f"intervention-{item.id}": str(intervention.id)}
    refused = office.post(address, data={**given, "poll_id": poll_id, "fund_id": ""})
    assert refused.status_code == 422
    assert "Choose the fund from which the municipalities pay." in refused.text
    done = office.post(
        address,
        data={**given, "poll_id": poll_id, "fund_id": voted.own.id},
        follow_redirects=True,
    ).text
    assert "The shares that were voted stand in the year now." in done
    assert f'href="/interventi/{intervention.id}"' in done
    assert address not in done
    said = words(visitor.get(f"/interventi/{intervention.id}").text)
    assert "Shares that were voted: Twice Carried by the vote Do we agree?" in said
    assert "2,100.00 €" in said
    year = words(visitor.get(f"{sharing.make.here}/riparto?anno=2018").text)
    assert "All together 2,000.00 €" in year
    assert "Twice (2018) Applied" in year


def test_a_few_answers_are_not_told_apart(visitor: FlaskClient, sharing: Sharing) -> None:
    budget = sharing.opened()
    sharing.answer(budget, 1, 0, 0)
    sharing.do(close_budget, budget_id=budget.id)
    page = visitor.get(f"/bilanci-partecipativi/{budget.id}").text
    assert "Fewer than 5 persons answered" in page
    assert "Votes" not in page
    with sharing.make.session() as session:
        assert get_budget(session, budget.id).result == {
            "answers": 1,
            "too_few": True,
            "rows": [],
            "spent": "0.00",
        }


def test_what_there_is_not_is_not_found(visitor: FlaskClient, sharing: Sharing) -> None:
    assert sharing.cycle_id
    for address in ("criteri/999", "simulazioni/999", "bilanci-partecipativi/999"):
        assert visitor.get(f"/{address}").status_code == 404
