"""Schemas of the forms of the plan's editor."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, validates_schema

from consultazione.plan.blocks.lengths import LONGEST_TEXT
from consultazione.plan.blocks.models import BlockKind
from consultazione.web.fields import Prose, Whole


class BlockSchema(Schema):
    """A new heading, list, table or figure."""

    body = Prose(required=True, least=2, most=LONGEST_TEXT)
    alt = Prose(load_default="", least=0, most=2000)

    def __init__(self, kind: BlockKind) -> None:
        super().__init__()
        self.kind = kind

    @validates_schema
    def _has_the_shape_of_its_kind(self, data: Mapping[str, str], **_kwargs: object) -> None:
        if fault := fault_of_body(self.kind, data.get("body", "")):
            raise ValidationError(str(fault), "body")


class EditSchema(BlockSchema):
    """The next text of a block, with the version that it replaces."""

    version = Whole(required=True)
    reason = Prose(required=True, least=3, most=2000)


class MoveSchema(Schema):
    """A place in a chapter."""

    chapter_id = Whole(required=True)
    rank = Whole(required=True, most=100_000)


class SplitSchema(Schema):
    """After how many sentences, or lines, a block is split."""

    version = Whole(required=True)
    after = Whole(required=True)


class MergeSchema(Schema):
    """The versions of two blocks that follow each other."""

    version = Whole(required=True)
    next_version = Whole(required=True)


class RemoveSchema(Schema):
    """Why a block is taken out."""

    version = Whole(required=True)
    reason = Prose(required=True, least=3, most=2000)


def fault_of_body(kind: BlockKind, body: str) -> object | None:
    """Why a text is no heading, list or table; None if it is what it should be."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    faults = {
        BlockKind.HEADING: len(lines) > 1 and _("A heading is one line."),
        BlockKind.LIST: not all(_is_item(line) for line in lines)
        and _("Begin each line with a dash and a blank, or with 1. and a blank."),
        BlockKind.TABLE: not _is_table(lines)
        and _("Put | between the cells of each row, and | --- | --- | below the first row."),
    }
    return faults.get(kind) or None


def _is_item(line: str) -> bool:
    mark, _blank, text = line.partition(" ")
    return bool(text) and (mark in {"-", "*", "+"} or mark.rstrip(".)").isdigit())


def _is_table(lines: list[str]) -> bool:
    ruled = len(lines) > 1 and "-" in lines[1] and not lines[1].strip("|-: ")
    return ruled and all("|" in line for line in lines)
