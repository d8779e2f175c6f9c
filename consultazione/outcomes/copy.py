"""The copy of an outcome that is to be signed: the document alone, as PDF/A-2a and PDF/UA-1.

Without attachments, since *Firma con SPID* takes PDF/A-2 only (AgID determination 157/2020), and
without the state of the sign-off, which changes while the copy goes round.
"""

from __future__ import annotations

import json
from pathlib import Path

from consultazione.documents.characters import settled_texts
from consultazione.documents.editions import edition_lines
from consultazione.documents.frames import Asked
from consultazione.documents.paper.qr import qr_svg
from consultazione.documents.paper.rich import blocks
from consultazione.documents.paper.wording import COPY_TO_SIGN
from consultazione.minutes.compose.types import ConclusionRow
from consultazione.outcomes.models import Outcome

_TEMPLATE = Path(__file__).with_name("copia.typ")
WORDS = {
    "heading": "Esito da firmare",
    "asked": "Che cosa si firma",
    "chapter": "Capitolo",
    "proposal": "Proposta",
    "demo": "Dati dimostrativi: seduta e conclusioni sono inventate.",
    "how": f"{COPY_TO_SIGN}:",
    "digest": "Impronta del documento (SHA-256)",
    "minutes": "Impronta del verbale (SHA-256)",
    "page": "Pagina",
    "qr": "Codice QR",
}


def asked_for_copy(outcome: Outcome, *, public_url: str) -> Asked:
    """What is asked of the typesetter; equal outcomes give equal bytes, whenever it is asked."""
    document = outcome.document
    address = f"{public_url}/esiti/{outcome.id}"
    paper = {
        "zone": document["zone"],
        "plan": document["plan"],
        "table": document["table"]["name"],
        "title": document["title"],
        "demo": document["demo"],
        "digest": outcome.digest,
        "edition": edition_lines(document.get("edition")),
        "minutes_digest": document["minutes"]["digest"] or "",
        "items": [_item(number, row) for number, row in enumerate(document["items"], 1)],
    }
    inputs = {
        "paper": json.dumps(settled_texts(paper), ensure_ascii=False),
        "words": json.dumps(WORDS, ensure_ascii=False),
        "seal": json.dumps({"address": address, "qr": qr_svg(address)}),
    }
    return {
        "template": str(_TEMPLATE),
        "inputs": inputs,
        "timestamp": int(outcome.opened_at.timestamp()),
        "standard": "a-2a",
    }


def _item(number: int, row: ConclusionRow) -> dict[str, object]:
    proposal = row["proposal"]
    return {
        "number": number,
        "chapter": f"{row['chapter']['number']}, {row['chapter']['title']}",
        "body": blocks(row["body"]),
        "proposal": proposal["title"] if proposal else "",
    }
