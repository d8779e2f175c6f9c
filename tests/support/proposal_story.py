"""A proposal's whole story, from its table to the plan office, by the product's commands."""

from __future__ import annotations

from dataclasses import dataclass

from consultazione.core.actor import SYSTEM, Actor, Role
from consultazione.minutes.commands.approving import approve_minutes, publish_minutes, seal_minutes
from consultazione.minutes.commands.drafting import draft_minutes
from consultazione.minutes.commands.editing import add_conclusion
from consultazione.minutes.models import Minutes
from consultazione.outcomes.commands.opening import open_outcome
from consultazione.outcomes.models import Outcome
from consultazione.people.models import Category
from consultazione.plan.commands.forwarding import forward_outcome
from consultazione.plan.models import Contribution
from consultazione.proposals.commands.lifecycle import admit_proposal
from consultazione.proposals.models import Proposal
from consultazione.sittings.agenda.points import NewPoint
from consultazione.sittings.lifecycle.commands.convening import convene_sitting
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.points import start_point
from consultazione.sittings.models import Sitting
from consultazione.tables.models import ThematicTable
from consultazione.tables.queries import get_table
from consultazione.zones.queries import chapters
from tests.support.factories import Factory

BODY = "Open a desk for carers in every town."


@dataclass
class Story:
    """An association's proposal, discussed as the second point of a sitting."""

    make: Factory
    table: ThematicTable
    proposal: Proposal
    sitting: Sitting
    facilitator: Actor

    @classmethod
    def begin(cls, make: Factory, author: Actor | None = None) -> Story:
        """Admit the proposal and put it on the agenda of an open sitting."""
        table, author = make.table(name="Tavolo Welfare"), author or make.delegate(Category.APS)
        return cls.of(make, make.proposal(table, author, title="A desk for carers"))

    @classmethod
    def of(cls, make: Factory, proposal: Proposal) -> Story:
        """The same of a proposal that was handed in already."""
        with make.session() as session:
            table = get_table(session, proposal.table_id)
        with make.database.transaction(make.holder(Role.FACILITATOR, table.id)) as tx:
            admit_proposal(tx, proposal_id=proposal.id)
            sitting = convene_sitting(
                tx,
                table_id=table.id,
                title="First sitting",
                place="Town hall",
                starts_at=tx.now,
                points=[NewPoint(title="Approval"), NewPoint(proposal_id=proposal.id)],
            )
        return cls(make, table, proposal, sitting, make.presided(sitting))

    @property
    def point_id(self) -> int:
        """The point of the agenda at which the proposal is discussed."""
        with self.make.session() as session:
            return session.get_one(Sitting, self.sitting.id).agenda[1].id

    def discuss(self) -> int:
        """Start the point; returns the number of that entry."""
        with self.make.database.transaction(self.facilitator) as tx:
            start_point(tx, point_id=self.point_id)
        return tx.entries[-1].number

    def draft(self) -> Minutes:
        """Close the sitting and draft its minutes, with a conclusion on the proposal."""
        with self.make.database.transaction(self.facilitator) as tx:
            close_sitting(tx, sitting_id=self.sitting.id)
        with self.make.database.transaction(SYSTEM) as tx:
            minutes = draft_minutes(tx, sitting_id=self.sitting.id)
        self.add(minutes, self.proposal, BODY)
        return minutes

    def add(self, minutes: Minutes, proposal: Proposal, body: str) -> None:
        """Add a conclusion on the point, for the first chapter."""
        with self.make.database.transaction(self.facilitator) as tx:
            add_conclusion(
                tx,
                minutes_id=minutes.id,
                point_id=self.point_id,
                chapter_id=chapters(tx.session, self.make.cycle.id)[0].id,
                body=body,
                proposal_id=proposal.id,
            )

    def conclude(self) -> Minutes:
        """Draft, approve, seal and publish the minutes."""
        return self.publish(self.draft())

    def publish(self, minutes: Minutes) -> Minutes:
        """Approve, seal and publish the minutes."""
        with self.make.database.transaction(self.facilitator) as tx:
            version = tx.session.get_one(Minutes, minutes.id).version
            approve_minutes(tx, minutes_id=minutes.id, version=version)
        with self.make.database.transaction(SYSTEM) as tx:
            seal_minutes(tx, minutes_id=minutes.id, public_url="https://zone.example")
        with self.make.database.transaction(self.facilitator) as tx:
            return publish_minutes(tx, minutes_id=minutes.id)

    def forward(self, minutes: Minutes) -> tuple[Outcome, list[Contribution]]:
        """Open the outcome, which closes at once with no union to ask, and forward it."""
        with self.make.database.transaction(SYSTEM) as tx:
            outcome = open_outcome(tx, minutes_id=minutes.id)
        assert outcome is not None
        with self.make.database.transaction(SYSTEM) as tx:
            return outcome, forward_outcome(tx, outcome_id=outcome.id)
