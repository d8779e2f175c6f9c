"""What people wrote in Markdown, as blocks of a document."""

from __future__ import annotations

from collections.abc import Sequence

from consultazione.documents.paper import model
from consultazione.minutes import rich


def prose(text: str) -> tuple[model.Block, ...]:
    """The paragraphs and lists of a text, in order."""
    return _blocks(rich.blocks(text))


def _blocks(found: Sequence[rich.Block]) -> tuple[model.Block, ...]:
    return tuple(_block(one) for one in found)


def _block(one: rich.Block) -> model.Block:
    if one["kind"] == "paragraph":
        return model.Paragraph(tuple(_run(run) for run in one["runs"]))
    return model.Items(one["kind"] == "numbers", tuple(_blocks(item) for item in one["items"]))


def _run(run: rich.Run) -> model.Run:
    return model.Run(run["text"], tuple(mark for mark in model.MARKS if mark in run["marks"]))
