"""The body of minutes as blocks: point by point, then commitments, conclusions and positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consultazione.documents.paper.model import Block, Items, Quote, Table, facts, text
from consultazione.documents.paper.prose import prose
from consultazione.minutes.compose.types import (
    CommitmentRow,
    ConclusionRow,
    GistRow,
    MinutesDocument,
    OnPoint,
    PointRow,
)
from consultazione.minutes.compose.wording import HEADINGS as W
from consultazione.minutes.papers.course import course, labelled
from consultazione.minutes.papers.levels import Levels


def body(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    """What happened at the sitting, from its opening to how its minutes were approved."""
    yield levels.section(W["discussion"])
    yield from _discussion(document, levels)
    yield from _remarks(document, levels)
    yield from _commitments(document, levels)
    yield from _conclusions(document, levels)
    yield from _positions(document, levels)
    yield from _speaking(document, levels)
    if approved := document["approved"]:
        by = "" if "how" in approved else f" ({approved['by']})"
        how = approved.get("how", "")
        told = f"{W['approved']} {approved['day']}, ore {approved['time']}{by}. {how}"
        yield text(told.strip())


def _discussion(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    found = document["facts"]
    gists = {gist["hand"]: gist for gist in document.get("gists", [])}
    notes = {note["point_id"]: note["body"] for note in document["notes"]}
    label = W["writers_note"] if "writers" in found else W["note"]
    yield text(found["opening"])
    for one in found.get("quorum", []):
        yield text(f"{W['time']} {one['time']['time']}: {one['sentence']}")
    for pause in found["breaks"]:
        span = f"{pause['from']['time']}–{pause['to']['time']}"
        yield text(f"{W['suspended']} {span}: {pause['reason']}")
    for point in found["agenda"]:
        yield levels.part(f"{point['rank']}. {point['title']}")
        yield from _point(point, gists)
        if point["id"] in notes:
            yield Quote(label, prose(notes[point["id"]]))
    if _has_course(found["outside"]):
        yield levels.part(W["outside"])
        yield from course(found["outside"], gists)
    yield text(found["closing"])


def _point(point: PointRow, gists: Mapping[int, GistRow]) -> Iterator[Block]:
    documents = "; ".join(
        f"{one['title']} ({one['file_name']})" for one in point.get("documents", [])
    )
    if documents:
        yield facts(((W["documents"], documents),))
    for said in point.get("approvals", []):
        yield text(said)
    started, ended = point["started"], point["ended"]
    is_treated = started is not None and ended is not None
    if started is not None and ended is not None:
        lasted = point["duration"]["text"] if point["duration"] else ""
        yield text(f"{W['time']} {started['time']}–{ended['time']}, {lasted}.", "quiet")
    if point.get("postponed"):
        yield text(W["postponed"])
    elif not is_treated:
        yield text(W["not_treated"])
    if _has_course(point):
        yield from course(point, gists)
    elif is_treated:
        yield text(W["no_speech"])


def _has_course(part: OnPoint) -> bool:
    return bool(part["speeches"] or part["polls"] or part["questions"] or part.get("statements"))


def _remarks(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    rows = document.get("remarks", [])
    if rows:
        yield levels.section(W["remarks"])
    for row in rows:
        about = f", {row['point']}" if row["point"] else ""
        yield labelled(f"{W['remark']} ({row['by']}){about}", row["body"])
        yield labelled(W["remark_answer"], row["answer"])


def _commitments(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    rows = document["facts"].get("commitments", [])
    if rows:
        yield levels.section(W["commitments"])
        cells = tuple((_promised(row), row["owner"], row["due"]["day"]) for row in rows)
        yield Table((W["commitment"], W["owner"], W["due"]), cells, (12, 7, 6))


def _promised(row: CommitmentRow) -> str:
    on = f" ({row['point']})" if row["point"] else ""
    return f"{row['body']}{on}"


def _conclusions(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    rows = document["conclusions"]
    if rows:
        yield levels.section(W["agreed"] if "parties" in document["facts"] else W["conclusions"])
    for row in rows:
        chapter = f"{row['chapter']['number']}, {row['chapter']['title']}"
        yield levels.part(f"{row['rank']}. {W['chapter']} {chapter}")
        yield from prose(row["body"])
        yield from _backing(row)


def _backing(row: ConclusionRow) -> Iterator[Block]:
    held = f" {W['held']}." if row.get("held") else ""
    warned = "; ".join(row.get("warnings", []))
    about = row["proposal"]
    rows = (
        (W["proposal"], f"{about['id']}: {about['title']}" if about else ""),
        (W["backing"], f"{row.get('vote', '')} {row.get('quorum', '')}".strip()),
        (W["warning"], f"{warned}.{held}" if warned else ""),
    )
    if any(value for _label, value in rows):
        yield facts(rows)


def _positions(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    rows = document["facts"].get("positions", [])
    if rows:
        yield levels.section(W["positions"])
    for row in rows:
        yield levels.part(row["organisation"])
        yield Items(False, tuple((text(said),) for said in row["said"]))


def _speaking(document: MinutesDocument, levels: Levels) -> Iterator[Block]:
    speaking = document["facts"]["speaking"]
    yield levels.section(W["speaking"])
    if not speaking["rows"]:
        yield text(W["no_speeches"])
        return
    cells = tuple(
        (row["category_name"], row["duration"]["text"], f"{row['share']}%")
        for row in speaking["rows"]
    )
    yield Table((W["category"], W["duration"], W["share"]), cells, (10, 5, 3))
