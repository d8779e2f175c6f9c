"""An outcome as a paper with its seal, from which page, PDF and ODT are made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from consultazione.core.canonical import canonical_json
from consultazione.documents.colophon import DIGEST, number_of
from consultazione.documents.frames import Asked
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.pdf import Attached, asked_for
from consultazione.documents.register import registration_of
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.paper import paper_of
from consultazione.outcomes.queries import get_outcome

_ANNEXED = "Il documento firmato, come dati, è allegato a questo file (esito.json)."


def sealed_paper(
    session: Session, outcome_id: int, *, public_url: str, at: datetime
) -> tuple[Outcome, Paper, Seal]:
    """An outcome as it stands, as a paper, and its seal; NotFound if there is none.

    public_url: this site's address, printed with the page that can be checked.
    """
    outcome = get_outcome(session, outcome_id)
    grounds = grounds_behind(session, [item.id for item in outcome.items])
    number = number_of(registration_of(session, OUTCOME, outcome_id))
    digests = [(DIGEST, outcome.digest)]
    if minutes_digest := outcome.document["minutes"]["digest"]:
        digests.append(("Impronta del verbale", minutes_digest))
    seal = Seal(f"{public_url}/esiti/{outcome_id}", number, tuple(digests))
    return outcome, paper_of(outcome, grounds, at=at), seal


def asked_for_outcome(session: Session, outcome_id: int, *, public_url: str, at: datetime) -> Asked:
    """What is asked of the typesetter; equal outcomes and moments give equal bytes.

    What the digest covers is attached as it is.
    """
    outcome, paper, seal = sealed_paper(session, outcome_id, public_url=public_url, at=at)
    signed = Attached("esito.json", canonical_json(outcome.document).decode(), _ANNEXED)
    return asked_for(paper, seal, at=at, attached=[signed])
