"""The approved plan as a document, composed from its view model: pure.

Its chapters with their paragraphs, a line below each on where it comes from, and every
contribution of the tables with the answer that it got (L. 328/2000, art. 19).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consultazione.documents.paper.model import (
    Block,
    Heading,
    Paper,
    Quote,
    Table,
    facts,
    part,
    text,
)
from consultazione.documents.paper.prose import blocks_of, prose
from consultazione.documents.paper.rich import Run
from consultazione.plan.models import ContributionState
from consultazione.plan.papers.answered import Answered
from consultazione.plan.papers.kind import PLAN
from consultazione.plan.papers.model import BlockPaper, ChapterPaper, PlanPaper
from consultazione.plan.papers.rich import Part
from consultazione.plan.papers.wording import HEADINGS

_ANSWERS = {
    ContributionState.PENDING: "In attesa di risposta",
    ContributionState.TAKEN_IN: "Accolto",
    ContributionState.TAKEN_IN_PART: "Accolto in parte",
    ContributionState.REFUSED: "Non accolto",
    ContributionState.NOT_OURS: "Di competenza altrui",
}


def plan_document(plan: PlanPaper, answers: Iterable[Answered]) -> Paper:
    """The plan with the contributions that its tables made."""
    return Paper(
        kind=PLAN.name,
        zone=plan["zone"],
        plan=plan["title"],
        title="Piano di zona",
        subject=f"{plan['zone']}, anni {plan['years']}",
        demo=plan["demo"],
        blocks=(
            facts(
                (
                    ("Ente capofila", plan["lead_body"]),
                    (HEADINGS["approved"], plan["act"]),
                    (HEADINGS["updated"], plan["day"]),
                )
            ),
            *(block for chapter in plan["chapters"] for block in _chapter(chapter)),
            *part("Contributi della consultazione e risposte", _answers(answers)),
        ),
    )


def _chapter(chapter: ChapterPaper) -> Iterator[Block]:
    yield Heading(2, f"{chapter['number']}. {chapter['title']}")
    yield from _parts(chapter["description"])
    if not chapter["blocks"]:
        yield text(HEADINGS["empty"], "quiet")
    for one in chapter["blocks"]:
        yield from _block(one)


def _block(one: BlockPaper) -> Iterator[Block]:
    if one["kind"] == "heading":
        yield Heading(3, one["title"])
    yield from _parts(one["parts"])
    if one["alt"]:
        yield text(f"{HEADINGS['in_words']} {one['alt']}")
        yield text(f"{HEADINGS['file']} {one['picture']}", "quiet")
    if one["demo"]:
        yield text(HEADINGS["invented"], "quiet")
    if one["origin"]:
        yield text(one["origin"], "quiet")


def _parts(parts: Iterable[Part]) -> Iterator[Block]:
    for one in parts:
        if one["kind"] == "table":
            yield _table(one["rows"])
        else:
            yield from blocks_of([one])


def _table(rows: Sequence[Sequence[Sequence[Run]]]) -> Table:
    """A table, whose rows are made as wide as the widest."""
    cells = [["".join(run["text"] for run in runs) for runs in row] for row in rows]
    width = max(map(len, cells))
    columns, *others = (tuple(row + [""] * (width - len(row))) for row in cells)
    return Table(columns, tuple(others), (1,) * width)


def _answers(found: Iterable[Answered]) -> Iterator[Block]:
    for one in found:
        contribution = one.contribution
        source = f"esito n. {one.outcome}, " if one.outcome else ""
        yield Quote(
            f"Contributo n. {contribution.id}, dal tavolo «{one.table}» "
            f"({source}conclusione {contribution.item.rank})",
            prose(contribution.item.body),
        )
        chapter = contribution.chapter
        yield text(
            f"{_ANSWERS[contribution.state]}. Capitolo {chapter.number}, {chapter.title}.",
            "stressed",
        )
        yield from prose(contribution.reason or "")
