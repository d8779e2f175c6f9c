"""Signing by entering one's password again: a simple electronic signature (eIDAS art. 25)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.core.db import Transaction
from consultazione.people.commands.accounts import confirm_identity


class Reauthenticated:
    """The actor enters their password again; the log binds the answer to the digest."""

    name: ClassVar[str] = "reauthenticated"

    def confirm(self, tx: Transaction, *, digest: str, proof: Mapping[str, str]) -> None:
        """Raise Invalid, naming the field, unless the proof holds the actor's password."""
        confirm_identity(tx, password=proof.get("password", ""))
