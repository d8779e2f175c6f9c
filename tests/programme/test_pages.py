"""The pages of the programme, and its REST resources."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.funds import set_earmark, set_fund_amount
from consultazione.programme.commands.results import add_indicator, measure_indicator
from consultazione.programme.kinds import AreaOfUse, MacroLevel
from consultazione.programme.models import Indicator, Intervention, Share
from consultazione.programme.queries import indicators, interventions, resources, shares
from consultazione.web.current_zone import IN_CYCLE
from tests.support.books import Books
from tests.support.factories import Factory


class InTheCycle(FlaskClient):
    """A browser that asks for English, and for a programme where its cycle has its addresses."""

    place = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; what belongs to the cycle is asked for below its place."""
        if args and str(args[0]).startswith("/programma"):
            args = (self.place + args[0], *args[1:])
        return super().open(*args, **kwargs)


def browser(app: Flask, books: Books) -> InTheCycle:
    client = InTheCycle(app, app.response_class, use_cookies=True)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    zone, cycle = books.make.zone.slug, books.make.cycle.years
    client.place = IN_CYCLE.replace("<zone>", zone).replace("<cycle>", cycle)
    return client


@pytest.fixture
def client(app: Flask, books: Books) -> FlaskClient:
    """A visitor's browser."""
    return browser(app, books)


@pytest.fixture
def office(app: Flask, books: Books) -> FlaskClient:
    """The browser of the plan office."""
    return books.make.sign_in(browser(app, books), books.office)


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    """Fill in a form and send it, with the token of its page."""
    page = client.get(url).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    return client.post(url, data={"csrf_token": token[1], **fields})


def stored(books: Books) -> list[Intervention]:
    with books.make.session() as session:
        return interventions(session, books.programme.id)


def shares_of(books: Books, row: Intervention) -> list[Share]:
    with books.make.session() as session:
        return shares(session, [row.id])


def text_of(page: str) -> str:
    """What stands in a page, without its marks, with plain blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " "))


def test_empty_pages_say_what_is_missing(client: FlaskClient, books: Books, make: Factory) -> None:
    years = client.get(f"{make.here}/programma").text
    assert "Not open yet" in years
    assert "No programme is open yet" not in years
    page = client.get(f"{make.here}/programma/2018").text
    assert "No intervention is in this programme yet." in page
    assert (
        "No indicator has been entered yet."
        in client.get(f"{make.here}/programma/2018/indicatori").text
    )
    assert "No fund has been entered yet." in client.get(f"{make.here}/programma/fondi").text
    assert client.get(f"{make.here}/programma/2019").status_code == 404
    assert client.get("/interventi/999").status_code == 404


def test_a_cycle_without_programmes_says_what_comes_next(app: Flask, make: Factory) -> None:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert "No programme is open yet" in client.get(f"{make.here}/programma").text


def test_a_year_says_who_pays_for_what_for_whom_and_where(
    client: FlaskClient, books: Books, make: Factory
) -> None:
    fund, other = books.fund("FNPS"), books.fund("COM")
    first = books.intervention(body_ids=[books.payers[1].id])
    books.intervention((other, "20"), level=MacroLevel.INCLUSION, area=AreaOfUse.POVERTY)
    paid = [
        books.share(fund, "1000.50", activated_by_consultation=True),
        books.share(fund, "99.50", body_id=books.payers[1].id),
    ]
    books.run(share_cost, intervention_id=first.id, total=Decimal(1100), shares=paid)
    found = shares_of(books, first)
    books.run(record_spending, intervention_id=first.id, spent={found[0].id: Decimal("900.25")})
    page = client.get(f"{make.here}/programma/2018").text
    words = text_of(page)
    assert "Comune 1 2 1,020.50 € 900.25 € 1,000.50 €" in words  # who pays
    assert "Comune 2 1 99.50 € 0.00 € 0.00 €" in words
    assert "Local community services 1,100.00 € 900.25 € 1,000.50 €" in words  # for what
    assert "Poverty and social exclusion 20.00 € 0.00 €" in words  # for whom
    assert "Comune 2 1 1,100.00 €" in words  # where: it is involved in the first
    assert "The consultation has found 1,000.50 € of it" in words
    assert "Inclusion and income support 0.00 € 0.00 € 20.00 € 20.00 €" in words  # matrix
    assert "of 1,000.50 € it is known what was spent, which is 900.25 €" in words
    assert "The difference is −100.25 €." in words
    assert page.count('<svg viewBox="0 0 320') == 6
    assert page.count("The other items are at zero.") == 4
    years = text_of(client.get(f"{make.here}/programma").text)
    assert "Programme 2018 Draft 2 1,120.00 € 900.25 € 1,000.50 €" in years
    assert "2018-2020 2 1,120.00 €" in years
    assert "Local community services 1,100.00 € 0.00 € 0.00 € 1,100.00 €" in years


def test_a_chart_has_the_figures_of_its_table(
    client: FlaskClient, books: Books, make: Factory
) -> None:
    fund = books.fund()
    row = books.intervention()
    bodies = [books.body(f"Comune numero {n}") for n in range(60)]
    paid = [books.share(fund, f"{n + 1}", body_id=body.id) for n, body in enumerate(bodies)]
    books.run(share_cost, intervention_id=row.id, total=Decimal(1830), shares=paid)
    page = client.get(f"{make.here}/programma/2018").text
    chart = page[page.index('id="chi-paga"') : page.index('id="per-che-cosa"')]
    assert len(re.findall(r"<tr><th scope=\"row\">Comune numero", chart)) == 60
    drawn = re.findall(r'<text class="chart__amount"[^>]*>([^<]+)</text>', chart)
    amounts = [Decimal(amount.removesuffix("\u00a0€").replace(",", "")) for amount in drawn]
    assert len(amounts) == 12
    assert sum(amounts) == 1830
    assert "All others together" in chart


def test_one_amount_is_no_chart(client: FlaskClient, books: Books, make: Factory) -> None:
    books.intervention((books.fund(), "80"))
    page = client.get(f"{make.here}/programma/2018").text
    assert "80.00" in page
    assert "<svg viewBox" not in page[page.index('id="chi-paga"') :]


def test_funds_show_what_they_have_and_what_is_reserved(
    client: FlaskClient, books: Books, make: Factory
) -> None:
    fund = books.fund("FNPS")
    books.intervention((fund, "80"))
    values = {"purpose": "minori", "area": AreaOfUse.FAMILIES, "percent": Decimal(50)}
    books.run(set_earmark, fund_id=fund.id, source="Piano sociale nazionale", **values)
    amount = {"programme_id": books.programme.id, "amount": Decimal(100)}
    books.run(set_fund_amount, fund_id=fund.id, **amount)
    words = text_of(client.get(f"{make.here}/programma/2018").text)
    assert "Fondo FNPS 100.00 € 80.00 € 0.00 € 20.00 €" in words
    assert "50 % 80.00 € 0.00 € 50.00 €" in words
    assert "At least 50% for: minori" in client.get(f"{make.here}/programma/fondi").text


def rows_at_once(client: FlaskClient, row: Intervention) -> int:
    """How many rows of the form of costs show before more are asked for."""
    shown, _fold, more = client.get(f"/interventi/{row.id}/costi").text.partition("<details>")
    assert 'name="amount"' in more
    return shown.count('name="amount"')


def test_from_the_empty_form_to_the_shared_cost(office: FlaskClient, books: Books) -> None:
    fund = books.fund()
    sheet = {
        "kind": "training",
        "title": "Formazione degli operatori",
        "level": "access",
        "area": "families",
        "lead_body_id": books.payers[0].id,
        "body_ids": [books.payers[1].id, books.payers[2].id],
        "policies": ["work", "housing"],
        "objectives": "Un linguaggio comune.",
    }
    assert send(office, f"{books.make.here}/programma/2018/nuovo", **sheet).status_code == 302
    (row,) = stored(books)
    assert (row.title, row.policies) == (sheet["title"], ["housing", "work"])
    assert rows_at_once(office, row) == 1
    rows = {
        "total": "1.234,50",
        "body_id": [books.payers[0].id, books.payers[1].id, ""],
        "fund_id": [fund.id, fund.id, ""],
        "amount": ["1.000,50", "234", ""],
        "activated": ["1"],
    }
    assert send(office, f"/interventi/{row.id}/costi", **rows).status_code == 302
    found = [(s.amount, s.activated_by_consultation) for s in shares_of(books, row)]
    assert found == [(Decimal("1000.50"), False), (Decimal(234), True)]
    assert rows_at_once(office, row) == 3
    page = text_of(office.get(f"/interventi/{row.id}").text)
    assert "Training of the staff" in page
    assert "Total 1,234.50 €" in page


@pytest.mark.parametrize(
    ("total", "amount", "sentence"),
    [
        ("100", "99", "The shares come to 99.00\u00a0€, and the total is 100.00\u00a0€: share out"),
        ("100", "-100", "Row 1: Write an amount that is not negative."),
        ("100", "99.999", "Row 1: Write an amount such as 1234,50, with at most two decimals."),
        ("1.234", "1234", "Total cost in euro: Write an amount such as 1234,50"),
        ("", "1", "Total cost in euro: Please fill in this field."),
        ("0", "0", "Shares: Share 1: Write an amount of 0.01\u00a0€ at least."),
    ],
)
def test_a_wrong_share_is_refused_with_its_place_and_nothing_is_lost(
    office: FlaskClient, books: Books, total: str, amount: str, sentence: str
) -> None:
    fund, row = books.fund(), books.intervention()
    fields = {"total": total, "body_id": [books.payers[0].id], "fund_id": [fund.id]}
    answer = send(office, f"/interventi/{row.id}/costi", **fields, amount=[amount])
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{amount}"' in answer.text
    assert shares_of(books, row) == []


def test_a_row_with_an_amount_says_who_pays_it(office: FlaskClient, books: Books) -> None:
    fund, row = books.fund(), books.intervention()
    fields = {"total": "9", "body_id": [books.payers[0].id, ""], "fund_id": [fund.id, fund.id]}
    answer = send(office, f"/interventi/{row.id}/costi", **fields, amount=["", "9"])
    assert "Row 2: Choose who pays, and from which fund." in answer.text
    assert 'aria-describedby="wrong-1"' in answer.text


def test_an_approved_programme_asks_for_the_reason(office: FlaskClient, books: Books) -> None:
    fund, act = books.fund(), books.act()
    row = books.intervention((fund, "10"))
    assert (
        send(office, f"{books.make.here}/programma/2018/approva", act_id=act.id).status_code == 302
    )
    assert "Take it out" not in office.get(f"/interventi/{row.id}").text
    fields = {
        "total": "20",
        "body_id": [books.payers[0].id],
        "fund_id": [fund.id],
        "amount": ["20"],
    }
    url = f"/interventi/{row.id}/costi"
    assert "Reason of the correction" in send(office, url, **fields).text
    assert send(office, url, **fields, reason="Il costo è aumentato.").status_code == 302
    assert "Il costo è aumentato." in office.get(f"/interventi/{row.id}").text
    assert "Il costo è aumentato." in office.get(f"{books.make.here}/programma/2018").text


def test_nobody_approves_sums_that_they_have_not_read(office: FlaskClient, books: Books) -> None:
    act, page = books.act(), f"{books.make.here}/programma/2018"
    link = re.search(r'href="([^"]*/approva\?letto=\d+)"', office.get(page).text)
    assert link
    books.intervention((books.fund(), "10"))
    form = office.get(link[1]).text
    (seen,) = re.findall(r'name="seen" value="(\d+)"', form)
    answer = send(office, f"{page}/approva", act_id=act.id, seen=seen)
    assert answer.status_code == 422
    assert "was changed since you read it" in answer.text
    (now,) = re.findall(r'name="seen" value="(\d+)"', answer.text)
    books.intervention((books.fund(), "20"))
    forgot = send(office, f"{page}/approva", seen=now)
    assert f'name="seen" value="{now}"' in forgot.text
    answer = send(office, f"{page}/approva", act_id=act.id, seen=now)
    assert "was changed since you read it" in answer.text
    (now,) = re.findall(r'name="seen" value="(\d+)"', answer.text)
    assert send(office, f"{page}/approva", act_id=act.id, seen=now).status_code == 302


def test_who_approves_a_programme_sees_what_it_costs_and_who_pays(
    office: FlaskClient, books: Books
) -> None:
    address, fund = f"{books.make.here}/programma/2018/approva", books.fund()
    assert "No intervention is in this programme yet." in office.get(address).text
    first = books.intervention((fund, "1000.50"))
    books.intervention((fund, "20"))
    page = office.get(address).text
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.replace("\u00a0", " ")) == [
        ("Interventions", "2"),
        ("Planned", "1,020.50 €"),
        ("Found by the consultation", "0.00 €"),
    ]
    table = text_of(page)
    assert f"{books.payers[0].name} 2 1,020.50 €" in table
    assert first.title in table
    assert "1,000.50 €" in table


def test_spending_is_entered_share_by_share(office: FlaskClient, books: Books) -> None:
    row = books.intervention((books.fund(), "10"), (books.fund(), "20"))
    first, second = shares_of(books, row)
    url, ids = f"/interventi/{row.id}/consuntivo", [first.id, second.id]
    assert send(office, url, share_id=ids, spent=["9,99", ""]).status_code == 302
    assert [s.spent for s in shares_of(books, row)] == [Decimal("9.99"), None]
    refused = send(office, url, share_id=ids, spent=["1", "2,345"])
    assert (refused.status_code, "Comune 1: Write an amount such as" in refused.text) == (422, True)
    page = text_of(office.get(f"/interventi/{row.id}").text)
    assert "9.99 € −0.01 €" in page
    assert "not known yet" in page


def test_resources_and_indicators_come_and_go(office: FlaskClient, books: Books) -> None:
    row = books.intervention()
    place = f"/interventi/{row.id}"
    counted = {"resource_kind": "professional", "description": "Educatrici", "quantity": "2,5"}
    assert send(office, f"{place}/risorse/nuova", **counted, unit="persone").status_code == 302
    asked = {"name": "Famiglie seguite", "unit": "famiglie", "target": "40", "source": "Sportello"}
    url = f"{place}/indicatori/nuovo"
    assert send(office, url, **asked, responsible="Ufficio di piano").status_code == 302
    with books.make.session() as session:
        (resource,) = resources(session, row.id)
        (indicator,) = indicators(session, [row.id])
    measure = {"measured": "38", "on_day": "2018-12-31", "evidence": "Registro dello sportello."}
    url = f"{place}/indicatori/{indicator.id}/misura"
    assert send(office, url, **measure).status_code == 302
    page = text_of(office.get(place).text)
    assert "Educatrici : 2.5 persone" in page
    assert "Measured 38 famiglie" in page
    assert "38 famiglie" in text_of(office.get(f"{books.make.here}/programma/2018/indicatori").text)
    token = {"csrf_token": _token(office, place)}
    office.post(f"{place}/risorse/{resource.id}/elimina", data=token)
    office.post(f"{place}/indicatori/{indicator.id}/elimina", data=token)
    page = office.get(place).text
    assert "Educatrici" not in page
    assert "Famiglie seguite" not in page
    office.post(f"{place}/elimina", data=token)
    assert stored(books) == []


def test_funds_are_entered_reserved_and_set_free(office: FlaskClient, books: Books) -> None:
    send(office, f"{books.make.here}/programma/fondi/nuovo", code="FNPS", name="Fondo nazionale")
    page = office.get(f"{books.make.here}/programma/fondi").text
    number = int(re.findall(r'id="fondo-(\d+)"', page)[0])
    url = f"{books.make.here}/programma/fondi/{number}/vincolo"
    fields = {"purpose": "minori", "area": "families"}
    assert "Write a percentage of 100 at most." in send(office, url, **fields, percent="101").text
    assert send(office, url, **fields, percent="50").status_code == 302
    assert "At least 50% for: minori" in office.get(f"{books.make.here}/programma/fondi").text
    url = f"{books.make.here}/programma/2018/fondi/{number}"
    assert send(office, url, amount="150,25").status_code == 302
    assert 'value="150,25"' in office.get(url).text
    lift = re.findall(
        r"/programma/vincoli/\d+/togli", office.get(f"{books.make.here}/programma/fondi").text
    )[0]
    office.post(lift, data={"csrf_token": _token(office, f"{books.make.here}/programma/fondi")})
    assert (
        "It is reserved for nothing in particular."
        in office.get(f"{books.make.here}/programma/fondi").text
    )


def test_a_year_is_opened_by_the_plan_office(
    office: FlaskClient, client: FlaskClient, books: Books
) -> None:
    token = {"csrf_token": _token(office, f"{books.make.here}/programma")}
    opened = office.post(f"{books.make.here}/programma/2020/apri", data=token)
    assert opened.headers["Location"] == f"{books.make.here}/programma/2020"
    refused = office.post(f"{books.make.here}/programma/2050/apri", data=token)
    assert refused.headers["Location"] == f"{books.make.here}/programma"
    assert office.get(f"{books.make.here}/programma/2020").status_code == 200
    assert "Add an intervention" in office.get(f"{books.make.here}/programma/2020").text
    assert "Add an intervention" not in client.get(f"{books.make.here}/programma/2020").text
    assert client.get(f"{books.make.here}/programma/2020/nuovo").status_code in (302, 403)


def test_needs_lead_to_the_interventions_that_answer_them(
    client: FlaskClient, books: Books, make: Factory
) -> None:
    need = books.need("Nuove povertà")
    assert books.need("Solitudine")
    row = books.intervention(priority_ids=[need.id], title="Empori solidali")
    page = client.get(f"{make.here}/programma/2018").text
    assert page.count("No intervention answers it yet") == 1
    answer = page[page.index(f'id="bisogno-{need.id}"') :]
    assert f'href="/interventi/{row.id}">Empori solidali' in answer
    assert (
        f"{make.here}/programma/2018#bisogno-{need.id}" in client.get(f"/interventi/{row.id}").text
    )


def test_programs_read_the_programme(client: FlaskClient, books: Books) -> None:
    fund = books.fund("FNPS")
    row = books.intervention((fund, "80.10"))
    made: Indicator = books.run(
        add_indicator,
        intervention_id=row.id,
        name="Famiglie",
        unit="famiglie",
        target=Decimal(40),
        source="Sportello",
        responsible="Ufficio di piano",
    )
    values = {"measured": Decimal("38.5"), "on_day": date(2018, 12, 31), "evidence": "Registro."}
    books.run(measure_indicator, indicator_id=made.id, **values)
    (programme,) = _read(client, "programmes")
    assert (programme["year"], programme["planned"], programme["state"]) == (2018, "80.10", "draft")
    (listed,) = _read(client, "interventions?year=2018")["items"]
    assert listed == _read(client, f"interventions/{row.id}")
    assert (listed["total"], listed["area"]) == ("80.10", "families")
    (share,) = _read(client, "shares?year=2018")["items"]
    assert (share["fund"], share["amount"], share["spent"]) == ("FNPS", "80.10", None)
    (indicator,) = _read(client, "indicators?year=2018")["items"]
    assert (indicator["target"], indicator["measured"]) == ("40.00", "38.50")
    assert client.get("/api/v1/shares?year=2019").status_code == 404
    assert client.get("/api/v1/shares").status_code == 422


def _read(client: FlaskClient, path: str) -> Any:
    return json.loads(client.get(f"/api/v1/{path}").text)


def _token(client: FlaskClient, url: str) -> str:
    return re.findall(r'name="csrf_token" value="([^"]+)"', client.get(url).text)[0]
