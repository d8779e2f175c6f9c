"""A paper as an accessible archival PDF (PDF/A-3a and PDF/UA-1), set by typst."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from consultazione.documents.characters import settled_texts
from consultazione.documents.frames import Asked
from consultazione.documents.paper.model import Paper, Seal, to_json
from consultazione.documents.paper.qr import qr_svg
from consultazione.documents.paper.wording import WORDS

_TEMPLATE = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Attached:
    """A JSON text that travels inside the PDF. description: what it is, for a reader."""

    name: str
    content: str
    description: str


def asked_for(
    paper: Paper,
    seal: Seal,
    *,
    at: datetime,
    attached: Sequence[Attached] = (),
    large: bool = False,
) -> Asked:
    """What is asked of the typesetter; equal papers, seals and moments give equal bytes.

    large: in large letters and wide lines. It is no field of the paper, whose digest it is not in.
    """
    shown = settled_texts(_lists(to_json(paper)))
    inputs = {
        "paper": json.dumps(shown, ensure_ascii=False),
        "seal": json.dumps({**settled_texts(_lists(to_json(seal))), "qr": qr_svg(seal.address)}),
        "words": json.dumps(WORDS),
        "attached": json.dumps([asdict(one) for one in attached], ensure_ascii=False),
        "large": json.dumps(large),
    }
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": int(at.timestamp())}


def _lists(made: dict[str, object]) -> dict[str, object]:
    """With lists for tuples, as JSON has them."""
    read: dict[str, object] = json.loads(json.dumps(made))
    return read
