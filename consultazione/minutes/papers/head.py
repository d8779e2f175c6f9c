"""The head of minutes as blocks: number, place and time, agenda, attendance, premises."""

from __future__ import annotations

from collections.abc import Iterator

from consultazione.documents.paper.model import Block, Facts, Items, facts, text
from consultazione.minutes.compose.types import MinutesDocument, MinutesFacts
from consultazione.minutes.compose.wording import HEADINGS as W
from consultazione.minutes.papers.attendance import register_of
from consultazione.minutes.papers.levels import Levels


def particulars(document: MinutesDocument) -> Facts:
    """The facts that stand at the top."""
    found = document["facts"]
    opened, closed = found["opened"], found["closed"]
    return facts(
        (
            (W["place"], found["place"]),
            (W["mode"], found["mode"]["sentence"] if "mode" in found else ""),
            (W["open"], f"{opened['day']}, ore {opened['time']}"),
            (W["close"], f"{closed['day']}, ore {closed['time']}"),
            (W["duration"], found["duration"]["text"]),
            (W["presiding"], f"{found['presiding']['person']}, {found['presiding']['role']}"),
            (W["writes"], _writers(found)),
            (W["convocation"], found["convocation"]["sentence"]),
        )
    )


def head(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    """All that stands before the course of the sitting."""
    found = document["facts"]
    yield particulars(document)
    yield levels.section(W["agenda"])
    for point in found["agenda"]:
        about = point["proposal"]
        told = f" ({W['proposal'].lower()} {about['id']}: {about['title']})" if about else ""
        yield text(f"{point['rank']}. {point['title']}{told}")
    yield levels.section(W["attendance"])
    yield from _parties(found, levels)
    yield from _attendance(found)
    yield from _proxies(found, levels)
    if premises := found.get("premises"):
        yield levels.section(W["premises"])
        yield text(W["given_that"])
        yield Items(True, tuple((text(one),) for one in premises))
        yield text(W["all_premised"])


def _writers(found: MinutesFacts) -> str:
    return ", ".join(
        one["person"] + (f" ({W['from_time']} {one['since']['time']})" if "since" in one else "")
        for one in found.get("writers", [])
    )


def _parties(found: MinutesFacts, levels: Levels) -> Iterator[Block]:
    rows = found.get("parties", [])
    if rows:
        yield levels.part(W["parties"])
    for side in dict.fromkeys(row["side"] for row in rows):
        yield text(f"{side}:")
        of_side = [row for row in rows if row["side"] == side]
        told = (f"{row['organisation']}: {', '.join(row['persons'])}" for row in of_side)
        yield Items(False, tuple((text(one),) for one in told))


def _attendance(found: MinutesFacts) -> Iterator[Block]:
    register = found["attendance"]
    excused = register.get("excused")
    of_them = f" ({W['excused_count']}: {excused})" if excused else ""
    yield text(
        f"{W['persons']}: {register['persons']}. {W['absent_count']}: "
        f"{register['absent']}{of_them}."
    )
    if register["rows"]:
        yield register_of(register["rows"])
        legend = ", ".join(f"{one['mark']} {one['word']}" for one in register["legend"])
        yield text(legend, "quiet")


def _proxies(found: MinutesFacts, levels: Levels) -> Iterator[Block]:
    rows = found.get("proxies", [])
    if not rows:
        return
    yield levels.part(W["proxies"])
    yield text(W["proxies_count"])
    told = []
    for row in rows:
        whose = f" ({row['organisation']})" if row["organisation"] else ""
        ended = f"; {row['ended']}" if "ended" in row else ""
        told.append(
            f"{row['person']}{whose} {W['proxy_to']} {row['holder']}; {W['proxy_act']}: "
            f"{row['act']}{ended}."
        )
    yield Items(False, tuple((text(one),) for one in told))
