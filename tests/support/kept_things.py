"""What a zone keeps beside its consultation: books, sums to share, past cycles, settings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from consultazione.core.actor import SYSTEM
from consultazione.core.incoming.uploads import store
from consultazione.memory.commands.archive import ReadFile, record_archive_document
from consultazione.memory.commands.assessing import assess_promise, comment_on_assessment
from consultazione.memory.commands.linking import link_priority
from consultazione.memory.commands.past import add_past_cycle, record_past_priority
from consultazione.memory.models import DocumentKind, Fulfilment, LinkKind
from consultazione.people.commands.installers import appoint_installer
from consultazione.programme.commands.funds import set_earmark
from consultazione.programme.commands.results import add_indicator, add_resource
from consultazione.programme.kinds import AreaOfUse, ResourceKind
from consultazione.setup.commands.drafts import begin_draft
from consultazione.setup.steps import STEPS
from consultazione.sharing.commands.figures import record_figures
from consultazione.sharing.commands.scenarios import store_scenario
from consultazione.sharing.whatif import Change
from consultazione.zones.models import Body
from consultazione.zones.queries import priorities
from tests.support.books import Books
from tests.support.factories import Factory
from tests.support.sharing_story import YEAR, Sharing


def kept_in_books(make: Factory) -> dict[str, Any]:
    """A programme with an intervention, and what is shared among municipalities."""
    books = Books(make)
    need, fund, intervention = books.need("Una casa"), books.fund(), books.intervention()
    at, source = {"intervention_id": intervention.id}, "Relazione"
    resource = books.run(
        add_resource, **at, resource_kind=ResourceKind.PROFESSIONAL, description="Educatori",
        quantity=Decimal(2), unit="persone",
    )  # fmt: skip
    indicator = books.run(
        add_indicator, **at, name="Accessi", unit="persone", target=Decimal(9), source=source,
        responsible="Ufficio di piano",
    )  # fmt: skip
    earmark = books.run(
        set_earmark, fund_id=fund.id, purpose="Minori", percent=Decimal(50), area=AreaOfUse.FAMILIES
    )
    return {
        "programme_id": books.programme.id,
        "year": YEAR,
        "fund_id": fund.id,
        "earmark_id": earmark.id,
        **at,
        "resource_id": resource.id,
        "indicator_id": indicator.id,
        "need_id": need.id,
        "priority_id": need.id,
        "body_id": books.payers[0].id,
        **_shared(make, books.payers),
    }


def _shared(make: Factory, payers: list[Body]) -> dict[str, Any]:
    sharing = Sharing(make)
    figures = {"year": YEAR, "source": "Istat", "population": 9, "users": 1}
    for payer in payers:
        sharing.do(record_figures, body_id=payer.id, **figures)
    item, budget = sharing.item(), sharing.opened()
    scenario = sharing.do(
        store_scenario, cycle_id=sharing.cycle_id, year=YEAR, name="Un po’ di più",
        change=Change(amounts={item.id: Decimal(1200)}),
    )  # fmt: skip
    return {
        "criterion_id": sharing.by_use,
        "item_id": item.id,
        "scenario_id": scenario.id,
        "budget_id": budget.id,
        "budget_item_id": budget.items[0].id,
        "remove_budget_item.item_id": budget.items[0].id,
        "take_up_budget_item.item_id": budget.items[0].id,
    }


def remembered(make: Factory, directory: Path, outcome_item_id: int) -> dict[str, Any]:
    """A past cycle with a document and an assessed priority."""
    delegate = make.delegate()
    now = make.cycle
    with make.session() as session:
        today = priorities(session, now.id)[0]
    with make.database.transaction(SYSTEM) as tx:
        past = add_past_cycle(tx, zone_id=make.zone.id, first_year=2012, last_year=2014)
        priority = record_past_priority(tx, cycle_id=past.id, title="Casa", source="Piano 2012")
        document = record_archive_document(
            tx, zone_id=make.zone.id, first_year=2012, last_year=2014, title="Piano 2012/14",
            kind=DocumentKind.PLAN, body="Comune", source="albo",
            file=ReadFile(store(directory, "piano.txt", b"Un piano."), ("Un piano.",)),
        )  # fmt: skip
        link = link_priority(
            tx, cycle_id=now.id, earlier_cycle_id=past.id, kind=LinkKind.CONTINUED,
            earlier_id=priority.id, priority_id=today.id,
        )  # fmt: skip
        judged = {"fulfilment": Fulfilment.PARTLY, "evidence": "Tre su cinque.", "source": "Albo"}
        assessment = assess_promise(tx, priority_id=priority.id, **judged)
    with make.database.transaction(delegate) as tx:
        comment = comment_on_assessment(tx, assessment_id=assessment.id, body="Pochi.")
    return {
        "years": past.years,
        "archive_document_id": document.id,
        "priority_link_id": link.id,
        "assessment_id": assessment.id,
        "assessment_comment_id": comment.id,
        "hide_assessment_comment.comment_id": comment.id,
        "earlier_cycle_id": past.id,
        "assess_promise.item_id": outcome_item_id,
        "assess_promise.priority_id": None,
    }


def set_up_later(make: Factory) -> dict[str, Any]:
    """A zone that somebody has begun to set up."""
    person = make.person()
    with make.database.transaction(SYSTEM) as tx:
        appoint_installer(tx, email=person.email or "")
    with make.database.transaction(make.actor(person)) as tx:
        draft = begin_draft(tx)
    return {"draft_id": draft.id, "word": STEPS[0].word, "way": "su"}
