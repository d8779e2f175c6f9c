"""Importing a programme: what the preview says is done, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from consultazione.core import log
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.exchange.commands.importing import import_programme
from consultazione.exchange.planning.plan import Change
from consultazione.exchange.reading.faults import FaultKind
from consultazione.programme.commands.costs import record_spending, share_cost
from consultazione.programme.commands.funds import set_earmark, set_fund_amount
from consultazione.programme.events import CostShared, programme_stream
from consultazione.programme.kinds import AreaOfUse
from consultazione.programme.models import Correction, Intervention, Share
from tests.support.books import Books
from tests.support.imports import HEADINGS, line, plan_of, reading_of, take_in
from tests.support.statements import statements


def state(books: Books) -> dict[str, tuple[Decimal, list[Decimal]]]:
    """The total and the shares of each intervention, by title."""
    with books.make.session() as session:
        rows = list(session.scalars(select(Intervention)))
        shares = list(session.scalars(select(Share).order_by(Share.amount)))
    return {
        row.title: (row.total, [s.amount for s in shares if s.intervention_id == row.id])
        for row in rows
    }


def kinds(books: Books) -> list[str]:
    with books.make.session() as session:
        entries = log.read_stream(session, programme_stream(books.programme.id))
    return [entry.event.kind for entry in entries]


def test_new_changed_and_unchanged_are_told_apart(books: Books) -> None:
    fund = books.fund("FNPS")
    same = books.intervention((fund, "5"), title="Uguale")
    books.intervention((fund, "7"), title="Altro")
    books.intervention((fund, "1"), title="Fuori dal file")
    rows = [
        ("Uguale", "Comune 1", "FNPS", "5,00"),
        ("ALTRO", "Comune 1", "FNPS", "8,00"),
        ("Altro", "Comune 2", "fondo fnps", "2,50"),
    ]
    reading = reading_of(rows, ("Intervento", "Ente", "Fondo", "Importo"))
    plan = plan_of(books, reading)
    assert [item.change for item in plan.items] == [Change.UNCHANGED, Change.CHANGED]
    assert plan.untouched == 1
    assert [(b.name, b.before, b.after) for b in plan.by_fund] == [("FNPS", 13, Decimal("16.5"))]
    assert [(b.name, b.difference) for b in plan.by_body] == [
        ("Comune 1", 1),
        ("Comune 2", Decimal("2.5")),
    ]
    before = kinds(books)
    take_in(books, reading)
    assert kinds(books)[len(before) :] == [
        "programme.imported",
        "intervention.revised",
        "cost.shared",
    ]
    assert state(books)["ALTRO"] == (Decimal("10.5"), [Decimal("2.5"), Decimal(8)])
    assert state(books)[same.title] == (Decimal(5), [Decimal(5)])


def test_new_interventions_come_with_their_shares(books: Books) -> None:
    books.fund("FNPS")
    reading = reading_of(
        [line("Sportello", "Comune 1", "FNPS", "10"), line("Sportello", "Comune 2", "FNPS", "5")]
    )
    assert plan_of(books, reading).counts[Change.NEW] == 1
    take_in(books, reading)
    assert state(books) == {"Sportello": (Decimal(15), [Decimal(5), Decimal(10)])}
    assert kinds(books)[-3:] == ["programme.imported", "intervention.added", "cost.shared"]
    assert plan_of(books, reading).counts[Change.UNCHANGED] == 1


def test_the_entry_on_a_cost_is_the_one_that_the_command_leaves(books: Books) -> None:
    """`activated` has the places of the shares that the consultation found."""
    fund = books.fund("FNPS")
    headings = (*HEADINGS, "Attivata dalla consultazione")
    rows = [
        (*line("Sportello", "Comune 1", "FNPS", "5"), "no"),
        (*line("Sportello", "Comune 1", "FNPS", "10"), "sì"),
    ]
    take_in(books, reading_of(rows, headings))
    by_hand = books.intervention()
    books.run(
        share_cost,
        intervention_id=by_hand.id,
        total=Decimal(15),
        shares=[
            books.share(fund, "5"),
            books.share(fund, "10", activated_by_consultation=True),
        ],
    )
    with books.make.session() as session:
        entries = log.read_stream(session, programme_stream(books.programme.id))
    said = [e.event for e in entries if isinstance(e.event, CostShared) and e.event.cents]
    assert [repr(event.activated) for event in said] == ["[2]", "[2]"]
    assert replace(said[0], intervention_id=by_hand.id) == said[1]


def test_what_would_not_change_leaves_no_trace(books: Books) -> None:
    books.fund("FNPS")
    reading = reading_of([line("Sportello", "Comune 1", "FNPS", "10")])
    take_in(books, reading)
    before = kinds(books)
    take_in(books, reading)
    assert kinds(books) == before


REFUSED = {
    "an unknown body": (line("A", "Comune 9", "FNPS", "1"), FaultKind.UNKNOWN_NAME),
    "an unknown fund": (line("A", "Comune 1", "FRNA", "1"), FaultKind.UNKNOWN_NAME),
    "new without its area": (
        ("A", "Accesso", "", "Comune 1", "Comune 1", "FNPS", "1"),
        FaultKind.NEEDED_WHEN_NEW,
    ),
    "a fault of the file": (line("A", "Comune 1", "FNPS", "-1"), FaultKind.NEGATIVE),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_line_refuses_the_whole(books: Books, what: str) -> None:
    wrong, kind = REFUSED[what]
    books.fund("FNPS")
    reading = reading_of([line("Buono", "Comune 1", "FNPS", "1"), wrong])
    plan = plan_of(books, reading)
    assert [(fault.kind, fault.row) for fault in plan.faults] == [(kind, 3)]
    assert plan.faults[0].column in {"C", "E", "F", "G"}
    assert [item.change for item in plan.items] == [Change.NEW, Change.REFUSED]
    with pytest.raises(Invalid, match="nothing is imported"):
        take_in(books, reading)
    assert state(books) == {}


def test_numbers_and_titles_have_to_name_one_intervention(books: Books) -> None:
    fund = books.fund("FNPS")
    first = books.intervention((fund, "1"), title="Doppio")
    books.intervention((fund, "1"), title="Doppio")
    headings = ("Numero", "Intervento", "Ente", "Fondo", "Importo")
    rows = [
        ("", "Doppio", "Comune 1", "FNPS", "2"),
        (str(first.id + 999), "Nessuno", "Comune 1", "FNPS", "2"),
        (str(first.id), "Rinominato", "Comune 1", "FNPS", "2"),
    ]
    plan = plan_of(books, reading_of(rows, headings))
    assert [fault.kind for fault in plan.faults] == [
        FaultKind.TITLE_OF_SEVERAL,
        FaultKind.NO_SUCH_NUMBER,
    ]
    assert plan.items[2].change is Change.CHANGED


def test_a_programme_that_changed_meanwhile_is_told(books: Books) -> None:
    fund = books.fund("FNPS")
    reading = reading_of([line("Sportello", "Comune 1", "FNPS", "10")])
    seen = plan_of(books, reading).seen
    books.intervention((fund, "1"), title="Nel frattempo")
    with pytest.raises(Conflict, match="look at it anew"):
        take_in(books, reading, seen=seen)
    assert set(state(books)) == {"Nel frattempo"}


def test_of_two_files_looked_at_together_the_second_is_told(books: Books) -> None:
    books.fund("FNPS")
    first = reading_of([line("Primo", "Comune 1", "FNPS", "10")])
    second = reading_of([line("Secondo", "Comune 1", "FNPS", "10")])
    seen = plan_of(books, second).seen
    take_in(books, first, seen=seen)
    with pytest.raises(Conflict):
        take_in(books, second, seen=seen)
    assert set(state(books)) == {"Primo"}


def test_funds_and_earmarks_are_kept(books: Books) -> None:
    fund = books.fund("FNPS")
    books.run(
        set_fund_amount, programme_id=books.programme.id, fund_id=fund.id, amount=Decimal(100)
    )
    books.run(
        set_earmark,
        fund_id=fund.id,
        purpose="minori",
        area=AreaOfUse.FAMILIES,
        percent=Decimal(50),
        source="prova",
    )
    headings = HEADINGS
    poor = ("Povertà", "Accesso", "Povertà", "Comune 1", "Comune 1", "FNPS", "51")
    assert len(plan_of(books, reading_of([poor], headings)).misspent) == 1
    much = line("Molto", "Comune 1", "FNPS", "101")
    assert len(plan_of(books, reading_of([much])).misspent) == 1
    for rows in ([poor], [much]):
        with pytest.raises(Invalid, match="nothing is imported"):
            take_in(books, reading_of(rows))
    take_in(books, reading_of([(*poor[:-1], "50"), (*much[:-1], "50")]))
    assert state(books)["Povertà"] == (Decimal(50), [Decimal(50)])


def test_an_approved_programme_changes_with_a_reason(books: Books) -> None:
    fund = books.fund("FNPS")
    books.intervention((fund, "5"), title="Sportello")
    books.approve()
    headings = ("Intervento", "Ente", "Fondo", "Importo")
    reading = reading_of([("Sportello", "Comune 1", "FNPS", "6")], headings)
    assert plan_of(books, reading).needs_reason
    with pytest.raises(Invalid) as refusal:
        take_in(books, reading)
    assert "reason" in refusal.value.fields
    take_in(books, reading, reason="Nuovo riparto dell’anno")
    with books.make.session() as session:
        assert session.scalars(select(Correction.reason)).all() == ["Nuovo riparto dell’anno"]


def test_what_was_spent_needs_no_reason_and_keeps_the_share(books: Books) -> None:
    fund = books.fund("FNPS")
    made = books.intervention((fund, "5"), title="Sportello")
    books.approve()
    headings = ("Intervento", "Ente", "Fondo", "Importo", "Consuntivo")
    reading = reading_of([("Sportello", "Comune 1", "FNPS", "5", "4,50")], headings)
    assert not plan_of(books, reading).needs_reason
    take_in(books, reading)
    with books.make.session() as session:
        (share,) = session.scalars(select(Share).where(Share.intervention_id == made.id))
    assert (share.amount, share.spent) == (Decimal(5), Decimal("4.5"))
    assert kinds(books)[-1] == "spending.recorded"


def test_spending_stays_where_the_file_does_not_speak_of_it(books: Books) -> None:
    fund = books.fund("FNPS")
    made = books.intervention((fund, "5"), title="Sportello")
    with books.make.session() as session:
        (share,) = session.scalars(select(Share).where(Share.intervention_id == made.id))
    books.run(record_spending, intervention_id=made.id, spent={share.id: Decimal(3)})
    headings = ("Intervento", "Ente", "Fondo", "Importo")
    take_in(books, reading_of([("Sportello", "Comune 1", "FNPS", "6")], headings))
    with books.make.session() as session:
        (share,) = session.scalars(select(Share).where(Share.intervention_id == made.id))
    assert (share.amount, share.spent) == (Decimal(6), Decimal(3))


def test_only_the_plan_office_imports(books: Books) -> None:
    reading = reading_of([line("Sportello", "Comune 1", "FNPS", "10")])
    with pytest.raises(NotAllowed):
        books.run(
            import_programme,
            actor=books.make.citizen(),
            programme_id=books.programme.id,
            reading=reading,
            sha256="x",
            seen=0,
        )


def test_an_import_takes_as_many_statements_however_long_the_file(
    books: Books, connection: Connection
) -> None:
    books.fund("FNPS")
    sent = []
    for titles in (["Uno"], ["Due", "Tre", "Quattro"]):
        reading = reading_of([line(title, "Comune 1", "FNPS", "5,00") for title in titles])
        seen = plan_of(books, reading).seen
        with statements(connection) as found:
            take_in(books, reading, seen=seen)
        sent.append(len(found))
    assert sent[1] <= sent[0]
