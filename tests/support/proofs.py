"""Proofs of identity, as the pages make them before a transaction."""

from __future__ import annotations

from consultazione.core.db import Database
from consultazione.people.credentials.identity_proof import (
    IdentityProof,
    credentials_by_email,
    credentials_of,
    prove_again,
    prove_for_sign_in,
)
from tests.support.factories import PASSWORD


def proof_for_sign_in(database: Database, email: str, password: str = PASSWORD) -> IdentityProof:
    """What signs the owner of an address in."""
    with database.snapshot() as session:
        credentials = credentials_by_email(session, email)
    return prove_for_sign_in(credentials, password, at_the_front=_nothing)


def proof_again(
    database: Database, person_id: int | None, purpose: str, password: str = PASSWORD
) -> IdentityProof:
    """What confirms a person's act."""
    with database.snapshot() as session:
        credentials = credentials_of(session, person_id or 0)
    return prove_again(credentials, password, purpose=purpose, at_the_front=_nothing)


def _nothing() -> None:
    """No brakes."""
