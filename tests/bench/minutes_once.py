"""One making of minutes, in a process of its own: ``ours URL SITTING INPUTS`` or ``bare INPUTS``.

`ours` keeps what it gives to typst in the file INPUTS; `bare` gives typst that. Either
writes its figures to INPUTS.json.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path

import typst


def ours(url: str, sitting_id: str, inputs: str) -> dict[str, float]:
    """Read the log, compose, and make the draft's PDF, as worker and page do."""
    from consultazione import events, models
    from consultazione.core import clock
    from consultazione.core.db import open_database
    from consultazione.minutes import pdf
    from consultazione.minutes.compose.document import compose
    from consultazione.minutes.gather import gather

    assert events.ALL
    assert models.ALL
    making = pdf._compile

    def keeping(given: dict[str, str], at: object) -> object:
        Path(inputs).write_bytes(pickle.dumps(given))
        return making(given, at)  # type: ignore[arg-type]

    pdf._compile = keeping  # type: ignore[assignment]
    database = open_database(url, pool_size=1)
    begun = time.perf_counter()
    with database.snapshot() as session:
        facts = gather(session, int(sitting_id))
    document = {"facts": compose(facts), "notes": [], "conclusions": []}
    composed = time.perf_counter()
    made = pdf.make_pdf(document, address="https://example.org/1", digest=None, at=clock.now())
    ended = time.perf_counter()
    return {
        "s": ended - begun,
        "s to compose": composed - begun,
        "PDF kB": len(made) / 1000,
        "entries": len(facts.entries),
    }


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


def _peak_kilobytes() -> int:
    """The most memory that this program has held; getrusage would count its parent's too."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Run one side and write its figures."""
    side, *words = sys.argv[1:]
    figures = {"ours": ours, "bare": bare}[side](*words)
    figures["peak MB"] = _peak_kilobytes() / 1024
    rounded = {name: round(value, 3) for name, value in figures.items()}
    Path(words[-1] + ".json").write_text(json.dumps(rounded))


if __name__ == "__main__":
    main()
