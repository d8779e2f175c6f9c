"""Minutes that two persons sign: the chair, and who was named to write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consultazione.core.actor import SYSTEM, Actor
from consultazione.documents.signatures.base import Given
from consultazione.documents.signatures.reauthenticated import Reauthenticated
from consultazione.minutes.commands.approving import approve_minutes
from consultazione.minutes.commands.signing import freeze_minutes_copy, sign_minutes
from consultazione.minutes.models import Minutes
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from consultazione.sittings.lifecycle.commands.secretary import name_secretary
from tests.support.factories import PASSWORD, Factory
from tests.support.minutes_desk import PUBLIC_URL, Desk


@dataclass
class SigningDesk(Desk):
    """Minutes whose facilitator presided, and which somebody else was named to write."""

    writer: Actor

    def proof(self, who: Actor, digest: str | None = None) -> dict[str, Any]:
        """What somebody signs with by their password; over the document as it is, else another."""
        way, over = Reauthenticated(), digest or self.minutes.digest or ""
        with self.make.session() as session:
            found = way.found(session, person_id=who.person_id or 0, digest=over)
        given = Given(password=PASSWORD)
        proof = way.prove(found, given, digest=over, at_the_front=lambda: None)
        return {"digest": over, "method": way.name, "proof": proof}

    def signs(self, who: Actor, **over: Any) -> Any:
        """Let somebody sign."""
        return self.run(sign_minutes, who, **{**self.proof(who), **over})

    def approve(self) -> Minutes:
        """Approve the draft, and write its files as the workers do."""
        self.run(approve_minutes, version=self.minutes.version)
        self.seal()
        self.run(freeze_minutes_copy, SYSTEM, public_url=PUBLIC_URL)
        return self.minutes


def draft_to_sign(make: Factory) -> SigningDesk:
    """A draft that waits for its approval."""
    sitting = make.sitting()
    facilitator = make.presided(sitting)
    writer = make.present(sitting)
    with make.database.transaction(facilitator) as tx:
        name_secretary(tx, sitting_id=sitting.id, person_id=writer.person_id)
        close_sitting(tx, sitting_id=sitting.id)
    make.minutes(sitting)
    return SigningDesk(make, sitting, facilitator, writer, writer)
