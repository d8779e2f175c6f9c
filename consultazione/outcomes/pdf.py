"""An outcome as an accessible archival PDF (PDF/A-3a and PDF/UA-1), set by typst."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consultazione.core.canonical import canonical_json
from consultazione.documents.characters import settled_texts
from consultazione.documents.frames import Asked
from consultazione.documents.qr import qr_svg
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.paper import WORDS, paper_of
from consultazione.outcomes.queries import get_outcome

_TEMPLATE = Path(__file__).with_name("esito.typ")


def asked_for(session: Session, outcome_id: int, *, public_url: str, at: datetime) -> Asked:
    """What is asked of the typesetter for an outcome as it stands; NotFound if there is none.

    public_url: this site's address, printed with the page that can be checked. Equal outcomes and
    moments give equal bytes. What the digest covers is attached as it is.
    """
    outcome = get_outcome(session, outcome_id)
    grounds = grounds_behind(session, [item.id for item in outcome.items])
    address = f"{public_url}/esiti/{outcome_id}"
    inputs = {
        "document": canonical_json(outcome.document).decode(),
        "paper": json.dumps(settled_texts(paper_of(outcome, grounds, at=at)), ensure_ascii=False),
        "words": json.dumps(WORDS, ensure_ascii=False),
        "seal": json.dumps({"address": address, "qr": qr_svg(address)}),
    }
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": int(at.timestamp())}
