"""Minutes of one sitting as a paper, for ODT and XML; page and PDF have templates of their own."""

from __future__ import annotations

from collections.abc import Sequence

from consultazione.documents.colophon import DIGEST
from consultazione.documents.editions import edition_lines
from consultazione.documents.paper.model import Block, Heading, Paper, Seal, Signatures, text
from consultazione.minutes.compose.types import MinutesDocument, MinutesFacts
from consultazione.minutes.compose.wording import HEADINGS as W
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.papers.body import body
from consultazione.minutes.papers.head import head
from consultazione.minutes.papers.levels import Levels


def paper_of(document: MinutesDocument) -> Paper:
    """Minutes as they are shown; those of a draft say that they are one."""
    found, levels = document["facts"], Levels()
    return Paper(
        kind=MINUTES.name,
        zone=found["zone"],
        plan=found["plan"],
        title=found["heading"],
        subject=found["title"],
        notice="" if document["approved"] else W["draft_notice"],
        demo=found["demo"],
        blocks=(
            *(text(line) for line in _edition(document)),
            *head(document, levels),
            *body(document, levels),
            *signatures(found),
        ),
    )


def _edition(document: MinutesDocument) -> Sequence[str]:
    return edition_lines(document.get("edition")) if document["approved"] else ()


def seal_of(document: MinutesDocument, *, digest: str | None, address: str) -> Seal:
    """What is said from outside: number, digest and page; a draft has its page alone."""
    number = document.get("register")
    cited = f"{W['number']} {number['number']}/{number['year']}" if number else ""
    return Seal(address, cited, ((DIGEST, digest),) if digest else ())


def signatures(found: MinutesFacts) -> tuple[Block, ...]:
    """The lines to sign on: of the chair, and of who wrote."""
    if "mode" not in found:
        return ()
    lines = [(found["presiding"]["person"], W["sign_chair"])]
    if writers := found.get("writers"):
        lines.append((writers[-1]["person"], W["sign_writer"]))
    return Heading(2, W["signatures"]), text(W["signed"]), Signatures(tuple(lines))
