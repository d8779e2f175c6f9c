"""One of everything in a zone, by the names that commands and addresses have for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Role
from consultazione.minutes.commands.editing import add_conclusion
from consultazione.outcomes.models import OutcomeItem
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.password_links import make_password_link
from consultazione.people.models import Category, PasswordLink, RoleGrant
from consultazione.plan.answers import answer_contribution
from consultazione.plan.blocks.models import Block
from consultazione.plan.models import Contribution, ContributionState
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.commands.questions import ask_question
from consultazione.sittings.record.commands.commitments import make_commitment
from consultazione.sittings.record.commands.notes import add_phrase, write_running_note
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.zones.commands.path import open_phase, record_act
from consultazione.zones.commands.territories import join_territory, set_up_territory
from consultazione.zones.models import ActKind, TerritoryKind
from consultazione.zones.queries import chapters, phases
from tests.support.factories import Factory


def one_of_everything(make: Factory, directory: Path) -> dict[str, Any]:
    """A zone full of objects: the name of a parameter, and what it can be in that zone."""
    plan = _plan(make)  # before there is a union, whose answer an outcome would wait for
    table = make.table()
    return {
        **plan,
        "territory_id": _territory(make),
        "zone": make.zone.slug,
        "zone_id": make.zone.id,
        "cycle": make.cycle.years,
        "cycle_id": make.cycle.id,
        "number": 1,
        "slug": table.slug,
        "table_id": table.id,
        **_path(make),
        **_people(make),
        **_papers(make, directory),
        **_room(make, make.sitting(table)),
    }


def _territory(make: Factory) -> int:
    with make.database.transaction(SYSTEM) as tx:
        territory = set_up_territory(
            tx, slug=f"provincia-di-{make.zone.slug}", name="Provincia di prova",
            kind=TerritoryKind.PROVINCE, region="Emilia-Romagna", lead_body="Provincia di prova",
        )  # fmt: skip
        join_territory(tx, zone_id=make.zone.id, territory_id=territory.id)
    return territory.id


def _path(make: Factory) -> dict[str, Any]:
    with make.session() as session:
        phase = phases(session, make.cycle.id)[0]
        chapter = chapters(session, make.cycle.id)[0]
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase.id, starts_on=date(2018, 2, 5))
        act = record_act(
            tx, cycle_id=make.cycle.id, kind=ActKind.CONVOCATION, title="Avviso",
            on_day=date(2018, 2, 1), body="Comune", source="albo",
        )  # fmt: skip
    return {"phase_id": phase.id, "act_id": act.id, "chapter_id": chapter.id}


def _people(make: Factory) -> dict[str, Any]:
    organisation, person = make.organisation(Category.UNION), make.person()
    holder = make.holder(Role.FACILITATOR)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        mandate = give_mandate(
            tx, organisation_id=organisation.id, email=person.email or "", act="atto 1",
            starts_on=clock.today(), ends_on=None,
        )  # fmt: skip
        make_password_link(tx, zone_id=make.zone.id, person_id=holder.person_id or 0)
    with make.session() as session:
        grant_id = session.scalar(select(func.max(RoleGrant.id)))
        link_id = session.scalar(select(func.max(PasswordLink.id)))
    return {
        "organisation_id": organisation.id,
        "person_id": holder.person_id,
        "mandate_id": mandate.id,
        "grant_id": grant_id,
        "link_id": link_id,
    }


def _papers(make: Factory, directory: Path) -> dict[str, Any]:
    table = make.table()
    proposal = make.proposal(table)
    return {
        "proposal_id": proposal.id,
        "comment_id": make.comment(proposal).id,
        "material_id": make.material(table, directory).id,
        "file_name": "sintesi.txt",
    }


def _room(make: Factory, sitting: Sitting) -> dict[str, Any]:
    chair, anna = make.presided(sitting), make.present(sitting)
    at: dict[str, Any] = {"sitting_id": sitting.id}

    def run(who: Any, command: Callable[..., Any], **fields: Any) -> Any:
        with make.database.transaction(who) as tx:
            return command(tx, **fields)

    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    run(chair, write_running_note, point_id=point.id, body="Una nota riservata.", version=0)
    due_on = clock.today() + timedelta(days=30)
    undertaken = {"body": "Manda i dati.", "due_on": due_on, "person_id": anna.person_id}
    made = {
        "point_id": point,
        "hand_id": run(anna, raise_hand, **at),
        "question_id": run(anna, ask_question, **at, body="E gli orari?"),
        "statement_id": run(anna, make_statement, **at, body="Voto a favore."),
        "commitment_id": run(chair, make_commitment, **at, **undertaken),
        "phrase_id": run(chair, add_phrase, **at, body="Si passa al voto."),
        "poll_id": run(chair, open_poll, **at, question="Si approva?"),
    }
    return {**at, **{name: thing.id for name, thing in made.items()}}


def _plan(make: Factory) -> dict[str, Any]:
    draft = make.minutes()
    facilitator = make.holder(Role.FACILITATOR)
    with make.session() as session:
        chapter_id = chapters(session, make.cycle.id)[0].id
    with make.database.transaction(facilitator) as tx:
        conclusion = add_conclusion(
            tx, minutes_id=draft.id, point_id=draft.facts["agenda"][0]["id"],
            chapter_id=chapter_id, body="Si apre uno sportello.",
        )  # fmt: skip
    contribution, answered = _contributions(make)
    with make.session() as session:
        item = session.get_one(OutcomeItem, contribution.item_id)
        paragraph = session.scalar(
            select(Block.id).where(Block.contributions.any(Contribution.id == answered.id))
        )
    return {
        "minutes_id": draft.id,
        "conclusion_id": conclusion.id,
        "outcome_id": item.outcome_id,
        "contribution_id": contribution.id,
        "paragraph_id": paragraph,
    }


def _contributions(make: Factory) -> list[Contribution]:
    """One that waits, and one that was taken into the plan."""
    waiting, answered = make.contributions("Uno sportello.", "Un corso.")
    taken_in = ContributionState.TAKEN_IN
    with make.database.transaction(make.holder(Role.PLAN_OFFICE)) as tx:
        answer_contribution(
            tx,
            contribution_id=answered.id,
            answer=taken_in,
            body="Un corso.",
            reason="Giusto.",
        )
    return [waiting, answered]
