"""One of everything in a zone, by the names that commands and addresses have for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from sqlalchemy import func, select

from consultazione.config import read_settings
from consultazione.core import clock
from consultazione.core.actor import SYSTEM, VISITOR, Actor, Role
from consultazione.core.incoming.uploads import store
from consultazione.documents.register import registration_of
from consultazione.documents.seals.commands import seal_document
from consultazione.documents.seals.signer import seal_signer
from consultazione.minutes.commands.circulating import circulate_minutes
from consultazione.minutes.commands.corrections import ask_correction
from consultazione.minutes.commands.editing import add_conclusion
from consultazione.minutes.models import Piece
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.models import Outcome, OutcomeItem
from consultazione.people.commands.mandates import give_mandate
from consultazione.people.commands.password_links import make_password_link
from consultazione.people.invitations.commands import invite_people
from consultazione.people.invitations.models import Invitation
from consultazione.people.invitations.rows import invitee
from consultazione.people.mandates.models import MandateDocument
from consultazione.people.models import Category, PasswordLink, RoleGrant
from consultazione.plan.answers import answer_contribution
from consultazione.plan.approval.commands import publish_plan_draft
from consultazione.plan.blocks.models import Block
from consultazione.plan.commands.writing import write_paragraph
from consultazione.plan.decisions.commands.deciding import record_decision
from consultazione.plan.decisions.commands.strategies import set_strategy
from consultazione.plan.discussion.commands.commenting import comment_on_block
from consultazione.plan.discussion.commands.suggesting import suggest_change
from consultazione.plan.models import Contribution, ContributionState
from consultazione.proposals.models import ProposalFile
from consultazione.provincial.commands.programme import (
    forward_project,
    open_provincial_programme,
    set_up_provincial_table,
    write_provincial_project,
)
from consultazione.provincial.models import Section
from consultazione.setup.commands.settings import change_zone
from consultazione.sittings.chat.commands.course import open_chat
from consultazione.sittings.chat.commands.messages import write_chat_message
from consultazione.sittings.doubles.commands import propose_merge
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.models import Sitting
from consultazione.sittings.places.commands.registering import register_for_hall
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.questions.commands.questions import ask_question
from consultazione.sittings.record.commands.commitments import make_commitment
from consultazione.sittings.record.commands.notes import add_phrase, write_running_note
from consultazione.sittings.record.commands.statements import make_statement
from consultazione.sittings.record.commands.zone_phrases import add_zone_phrase
from consultazione.tables.accrediting.commands import apply_for_accreditation
from consultazione.tables.rights.commands import accredit_person
from consultazione.zones.acts.commands.approving import record_approval
from consultazione.zones.acts.commands.signing import name_signatories
from consultazione.zones.acts.models import SignatoryKind
from consultazione.zones.commands.path import open_phase, record_act
from consultazione.zones.commands.territories import join_territory, set_up_territory
from consultazione.zones.feedback.commands import give_feedback
from consultazione.zones.feedback.models import Useful
from consultazione.zones.gatherings.commands import announce_gathering
from consultazione.zones.gatherings.models import GatheringKind
from consultazione.zones.library.commands import add_citation
from consultazione.zones.library.models import NormType
from consultazione.zones.models import ActKind, TerritoryKind
from consultazione.zones.papers.commands import attach_document
from consultazione.zones.phases.commands.suspending import suspend_phase
from consultazione.zones.queries import chapters, phases
from tests.support.asked_things import asked, kept_by_people
from tests.support.factories import Factory
from tests.support.kept_things import kept_in_books, remembered, set_up_later
from tests.support.minutes_desk import draft_of_a_sitting
from tests.support.moderated_things import moderated
from tests.support.opinion_things import asked_of_people
from tests.support.proposal_things import written_about
from tests.support.proxies import Table
from tests.support.survey_things import surveyed


def one_of_everything(make: Factory, directory: Path) -> dict[str, Any]:
    """A zone full of objects: the name of a parameter, and what it can be in that zone."""
    talked = what_is_talked_over(make, directory)
    things = {
        **talked,
        **_province(make),
        **_around_the_path(make, directory),
        **kept_in_books(make),
        **remembered(make, directory, talked["outcome_item_id"]),
        **set_up_later(make),
        **moderated(make),
        **asked_of_people(make),
        **asked(make),
        **surveyed(make),
    }
    return {**things, **kept_by_people(make, things)}


def what_is_talked_over(make: Factory, directory: Path) -> dict[str, Any]:
    """A zone with its path, a table, people, papers, a sitting and the plan, but no money yet."""
    plan = _plan(make)  # before there is a union, whose answer an outcome would wait for
    table = make.table()
    return {
        **plan,
        "zone": make.zone.slug,
        "zone_id": make.zone.id,
        "cycle": make.cycle.years,
        "cycle_id": make.cycle.id,
        "number": 1,
        "slug": table.slug,
        "table_id": table.id,
        **_path(make),
        **_people(make, directory),
        **_papers(make, directory),
        **_room(make, make.sitting(table, places=9)),
    }


def _province(make: Factory) -> dict[str, Any]:
    """The territory of the zone, with a project that was forwarded to it."""
    slug = f"provincia-di-{make.zone.slug}"
    with make.database.transaction(SYSTEM) as tx:
        territory = set_up_territory(
            tx, slug=slug, name="Provincia di prova", kind=TerritoryKind.PROVINCE,
            region="Emilia-Romagna", lead_body="Provincia di prova",
        )  # fmt: skip
        join_territory(tx, zone_id=make.zone.id, territory_id=territory.id)
        programme = open_provincial_programme(
            tx, territory_id=territory.id, first_year=2018, last_year=2020
        )
        table = set_up_provincial_table(
            tx, territory_id=territory.id, section=Section.IMMIGRATION, name="Tavolo", remit="Altri"
        )
        project = write_provincial_project(
            tx, programme_id=programme.id, table_id=table.id, title="Mediatori", body="Ovunque."
        )
        forward = forward_project(tx, project_id=project.id, zone_id=make.zone.id)
    return {
        "territory": slug,
        "territory_id": territory.id,
        "to_zone_id": make.zone.id,
        "project_id": project.id,
        "forward_id": forward.id,
    }


def _path(make: Factory) -> dict[str, Any]:
    with make.session() as session:
        phase = phases(session, make.cycle.id)[1]
        chapter = chapters(session, make.cycle.id)[0]
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase.id, starts_on=date(2018, 2, 5))
        act = record_act(
            tx, cycle_id=make.cycle.id, kind=ActKind.PROGRAMME_AGREEMENT, title="Accordo",
            on_day=date(2018, 2, 1), body="Comune", source="albo",
        )  # fmt: skip
        step = record_approval(tx, act_id=act.id, body="Consiglio", session_day=date(2018, 2, 9))
        (signatory,) = name_signatories(
            tx, act_id=act.id, kind=SignatoryKind.SUBSCRIBER, names="Comune di prova"
        )
    return {
        "phase_id": phase.id,
        "hold_id": _suspended(make),
        "act_id": act.id,
        "step_id": step.id,
        "signatory_id": signatory.id,
        "chapter_id": chapter.id,
    }


def _suspended(make: Factory) -> int:
    """The hold on a phase in which nobody does anything: the information."""
    with make.session() as session:
        phase_id = phases(session, make.cycle.id)[0].id
    with make.database.transaction(SYSTEM) as tx:
        open_phase(tx, phase_id=phase_id, starts_on=date(2018, 1, 15))
        act = record_act(
            tx, cycle_id=make.cycle.id, kind=ActKind.DELIBERATION, title="Sospensione",
            on_day=date(2018, 2, 1), body="Comune", source="albo",
        )  # fmt: skip
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        hold = suspend_phase(
            tx, phase_id=phase_id, act_id=act.id, until=tx.today, reason="Si attende un esito."
        )
    return hold.id


def _around_the_path(make: Factory, directory: Path) -> dict[str, Any]:
    """An event with its document, a norm, and what somebody said of a page."""
    with make.database.transaction(SYSTEM) as tx:
        gathering = announce_gathering(
            tx, cycle_id=make.cycle.id, kind=GatheringKind.SEMINAR, title="Seminario",
            starts_at=clock.now() + timedelta(days=9), place="Teatro",
        )  # fmt: skip
        attachment = attach_document(
            tx, gathering_id=gathering.id, title="Invito",
            file=store(directory, "sintesi.txt", b"Un invito."),
        )  # fmt: skip
        citation = add_citation(
            tx, zone_id=make.zone.id, norm_type=NormType.LAW, number="328",
            on_day=date(2000, 11, 8), title="Legge quadro",
        )  # fmt: skip
    with make.database.transaction(VISITOR) as tx:
        said = give_feedback(
            tx, zone_id=make.zone.id, path="/percorso", useful=Useful.NO, words="Poco chiaro."
        )
    return {
        "gathering_id": gathering.id,
        "attachment_id": attachment.id,
        "citation_id": citation.id,
        "feedback_id": said.id,
    }


def _people(make: Factory, directory: Path) -> dict[str, Any]:
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
        **_asked_and_invited(make, directory),
        "organisation_id": organisation.id,
        "person_id": holder.person_id,
        "mandate_id": mandate.id,
        "grant_id": grant_id,
        "link_id": link_id,
    }


def _asked_and_invited(make: Factory, directory: Path) -> dict[str, Any]:
    """An application for accreditation, an invitation, and the document of a mandate."""
    statute = store(directory, "sintesi.txt", b"Uno statuto.")
    delegate, association = make.person(), make.organisation()
    with make.database.transaction(make.citizen()) as tx:
        application = apply_for_accreditation(
            tx, cycle_id=make.cycle.id, name="Associazione di prova",
            category=Category.VOLUNTEERING, office="Presidente", file=statute,
        )  # fmt: skip
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        person = invitee(0, {"display_name": "Invitata Prova", "email": "invitata@example.org"})
        invite_people(tx, zone_id=make.zone.id, found=[person], tables=[])
        give_mandate(
            tx, organisation_id=association.id, email=delegate.email or "", act="atto 2",
            starts_on=clock.today(), ends_on=None, files=[statute],
        )  # fmt: skip
    with make.session() as session:
        invitation_id = session.scalar(select(func.max(Invitation.id)))
        document = session.scalars(
            select(MandateDocument).order_by(MandateDocument.id.desc()).limit(1)
        ).one()
    return {
        "application_id": application.id,
        "invitation_id": invitation_id,
        "mandate_document_id": document.id,
        "merge_id": _double(make),
    }


def _double(make: Factory) -> int:
    """Two accounts that wait to be joined."""
    double, kept = make.person(), make.person()
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        return propose_merge(
            tx, zone_id=make.zone.id, double_id=double.id, kept_id=kept.id, reason="Lo ha detto."
        ).id


def _papers(make: Factory, directory: Path) -> dict[str, Any]:
    table = make.table()
    file = store(directory, "allegato.txt", b"Un allegato.")
    proposal = make.proposal(table, files=[file])
    with make.session() as session:
        attached = session.scalar(select(ProposalFile).filter_by(proposal_id=proposal.id))
    return {
        "proposal_id": proposal.id,
        "proposal_file_id": attached.id,
        **written_about(make, proposal),
        "comment_id": make.comment(proposal).id,
        "material_id": make.material(table, directory).id,
        "proxy_id": _proxy(make),
        "accreditation_id": _admitted(make, table.id),
        "file_name": "sintesi.txt",
    }


def _admitted(make: Factory, table_id: int) -> int:
    """The number of the act by which a person is admitted to a table."""
    email = make.person().email or ""
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        return accredit_person(tx, table_id=table_id, email=email, reason="Atto 3").id


def _correction(make: Factory) -> int:
    """The number of a request for correction of a draft."""
    desk = draft_of_a_sitting(make)
    asked = {"piece": Piece.FACT, "subject_id": 0, "old_words": "", "new_words": ""}
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        change_zone(tx, zone_id=make.zone.id, correction_days=7)
    desk.run(circulate_minutes, version=desk.minutes.version)
    return int(desk.run(ask_correction, desk.present, **asked, reason="Mancava una persona.").id)


def _proxy(make: Factory) -> int:
    """The number of a proxy that one delegate gave another."""
    at = Table(make)
    return at.give(at.delegate(), at.delegate()).id


def _room(make: Factory, sitting: Sitting) -> dict[str, Any]:
    at: dict[str, Any] = {"sitting_id": sitting.id}
    with make.database.transaction(make.citizen()) as tx:  # before the opening closes the list
        registered = register_for_hall(tx, **at)
    chair, anna = make.presided(sitting), make.present(sitting)

    def run(who: Any, command: Callable[..., Any], **fields: Any) -> Any:
        with make.database.transaction(who) as tx:
            return command(tx, **fields)

    with make.session() as session:
        point = get_sitting(session, sitting.id).agenda[0]
    run(chair, write_running_note, point_id=point.id, body="Una nota riservata.", version=0)
    due_on = clock.today() + timedelta(days=30)
    undertaken = {"body": "Manda i dati.", "due_on": due_on, "person_id": anna.person_id}
    run(chair, open_chat, **at)
    office = make.holder(Role.PLAN_OFFICE)
    made = {
        "registration_id": registered,
        "point_id": point,
        "chat_message_id": run(anna, write_chat_message, **at, body="Buongiorno a tutti."),
        "hand_id": run(anna, raise_hand, **at),
        "question_id": run(anna, ask_question, **at, body="E gli orari?"),
        "statement_id": run(anna, make_statement, **at, body="Voto a favore."),
        "commitment_id": run(chair, make_commitment, **at, **undertaken),
        "phrase_id": run(chair, add_phrase, **at, body="Si passa al voto."),
        "zone_phrase_id": run(office, add_zone_phrase, zone_id=make.zone.id, body="Si vota."),
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
        registration = registration_of(session, OUTCOME, item.outcome_id)
        assert registration is not None
    return {
        "minutes_id": draft.id,
        "registration_id": registration.id,
        "conclusion_id": conclusion.id,
        "correction_id": _correction(make),
        "outcome_id": item.outcome_id,
        "subject": "outcome",
        "object_id": item.outcome_id,
        "sealed_digest": _sealed(make, item.outcome_id),
        "outcome_item_id": item.id,
        "contribution_id": contribution.id,
        "paragraph_id": paragraph,
        **_written(make, chapter_id),
    }


def _sealed(make: Factory, outcome_id: int) -> str:
    """The digest of an outcome's sealed file."""
    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out)
    with TemporaryDirectory() as folder, make.database.transaction(SYSTEM) as tx:
        settings = read_settings({"DATA_DIR": folder, "SECRETS_DIR": folder})
        seal = seal_document(
            tx, zone_id=make.zone.id, subject=outcome_stream(outcome_id),
            digest=tx.session.get_one(Outcome, outcome_id).digest, plain=out.getvalue,
            signer=seal_signer(settings), lock=lambda: True,
        )  # fmt: skip
        assert seal is not None
        return seal.sha256


def _written(make: Factory, chapter_id: int) -> dict[str, Any]:
    """A block of the public draft with what somebody suggests for it, and says of it."""
    office, citizen = make.holder(Role.PLAN_OFFICE), make.citizen()
    with make.database.transaction(office) as tx:
        block = write_paragraph(tx, chapter_id=chapter_id, body="Due frasi. La seconda.")
        publish_plan_draft(tx, cycle_id=make.cycle.id)
    with make.database.transaction(citizen) as tx:
        suggestion = suggest_change(
            tx, block_id=block.id, version=block.version, body="Una frase.", reason="Più breve."
        )
        comment = comment_on_block(tx, block_id=block.id, body="Non è chiaro.")
    return {
        "block_id": block.id,
        "suggestion_id": suggestion.id,
        "observation_id": comment.id,
        "answer_block_comment.comment_id": comment.id,
        **_decided(make, office),
    }


def _decided(make: Factory, office: Actor) -> dict[str, Any]:
    with make.database.transaction(office) as tx:
        strategy = set_strategy(tx, cycle_id=make.cycle.id, title="Vicinanza")
        decision = record_decision(
            tx, strategy_id=strategy.id, title="Sportelli", decided_by="Sindaci",
            decided_on=clock.today(), source="Verbale",
        )  # fmt: skip
    return {"strategy_id": strategy.id, "decision_id": decision.id}


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
