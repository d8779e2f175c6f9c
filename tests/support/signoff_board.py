"""An outcome that two unions are asked to answer, with their delegates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from consultazione.core import clock, log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.db import Database
from consultazione.documents.signatures.base import Given
from consultazione.documents.signatures.reauthenticated import Reauthenticated
from consultazione.outcomes.commands.answering import Otherwise, Signature
from consultazione.outcomes.commands.ending import end_sign_off
from consultazione.outcomes.models import Answer, Outcome
from consultazione.outcomes.queries import get_outcome
from consultazione.people.credentials.identity_proof import IdentityProof, credentials_of
from consultazione.people.models import Category, Organisation, Person
from tests.support.factories import PASSWORD, Factory


@dataclass
class Board:
    """An outcome, two unions, and a delegate of each."""

    make: Factory
    outcome_id: int
    unions: list[Organisation]
    delegates: list[Actor]

    @classmethod
    def of(cls, make: Factory, unions: int, *conclusions: str) -> Self:
        """An outcome open for sign-off by so many unions."""
        pairs = [union_with_delegate(make) for _ in range(unions)]
        outcome = make.outcome(*(conclusions or ("Open a desk.", "Train the carers.")))
        delegates = [make.actor(person) for _, person in pairs]
        return cls(make, outcome.id, [union for union, _ in pairs], delegates)

    @property
    def outcome(self) -> Outcome:
        """The outcome as it is now."""
        with self.make.session() as session:
            return get_outcome(session, self.outcome_id)

    def signature(self, union: int = 0, password: str = PASSWORD, **over: Any) -> Signature:
        """What the delegate of a union sends; Invalid for a wrong password."""
        given = {
            "outcome_id": self.outcome_id,
            "organisation_id": self.unions[union].id,
            "digest": self.outcome.digest,
            **over,
        }
        if "proof" not in given:
            given["proof"] = self.proof(union, given["digest"], password)
        return Signature(**given)

    def proof(self, union: int, digest: str, password: str = PASSWORD) -> IdentityProof:
        """That the delegate of a union entered a password for a document."""
        return proof_of(self.make, self.delegates[union], digest, password)

    def answer(self, command: Callable[..., Any], union: int = 0, **fields: Any) -> Any:
        """What a command answers to the delegate of a union, committed."""
        fields.setdefault("signature", self.signature(union))
        with self.make.database.transaction(self.delegates[union]) as tx:
            return command(tx, **fields)

    def due(self, day: date | None) -> None:
        """Let this be the last day on which unions can answer."""
        with self.make.database.transaction(SYSTEM) as tx:
            tx.session.get_one(Outcome, self.outcome_id).due_on = day

    def overdue(self, days: int = 1) -> None:
        """Let the last day have been so many days ago."""
        self.due(clock.today() - timedelta(days=days))

    def ended(self) -> bool:
        """Let the platform end the sign-off if its deadline has passed; True if it did."""
        with self.make.database.transaction(SYSTEM) as tx:
            return end_sign_off(tx, outcome_id=self.outcome_id)

    def declines(self, rank: int, note: str = "Not this one.") -> Otherwise:
        """A refusal of one conclusion, by its number."""
        item = self.outcome.items[rank - 1]
        return Otherwise(item_id=item.id, answer=Answer.DECLINED, note=note)

    def kinds(self) -> list[str]:
        """What has happened to the outcome."""
        with self.make.session() as session:
            return [e.kind for e in log.read_stream(session, f"outcome:{self.outcome_id}")]


def proof_of(make: Factory, who: Actor, digest: str, password: str = PASSWORD) -> IdentityProof:
    """That somebody entered a password for a document; Invalid for a wrong one."""
    with make.session() as session:
        credentials = credentials_of(session, who.person_id or 0)
    return Reauthenticated().prove(
        credentials, digest=digest, given=Given(password=password), at_the_front=lambda: None
    )


def union_with_delegate(make: Factory) -> tuple[Organisation, Person]:
    """A union of the register, and a person with a mandate for it."""
    union, person = make.organisation(Category.UNION), make.person()
    make.mandate(person, union)
    return union, person


def open_board(database: Database) -> Board:
    """An outcome open for sign-off in a database."""
    return Board.of(Factory(database), 2)
