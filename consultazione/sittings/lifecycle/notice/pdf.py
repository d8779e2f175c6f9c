"""The notice of convocation as an accessible PDF, set by typst."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from consultazione.documents.characters import settled_texts
from consultazione.documents.frames import Asked
from consultazione.documents.qr import qr_svg
from consultazione.sittings.lifecycle.notice.model import WORDS, Notice

_TEMPLATE = Path(__file__).with_name("avviso.typ")


def asked_for(notice: Notice, *, at: datetime) -> Asked:
    """What is asked of the typesetter; equal notices and moments give equal bytes."""
    inputs = {
        "notice": json.dumps(settled_texts(notice), ensure_ascii=False),
        "words": json.dumps(WORDS),
        "qr": qr_svg(notice["address"]),
    }
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": int(at.timestamp())}
