"""One making of minutes, in a process of its own.

``ours URL SITTING INPUTS`` keeps what it gives to typst in the file INPUTS; ``bare INPUTS``
gives typst that; ``hostile INPUTS`` times drafts of the worst texts. Each writes its figures to
INPUTS.json.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
import typst

_ADDRESS = "https://example.org/1"
_AT = datetime(2018, 3, 12, 9, 0, tzinfo=UTC)


def ours(url: str, secrets: str, sitting_id: str, inputs: str) -> dict[str, float]:
    """Read the log, compose, and make the draft's PDF, as worker and page do."""
    from consultazione import events, models
    from consultazione.core import clock
    from consultazione.core.db import open_database
    from consultazione.core.text_keys import TextKeys
    from consultazione.documents.typesetting import typeset
    from consultazione.minutes import pdf
    from consultazione.minutes.compose.document import compose
    from consultazione.minutes.gather import gather

    assert events.ALL
    assert models.ALL
    database = open_database(url, pool_size=1, text_keys=TextKeys(Path(secrets)))
    begun = time.perf_counter()
    with database.snapshot() as session:
        facts = gather(session, int(sitting_id))
    document = {"facts": compose(facts), "notes": [], "conclusions": []}
    composed = time.perf_counter()
    asked = pdf.asked_for(document, address=_ADDRESS, digest=None, at=clock.now())
    made = typeset(asked)
    ended = time.perf_counter()
    Path(inputs).write_bytes(pickle.dumps(dict(asked["inputs"])))
    return {
        "s": ended - begun,
        "s to compose": composed - begun,
        "s of the PDF": ended - composed,
        "PDF kB": len(made) / 1000,
        "entries": len(facts.entries),
        "peak MB of typst": _peak_kilobytes(psutil.Process().children()[0].pid) / 1024,
    }


def hostile(_inputs: str) -> dict[str, float]:
    """Make drafts whose note is one of the longest and worst texts that the form admits."""
    from consultazione.minutes.compose.document import compose
    from consultazione.minutes.pdf import make_pdf
    from tests.support.hostile_texts import LONGEST
    from tests.support.minutes_story import facts

    composed = compose(facts())
    took = {}
    for name, note in {"start": "", **LONGEST}.items():
        notes = [{"point_id": composed["agenda"][0]["id"], "body": note}]
        document = {"minutes_id": 9, "facts": composed, "notes": notes, "conclusions": []}
        begun = time.perf_counter()
        make_pdf({**document, "approved": None}, address=_ADDRESS, digest=None, at=_AT)
        took[name] = time.perf_counter() - begun
    return took


def bare(inputs: str) -> dict[str, float]:
    """Make the same PDF by typst alone."""
    from consultazione.config import ROOT

    place = ROOT / "consultazione" / "minutes"
    given = pickle.loads(Path(inputs).read_bytes())
    begun = time.perf_counter()
    fonts = typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(ROOT / "static" / "vendor" / "fonts" / "titillium-web")],
    )
    template = (place / "verbale.typ").read_bytes()
    compiler = typst.Compiler(template, root=place, font_paths=fonts, sys_inputs=given)
    made = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=0)
    return {"s": time.perf_counter() - begun, "PDF kB": len(made) / 1000}  # type: ignore[arg-type]


def _peak_kilobytes(pid: int | str = "self") -> int:
    """The most memory that a process has held; getrusage would count its parent's too."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Run one side and write its figures."""
    side, *words = sys.argv[1:]
    figures = {"ours": ours, "bare": bare, "hostile": hostile}[side](*words)
    figures["peak MB"] = _peak_kilobytes() / 1024
    rounded = {name: round(value, 3) for name, value in figures.items()}
    Path(words[-1] + ".json").write_text(json.dumps(rounded))


if __name__ == "__main__":
    main()
