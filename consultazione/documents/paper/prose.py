"""What people wrote in Markdown, as blocks of a document."""

from __future__ import annotations

from collections.abc import Sequence

from consultazione.documents.paper import model, rich


def prose(text: str) -> tuple[model.Block, ...]:
    """The paragraphs and lists of a text, in order."""
    return blocks_of(rich.blocks(text))


def blocks_of(found: Sequence[rich.Block]) -> tuple[model.Block, ...]:
    """Paragraphs and lists as blocks of a document."""
    return tuple(_block(one) for one in found)


def _block(one: rich.Block) -> model.Block:
    if one["kind"] == "paragraph":
        return model.Paragraph(tuple(_run(run) for run in one["runs"]))
    return model.Items(one["kind"] == "numbers", tuple(blocks_of(item) for item in one["items"]))


def _run(run: rich.Run) -> model.Run:
    return model.Run(run["text"], tuple(mark for mark in model.MARKS if mark in run["marks"]))
