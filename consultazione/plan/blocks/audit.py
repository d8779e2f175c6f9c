"""What the blocks of the plan, their versions and their places must say by the plan's stream."""

from __future__ import annotations

from typing import Any

from consultazione.core.audit import AT, NOTHING, Audit, Folded, Is, Past, does, register
from consultazione.plan.blocks.models import (
    Block,
    BlockKind,
    BlockOrigin,
    BlockVersion,
    ChangeKind,
)

_TAKEN = ("contribution.taken_in", "contribution.taken_in_part", "contribution.answer_corrected")
_BY_HAND = ("paragraph.written", "block.written")


def _forwarded(rows: Folded, entry: Past) -> None:
    rows.memory["chapter", entry.data["contribution_id"]] = entry.data["chapter_id"]


def _block_of(entry: Past) -> int | None:
    """The block that an entry of writing is about; None if its text came in before."""
    data = entry.data
    found: int | None = data["paragraph_id"] if "paragraph_id" in data else data["block_id"]
    return found


def _chapter_of(rows: Folded, entry: Past) -> int:
    data = entry.data
    named = data.get("chapter_id") or rows.memory["chapter", data["contribution_id"]]
    return int(named)


def _order(rows: Folded, chapter_id: int) -> list[int]:
    order: list[int] = rows.memory.setdefault(("order", chapter_id), [])
    return order


def _number(rows: Folded, entry: Past, chapter_id: int) -> None:
    for rank, block_id in enumerate(_order(rows, chapter_id), start=1):
        if rows.said((block_id,)).get("rank") != rank:
            rows.say((block_id,), entry, rank=rank)


def _begin(rows: Folded, entry: Past, block_id: int, **values: Any) -> None:
    rows.say(
        (block_id,), entry, version=1, written_at=entry.at, generated_at=None, removed_at=None,
        removed_from=None, removed_reason=None, merged_into_id=None, **values,
    )  # fmt: skip


def _write(rows: Folded, entry: Past) -> None:
    block_id = _block_of(entry)
    if block_id is None:
        return
    if not rows.named(id=block_id):
        chapter_id = _chapter_of(rows, entry)
        kind = entry.data.get("block_kind", BlockKind.PARAGRAPH.value)
        order = _order(rows, chapter_id)
        order.append(block_id)
        _begin(rows, entry, block_id, chapter_id=chapter_id, kind=kind, rank=len(order))


def _generate(rows: Folded, entry: Past) -> None:
    _write(rows, entry)
    block_id = entry.data["block_id"]
    rows.say((block_id,), entry, version=entry.data["version"], generated_at=entry.at)


def _edit(rows: Folded, entry: Past) -> None:
    rows.say((entry.data["block_id"],), entry, version=entry.data["version"])


def _leave(rows: Folded, entry: Past, block_id: int) -> int:
    """A block leaves its place; the chapter that it stood in."""
    chapter_id: int = rows.said((block_id,))["chapter_id"]
    _order(rows, chapter_id).remove(block_id)
    _number(rows, entry, chapter_id)
    return chapter_id


def _move(rows: Folded, entry: Past) -> None:
    block_id, chapter_id = entry.data["block_id"], entry.data["chapter_id"]
    _leave(rows, entry, block_id)
    _order(rows, chapter_id).insert(entry.data["rank"] - 1, block_id)
    rows.say((block_id,), entry, chapter_id=chapter_id)
    _number(rows, entry, chapter_id)


def _divide(rows: Folded, entry: Past) -> None:
    block_id, new_id = entry.data["block_id"], entry.data["new_block_id"]
    said = rows.said((block_id,))
    chapter_id = said["chapter_id"]
    rows.say((block_id,), entry, version=entry.data["version"])
    _begin(rows, entry, new_id, chapter_id=chapter_id, kind=said["kind"])
    order = _order(rows, chapter_id)
    order.insert(order.index(block_id) + 1, new_id)
    _number(rows, entry, chapter_id)


def _take_away(rows: Folded, entry: Past, block_id: int, **values: Any) -> None:
    place = rows.said((block_id,))["rank"]
    _leave(rows, entry, block_id)
    rows.say((block_id,), entry, rank=None, removed_from=place, removed_at=entry.at, **values)


def _merge(rows: Folded, entry: Past) -> None:
    block_id = entry.data["block_id"]
    rows.say((block_id,), entry, version=entry.data["version"])
    _take_away(rows, entry, entry.data["merged_block_id"], merged_into_id=block_id)


def _remove(rows: Folded, entry: Past) -> None:
    _take_away(rows, entry, entry.data["block_id"], removed_reason=entry.data["reason"])


def _restore(rows: Folded, entry: Past) -> None:
    block_id = entry.data["block_id"]
    chapter_id = rows.said((block_id,))["chapter_id"]
    rows.say((block_id,), entry, removed_at=None, removed_from=None, removed_reason=None)
    _order(rows, chapter_id).insert(entry.data["rank"] - 1, block_id)
    _number(rows, entry, chapter_id)


_OF_BLOCK = (
    "chapter_id", "kind", "rank", "version", "written_at", "generated_at", "removed_at",
    "removed_from", "removed_reason", "merged_into_id",
)  # fmt: skip
BLOCK = Audit(
    Block,
    does("contribution.forwarded", _forwarded),
    does("block.generated", _generate),
    does((*_BY_HAND, *_TAKEN), _write, **{name: Is(None) for name in _OF_BLOCK}),
    does("block.edited", _edit),
    does("block.moved", _move),
    does("block.divided", _divide),
    does("blocks.merged", _merge),
    does("block.removed", _remove),
    does("block.restored", _restore),
)


def _version(rows: Folded, entry: Past, block_id: int, number: int, **values: Any) -> None:
    """The next text of a block."""
    rows.memory[block_id] = number
    rows.say(
        (block_id, number), entry,
        **{
            "alt": None, "reason": None, "from_block_id": None, "from_number": None,
            "contribution_id": None, "author_id": entry.actor_id, "at": entry.at,
        } | values,
    )  # fmt: skip


def _imported(rows: Folded, entry: Past) -> None:
    """The blocks of a document follow, one by one, each with the file's name."""
    rows.memory["file"] = [entry.data["file"], entry.data["count"]]


def _file(rows: Folded) -> object:
    """The name of the file that the block at hand was read from; None if there is none."""
    name, count = rows.memory.get("file", (None, 0))
    rows.memory["file"] = [name, count - 1]
    return name if count > 0 else None


def _first_text(rows: Folded, entry: Past, reason: object = None) -> None:
    data, block_id = entry.data, _block_of(entry)
    if block_id is not None:
        _version(
            rows, entry, block_id, 1, change=ChangeKind.WRITTEN, body=data["body"],
            alt=data.get("alt"), reason=reason, contribution_id=data.get("contribution_id"),
        )  # fmt: skip


def _text_by_hand(rows: Folded, entry: Past) -> None:
    _first_text(rows, entry, _file(rows))


def _generated_text(rows: Folded, entry: Past) -> None:
    data = entry.data
    if data["block_id"] not in rows.memory:
        _first_text(rows, entry)
        return
    _version(
        rows, entry, data["block_id"], data["version"],
        change=ChangeKind.GENERATED, body=data["body"],
    )  # fmt: skip


def _edited_text(rows: Folded, entry: Past) -> None:
    data = entry.data
    _version(
        rows, entry, data["block_id"], data["version"], change=ChangeKind.EDITED,
        body=data["body"], alt=data["alt"], reason=data["reason"],
    )  # fmt: skip


def _divided_text(rows: Folded, entry: Past) -> None:
    data = entry.data
    _version(
        rows, entry, data["new_block_id"], 1, change=ChangeKind.SPLIT, body=data["rest"],
        from_block_id=data["block_id"], from_number=data["version"] - 1,
    )  # fmt: skip
    _version(
        rows, entry, data["block_id"], data["version"], change=ChangeKind.SPLIT, body=data["body"]
    )


def _merged_text(rows: Folded, entry: Past) -> None:
    data, other = entry.data, entry.data["merged_block_id"]
    _version(
        rows, entry, data["block_id"], data["version"], change=ChangeKind.MERGED,
        body=data["body"], from_block_id=other, from_number=rows.memory.get(other, NOTHING),
    )  # fmt: skip


_OF_VERSION = (
    "change", "body", "alt", "reason", "author_id", "from_block_id", "from_number",
    "contribution_id",
)  # fmt: skip
VERSION = Audit(
    BlockVersion,
    does("blocks.imported", _imported),
    does(_BY_HAND, _text_by_hand),
    does("block.generated", _generated_text),
    does(_TAKEN, _first_text, at=AT, **{name: Is(None) for name in _OF_VERSION}),
    does("block.edited", _edited_text),
    does("block.divided", _divided_text),
    does("blocks.merged", _merged_text),
    key=("block_id", "number"),
)


def _taken(rows: Folded, entry: Past) -> None:
    block_id = _block_of(entry)
    if block_id is not None:
        rows.say((block_id, entry.data["contribution_id"]), entry)


def _copied(source: str, target: str) -> Any:
    """What a block holds text of, another one holds too."""

    def step(rows: Folded, entry: Past) -> None:
        for _block, contribution_id in rows.named(block_id=entry.data[source]):
            rows.say((entry.data[target], contribution_id), entry)

    return step


ORIGIN = Audit(
    BlockOrigin,
    does(_TAKEN, _taken),
    does("block.divided", _copied("block_id", "new_block_id")),
    does("blocks.merged", _copied("merged_block_id", "block_id")),
)

register("plan", audits=(BLOCK, VERSION, ORIGIN), apart=True)
