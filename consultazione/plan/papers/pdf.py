"""The plan as an accessible archival PDF (PDF/A-3a and PDF/UA-1), set by typst."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from consultazione.documents.characters import settled_texts
from consultazione.documents.frames import Asked
from consultazione.plan.papers.model import PlanPaper
from consultazione.plan.papers.pictures import as_svg, picture_files
from consultazione.plan.papers.wording import HEADINGS

_TEMPLATE = Path(__file__).with_name("piano.typ")


def asked_for(paper: PlanPaper, *, public_url: str, uploads: Path, at: datetime) -> Asked:
    """What is asked of the typesetter; equal papers and moments give equal bytes."""
    types = {b["picture"]: b["picture_type"] for c in paper["chapters"] for b in c["blocks"]}
    pictures = {
        sha256: as_svg(path, types[sha256])
        for sha256, path in picture_files(paper, uploads).items()
    }
    inputs = {
        "paper": json.dumps(settled_texts(paper), ensure_ascii=False),
        "words": json.dumps(HEADINGS),
        "pictures": json.dumps(pictures),
        "site": f"{public_url}/piano",
    }
    return {"template": str(_TEMPLATE), "inputs": inputs, "timestamp": int(at.timestamp())}
