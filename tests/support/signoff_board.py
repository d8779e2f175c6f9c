"""An outcome that two unions are asked to answer, with their delegates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.core.db import Database
from consultazione.outcomes.commands.answering import Signature
from consultazione.outcomes.methods.reauthenticated import Reauthenticated
from consultazione.outcomes.models import Outcome
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
        with self.make.session() as session:
            credentials = credentials_of(session, self.delegates[union].person_id or 0)
        return Reauthenticated().prove(
            credentials, digest=digest, given={"password": password}, at_the_front=lambda: None
        )

    def answer(self, command: Callable[..., Any], union: int = 0, **fields: Any) -> Any:
        """What a command answers to the delegate of a union, committed."""
        fields.setdefault("signature", self.signature(union))
        with self.make.database.transaction(self.delegates[union]) as tx:
            return command(tx, **fields)

    def kinds(self) -> list[str]:
        """What has happened to the outcome."""
        with self.make.session() as session:
            return [e.kind for e in log.read_stream(session, f"outcome:{self.outcome_id}")]


def union_with_delegate(make: Factory) -> tuple[Organisation, Person]:
    """A union of the register, and a person with a mandate for it."""
    union, person = make.organisation(Category.UNION), make.person()
    make.mandate(person, union)
    return union, person


def open_board(database: Database) -> Board:
    """An outcome open for sign-off in a database."""
    make = Factory(database)
    pairs = [union_with_delegate(make) for _ in range(2)]
    outcome = make.outcome("Open a desk.", "Train the carers.")
    delegates = [make.actor(person) for _, person in pairs]
    return Board(make, outcome.id, [union for union, _ in pairs], delegates)
