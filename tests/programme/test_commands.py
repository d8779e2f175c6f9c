"""Commands on the programme: what they record, whom they let, what they refuse and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from consultazione.core import clock
from consultazione.core.actor import Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed, NotFound
from consultazione.core.events import Event, FreeText
from consultazione.documents.events import register_stream
from consultazione.documents.register import registration_of
from consultazione.italian import italian
from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.funds import (
    lift_earmark,
    register_fund,
    set_earmark,
    set_fund_amount,
)
from consultazione.programme.commands.interventions import (
    add_intervention,
    remove_intervention,
    revise_intervention,
)
from consultazione.programme.commands.programmes import (
    approve_programme,
    number_programme,
    open_programme,
)
from consultazione.programme.commands.results import (
    add_indicator,
    add_resource,
    measure_indicator,
    remove_indicator,
    remove_resource,
)
from consultazione.programme.events import (
    CostShared,
    IndicatorMeasured,
    ProgrammeApproved,
    ProgrammeCorrected,
    ProgrammeOpened,
    programme_stream,
)
from consultazione.programme.kinds import AreaOfUse, PolicyArea, ResourceKind
from consultazione.programme.models import Indicator
from consultazione.programme.paper.kind import PROGRAMME
from consultazione.programme.queries import corrections, get_intervention, interventions, shares
from tests.support.books import Books

WHY = "Il costo è aumentato."
INDICATOR = {
    "name": "Famiglie",
    "unit": "famiglie",
    "source": "Sportello",
    "responsible": "Ufficio",
}


def recorded(books: Books, command: Callable[..., Any], **values: Any) -> list[Event]:
    """The events of a command that the plan office gives, on the programme's stream.

    Beside them a document may get its number in the zone's register.
    """
    with books.make.database.transaction(books.office) as tx:
        command(tx, **values)
    stream, register = programme_stream(books.programme.id), register_stream(books.make.zone.id)
    assert {entry.stream for entry in tx.entries} - {register} == {stream}
    return [entry.event for entry in tx.entries if entry.stream == stream]


def refused(books: Books, command: Callable[..., Any], **values: Any) -> list[str]:
    """The fields at which the plan office's command is refused."""
    with pytest.raises(Invalid) as refusal:
        books.run(command, **values)
    return list(refusal.value.fields)


def test_a_programme_is_one_year_of_its_cycle(books: Books) -> None:
    cycle_id = books.make.cycle.id
    with books.make.database.transaction(books.office) as tx:
        programme = open_programme(tx, cycle_id=cycle_id, year=2020)
    assert [entry.event for entry in tx.entries] == [
        ProgrammeOpened(programme_id=programme.id, cycle_id=cycle_id, year=2020)
    ]
    assert refused(books, open_programme, cycle_id=cycle_id, year=2021) == ["year"]
    with pytest.raises(Conflict):
        books.open(2020)
    with pytest.raises(NotFound):
        books.run(open_programme, cycle_id=0, year=2020)


def test_only_an_act_of_the_cycle_approves_and_only_once(books: Books) -> None:
    values = {"programme_id": books.programme.id, "act_id": books.act().id}
    assert refused(books, approve_programme, **{**values, "act_id": 0}) == ["act_id"]
    assert recorded(books, approve_programme, **values) == [ProgrammeApproved(**values)]
    with pytest.raises(Conflict):
        books.run(approve_programme, **values)


def test_a_corrected_programme_is_numbered_anew_when_the_office_says_so(books: Books) -> None:
    values = {"programme_id": books.programme.id}
    fund = books.fund("FNPS")
    made = books.intervention((fund, "10.00"))
    with pytest.raises(Conflict, match="not approved yet"):
        books.run(number_programme, **values)
    books.approve()
    first = books.run(number_programme, **values)
    assert (first.version, first.number) == (1, 1)  # nothing has changed
    books.pay(made, (fund, "20.00"), reason="Il costo era scritto male.")
    with italian():
        second = books.run(number_programme, **values)
    assert (second.version, second.number) == (2, 2)
    assert "20,00" in str(second.content)
    assert "Il costo era scritto male." in str(second.content)
    with books.make.session() as session:
        latest = registration_of(session, PROGRAMME, books.programme.id)
    assert latest is not None
    assert latest.id == second.id


def test_a_cost_and_its_shares_stand_in_one_entry(books: Books) -> None:
    fund, row = books.fund(), books.intervention()
    given = [
        books.share(fund, "10.50"),
        books.share(fund, "0.01", body_id=books.payers[1].id, activated_by_consultation=True),
    ]
    values = {"intervention_id": row.id, "total": Decimal("10.51"), "shares": given}
    assert recorded(books, share_cost, **values) == [
        CostShared(
            intervention_id=row.id,
            cents=1051,
            body_ids=[books.payers[0].id, books.payers[1].id],
            fund_ids=[fund.id, fund.id],
            share_cents=[1050, 1],
            activated=[2],
        )
    ]


@pytest.mark.parametrize(
    ("total", "amounts", "field"),
    [
        ("10", ["9.99"], "total"),
        ("10", ["10.01"], "total"),
        ("10", [], "total"),
        ("-10", ["-10"], "total"),
        ("10.001", ["10.001"], "total"),
        ("1000000000000", ["1000000000000"], "total"),
        ("1e30", ["1e30"], "total"),
        ("NaN", ["10"], "total"),
        ("0", ["10", "-10"], "shares"),
        ("10", ["9.999", "0.001"], "shares"),
        ("10", ["10", "0"], "shares"),
        ("10", ["5", "5"], "shares"),
    ],
)
def test_shares_that_are_wrong_change_nothing(
    books: Books, total: str, amounts: list[str], field: str
) -> None:
    fund = books.fund()
    row = books.intervention((fund, "7"))
    values = {"total": Decimal(total), "shares": [books.share(fund, one) for one in amounts]}
    assert refused(books, share_cost, intervention_id=row.id, **values) == [field]
    with books.make.session() as session:
        assert [share.amount for share in shares(session, [row.id])] == [Decimal(7)]
        assert get_intervention(session, row.id).total == Decimal(7)


def test_what_is_of_another_zone_is_refused_at_its_field(books: Books) -> None:
    row, other = books.intervention(), books.elsewhere()
    fund = books.fund()
    share = books.share(fund, "1", body_id=other.body_id)
    values = {"intervention_id": row.id, "total": Decimal(1)}
    assert refused(books, share_cost, **values, shares=[share]) == ["shares"]
    share = books.share(fund, "1", fund_id=other.fund_id)
    assert refused(books, share_cost, **values, shares=[share]) == ["shares"]
    for field, value in {
        "lead_body_id": other.body_id,
        "body_ids": [other.body_id],
        "priority_ids": [other.priority_id],
        "table_id": other.table_id,
        "continues_id": row.id,
    }.items():
        sheet = books.sheet(**{field: value})
        new = {"programme_id": books.programme.id, "sheet": sheet}
        assert refused(books, add_intervention, **new) == [field]
        assert refused(books, revise_intervention, intervention_id=row.id, sheet=sheet) == [field]
    amount = {"programme_id": books.programme.id, "fund_id": other.fund_id, "amount": Decimal(1)}
    assert refused(books, set_fund_amount, **amount) == ["fund_id"]


def test_money_that_is_earmarked_stays_with_its_purpose(books: Books) -> None:
    fund, other = books.fund("FNPS"), books.fund("COM")
    families = books.intervention((fund, "50"))
    poverty = books.intervention((fund, "50"), area=AreaOfUse.POVERTY)
    values = {"fund_id": fund.id, "purpose": "minori", "area": AreaOfUse.FAMILIES}
    assert refused(books, set_earmark, **values, percent=Decimal("50.01")) == ["percent"]
    mark = books.run(set_earmark, **values, percent=Decimal(50))
    sheet = books.sheet(area=AreaOfUse.DISABILITY)
    assert refused(books, revise_intervention, intervention_id=families.id, sheet=sheet) == ["area"]
    with pytest.raises(Invalid, match="At least 50% of Fondo FNPS must go to “minori”"):
        books.run(remove_intervention, intervention_id=families.id)
    with pytest.raises(Invalid, match=r"at most 50\.00\u00a0€ may"):
        books.pay(poverty, (fund, "50.01"), (other, "1"))
    books.pay(poverty, (fund, "49"), (other, "1"))
    books.run(lift_earmark, earmark_id=mark.id)
    books.pay(poverty, (fund, "51"))


@pytest.mark.parametrize("percent", ["0", "-1", "100.01", "33.333", "1e30", "NaN"])
def test_a_percentage_is_above_nothing_and_up_to_all(books: Books, percent: str) -> None:
    values = {"fund_id": books.fund().id, "purpose": "minori", "percent": Decimal(percent)}
    assert refused(books, set_earmark, **values, area=AreaOfUse.FAMILIES) == ["percent"]


def test_an_earmark_says_what_serves_its_purpose(books: Books) -> None:
    values = {"fund_id": books.fund().id, "purpose": "minori", "percent": Decimal(50)}
    assert refused(books, set_earmark, **values) == ["area"]
    books.run(set_earmark, **values, policy=PolicyArea.WORK)


def test_a_fund_gives_no_more_than_it_has(books: Books) -> None:
    fund = books.fund()
    row = books.intervention((fund, "50"))
    values = {"programme_id": books.programme.id, "fund_id": fund.id}
    assert refused(books, set_fund_amount, **values, amount=Decimal("49.99")) == ["amount"]
    books.run(set_fund_amount, **values, amount=Decimal(60))
    with pytest.raises(Invalid, match=r"take 0\.01\u00a0€ from another fund"):
        books.pay(row, (fund, "60.01"))
    books.pay(row, (fund, "60"))
    books.run(set_fund_amount, **values, amount=None)
    books.pay(row, (fund, "60.01"))


def test_a_code_of_a_fund_is_taken_once(books: Books) -> None:
    books.fund("FNPS")
    with pytest.raises(Conflict):
        books.fund("FNPS")
    with pytest.raises(NotFound):
        books.run(register_fund, zone_id=0, code="FNPS", name="Fondo")


def test_an_approved_programme_changes_by_corrections_with_reasons(books: Books) -> None:
    fund = books.fund()
    row = books.intervention((fund, "10"))
    books.approve()
    cost = {"intervention_id": row.id, "total": Decimal(11), "shares": [books.share(fund, "11")]}
    sheet = {"intervention_id": row.id, "sheet": books.sheet()}
    new = {"programme_id": books.programme.id, "sheet": books.sheet()}
    amount = {"programme_id": books.programme.id, "fund_id": fund.id, "amount": Decimal(99)}
    counted = {"intervention_id": row.id, "resource_kind": ResourceKind.STRUCTURAL}
    counted |= {"description": "Sale", "quantity": Decimal(2), "unit": "sale"}
    indicator = {"intervention_id": row.id, **INDICATOR, "target": Decimal(40)}
    changes: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (share_cost, cost),
        (revise_intervention, sheet),
        (add_intervention, new),
        (set_fund_amount, amount),
        (add_resource, counted),
        (add_indicator, indicator),
    ]
    for command, values in changes:
        assert refused(books, command, **values) == ["reason"]
        assert refused(books, command, **values, reason="  ") == ["reason"]
        corrected, done = recorded(books, command, **values, reason=WHY)
        assert isinstance(corrected, ProgrammeCorrected)
        assert corrected.reason == FreeText(WHY)
        assert not isinstance(done, ProgrammeCorrected)
    with books.make.session() as session:
        assert len(corrections(session, books.programme.id)) == len(changes)
        assert len(corrections(session, books.programme.id, row.id)) == 4
    with pytest.raises(Conflict):
        books.run(remove_intervention, intervention_id=row.id)


def test_a_draft_changes_without_reasons_and_lets_go(books: Books) -> None:
    earlier = books.intervention()
    later = books.intervention(programme=books.open(2019), continues_id=earlier.id)
    resource = books.run(
        add_resource,
        intervention_id=earlier.id,
        resource_kind=ResourceKind.PROFESSIONAL,
        description="Educatrici",
        quantity=Decimal(2),
        unit="persone",
    )
    made = books.run(add_indicator, intervention_id=earlier.id, **INDICATOR, target=Decimal(40))
    assert books.run(remove_resource, resource_id=resource.id) == earlier.id
    assert books.run(remove_indicator, indicator_id=made.id) == earlier.id
    books.pay(earlier, (books.fund(), "5"))
    books.run(remove_intervention, intervention_id=earlier.id)
    with books.make.session() as session:
        assert interventions(session, books.programme.id) == []
        assert get_intervention(session, later.id).continues_id is None
        assert corrections(session, books.programme.id) == []


def test_money_is_no_resource_to_be_counted(books: Books) -> None:
    values = {"intervention_id": books.intervention().id, "description": "Euro", "unit": "euro"}
    given = {"resource_kind": ResourceKind.FINANCIAL, "quantity": Decimal(1)}
    assert refused(books, add_resource, **values, **given) == ["resource_kind"]
    given = {"resource_kind": ResourceKind.STRUCTURAL, "quantity": Decimal("-1")}
    assert refused(books, add_resource, **values, **given) == ["quantity"]


def test_spending_belongs_to_the_shares_and_survives_their_change(books: Books) -> None:
    fund, other = books.fund("A"), books.fund("B")
    row = books.intervention((fund, "10"), (other, "5"))
    with books.make.session() as session:
        first, second = shares(session, [row.id])
    books.approve()
    values = {"intervention_id": row.id}
    assert refused(books, record_spending, **values, spent={first.id: Decimal("-1")}) == ["spent"]
    assert refused(books, record_spending, **values, spent={0: Decimal(1)}) == ["spent"]
    spent = {first.id: Decimal("9.99"), second.id: Decimal(0)}
    books.run(record_spending, **values, spent=spent)
    books.pay(row, (fund, "11"), reason=WHY)
    with books.make.session() as session:
        assert [share.spent for share in shares(session, [row.id])] == [Decimal("9.99")]


def test_a_measure_has_its_day_and_its_evidence(books: Books) -> None:
    row = books.intervention()
    made: Indicator = books.run(
        add_indicator, intervention_id=row.id, **INDICATOR, target=Decimal(40)
    )
    books.approve()
    on_day, words = date(2018, 12, 31), "Registro dello sportello."
    values = {"indicator_id": made.id, "measured": Decimal("38.5"), "evidence": words}
    assert recorded(books, measure_indicator, **values, on_day=on_day) == [
        IndicatorMeasured(
            indicator_id=made.id,
            intervention_id=row.id,
            hundredths=3850,
            on_day=on_day,
            evidence=FreeText(words),
        )
    ]
    tomorrow = clock.today() + timedelta(days=1)
    assert refused(books, measure_indicator, **values, on_day=tomorrow) == ["on_day"]
    values["evidence"] = " "
    assert refused(books, measure_indicator, **values, on_day=on_day) == ["evidence"]


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR, Role.UNION_DELEGATE])
def test_only_the_plan_office_keeps_the_money(books: Books, role: Role) -> None:
    other = books.make.holder(role) if role is not Role.UNION_DELEGATE else books.make.citizen()
    row = books.intervention()
    for command, values in (
        (open_programme, {"cycle_id": books.make.cycle.id, "year": 2019}),
        (register_fund, {"zone_id": books.make.zone.id, "code": "X", "name": "X"}),
        (share_cost, {"intervention_id": row.id, "total": Decimal(0), "shares": []}),
        (remove_intervention, {"intervention_id": row.id}),
    ):
        with pytest.raises(NotAllowed):
            books.run(command, actor=other, **values)


def test_what_is_not_there_is_not_found(books: Books) -> None:
    for command, values in (
        (approve_programme, {"programme_id": 0, "act_id": 0}),
        (add_intervention, {"programme_id": 0, "sheet": books.sheet()}),
        (share_cost, {"intervention_id": 0, "total": Decimal(0), "shares": []}),
        (set_earmark, {"fund_id": 0, "purpose": "x", "percent": Decimal(1)}),
        (lift_earmark, {"earmark_id": 0}),
        (remove_resource, {"resource_id": 0}),
        (remove_indicator, {"indicator_id": 0}),
    ):
        with pytest.raises(NotFound):
            books.run(command, **values)
