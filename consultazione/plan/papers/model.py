"""The view model of the whole plan, from which page, PDF and ODT are made: pure data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from sqlalchemy.orm import Session

from consultazione.documents.paper.wording import day_at, day_of
from consultazione.plan.blocks.models import Block, BlockKind
from consultazione.plan.models import Plan
from consultazione.plan.papers.rich import Part, parts_of
from consultazione.plan.papers.wording import STATES
from consultazione.plan.queries import blocks_of
from consultazione.plan.standing import plan_of, state_of
from consultazione.zones.models import Chapter
from consultazione.zones.queries import chapters, get_cycle

_OWN_LINK = re.compile(r"\[([^\]]*)\]\((/[^)]*)\)")


class BlockPaper(TypedDict):
    """A block. picture: the digest of a figure's file; origin: a line on where it comes from."""

    id: int
    kind: str
    parts: list[Part]
    title: str
    alt: str
    picture: str
    picture_type: str
    origin: str
    demo: bool


class ChapterPaper(TypedDict):
    """A chapter with its blocks."""

    number: int
    title: str
    description: list[Part]
    blocks: list[BlockPaper]


class PlanPaper(TypedDict):
    """The plan as a document. state: in words; day: of the last change of a block."""

    title: str
    zone: str
    years: str
    lead_body: str
    state: str
    act: str
    day: str
    demo: bool
    chapters: list[ChapterPaper]


def plan_paper(
    session: Session, cycle_id: int, *, public_url: str | None, at: datetime
) -> PlanPaper:
    """The plan of a cycle as it stands. at: the moment at which it is read.

    public_url: of this site, where links to its pages lead; None for words without links.
    """
    cycle, plan = get_cycle(session, cycle_id), plan_of(session, cycle_id)
    rows = chapters(session, cycle_id)
    written = blocks_of(session, [chapter.id for chapter in rows])
    return {
        "title": f"Piano di zona {cycle.years}",
        "zone": cycle.zone.name,
        "years": cycle.years,
        "lead_body": cycle.zone.lead_body,
        "state": STATES[state_of(plan)],
        "act": _act(plan),
        "day": day_at(max((one.current.at for one in written), default=at)),
        "demo": any(one.demo for one in written),
        "chapters": [
            _chapter(row, (one for one in written if one.chapter_id == row.id), public_url)
            for row in rows
        ],
    }


def _act(plan: Plan | None) -> str:
    if plan is None or plan.act is None:
        return ""
    return f"{plan.act.title}, {day_of(plan.act.on_day)}"


def _chapter(row: Chapter, blocks: Iterable[Block], public_url: str | None) -> ChapterPaper:
    return {
        "number": row.number,
        "title": row.title,
        "description": parts_of(row.description),
        "blocks": [_block(one, public_url) for one in blocks],
    }


def _block(block: Block, public_url: str | None) -> BlockPaper:
    is_heading = block.kind is BlockKind.HEADING
    body = _OWN_LINK.sub(r"\1" if public_url is None else rf"[\1]({public_url}\2)", block.body)
    return {
        "id": block.id,
        "kind": block.kind.value,
        "parts": [] if is_heading else parts_of(body),
        "title": block.body if is_heading else "",
        "alt": block.alt or "",
        "picture": block.picture or "",
        "picture_type": block.picture_type or "",
        "origin": _origin(block),
        "demo": block.demo,
    }


def _origin(block: Block) -> str:
    if block.generated_at is not None:
        day = day_at(block.generated_at)
        return f"Scritto dalla piattaforma dai propri dati il {day}."
    if not block.contributions:
        return ""
    numbers = ", ".join(f"n. {one.id}" for one in block.contributions)
    return f"Dai contributi della consultazione: {numbers}."
