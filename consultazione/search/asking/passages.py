"""The text around the words that were found, cut where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

# Signs of the private use area, which no stored text has: they mark what was found.
_START, _STOP = "\ue000", "\ue001"
_HOW = f"StartSel={_START}, StopSel={_STOP}, MaxWords=35, MinWords=15, MaxFragments=2"
_WHOLE = f"StartSel={_START}, StopSel={_STOP}, HighlightAll=true"
# A passage is looked for in so much of a text: each thousand characters take 0.1 ms.
_MOST = 20_000
_MARKS = re.compile(r"[*_#>`|~\[\]\ue000\ue001]+")
_OURS = re.compile(f"[{_START}{_STOP}]")
_HEADLINES = text(
    "SELECT ts_headline('italian_plain', body, CAST(:query AS tsquery), how)"
    " FROM unnest(CAST(:bodies AS text[]), CAST(:hows AS text[])) WITH ORDINALITY"
    " AS given (body, how, place) ORDER BY place"
)

Parts = Sequence[tuple[str, bool]]


def passages(
    session: Session, query: str, texts: Sequence[tuple[str, str]]
) -> list[tuple[Parts, Parts]]:
    """Title and passage of each pair of title and text: pieces, with True for what was found.

    query: as `Asked` has it. One statement. The pieces are plain text, which pages must escape.
    """
    if not texts:
        return []
    bodies = [one for title, body in texts for one in (_OURS.sub("", title), _without_marks(body))]
    hows = [_WHOLE, _HOW] * len(texts)
    found = session.scalars(_HEADLINES, {"query": query, "bodies": bodies, "hows": hows}).all()
    parts = [_parts(one or "") for one in found]
    return list(zip(parts[::2], parts[1::2], strict=True))


def _without_marks(body: str) -> str:
    return " ".join(_MARKS.sub(" ", body[:_MOST]).split())


def _parts(headline: str) -> Parts:
    parts: list[tuple[str, bool]] = []
    for piece in headline.split(_START):
        hit, stop, rest = piece.partition(_STOP)
        parts += [(hit, True), (rest, False)] if stop else [(piece, False)]
    return [(text, is_hit) for text, is_hit in parts if text]
