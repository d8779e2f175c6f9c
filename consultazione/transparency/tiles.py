"""Tiles of 256 hashes: where they stand in the tree, and their paths (C2SP tlog-tiles).

The tile `number` of level `level` holds the hashes of complete subtrees of 256**level leaves;
it is full, or the last of its level, with the width that the size of the tree gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consultazione.transparency.tree import HashAt, root_of

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
_PATH = re.compile(
    r"(?P<level>0|[1-9]|[1-5][0-9]|6[0-3]|entries)/(?P<number>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True)
class Tile:
    """One tile: level 0 holds hashes of leaves. width: 1 to 256."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def is_full(self) -> bool:
        """True if nothing will ever be added to it."""
        return self.width == WIDTH

    @property
    def path(self) -> str:
        """Its path below `tile/`, such as `0/x001/x234/067.p/8`."""
        return f"{self.level}/{_numbered(self)}"

    @property
    def bundle_path(self) -> str:
        """The path of the entries whose hashes it holds; of level 0 alone."""
        return f"entries/{_numbered(self)}"


def parse_path(path: str) -> tuple[Tile, bool]:
    """The tile that a path below `tile/` names, and whether its entries are meant.

    ValueError if it is none: paths have one spelling each.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError(f"{path!r} names no tile")
    is_bundle = found["level"] == "entries"
    number = int(re.sub("[x/]", "", found["number"]))
    width = int(found["width"] or WIDTH)
    tile = Tile(0 if is_bundle else int(found["level"]), number, width)
    if path != (tile.bundle_path if is_bundle else tile.path):
        raise ValueError(f"{path!r} names no tile")
    return tile, is_bundle


def width_in(level: int, number: int, size: int) -> int:
    """How wide a tile is in a tree of `size` leaves; 0 if it has none."""
    subtrees = size >> HEIGHT * level
    return max(0, min(WIDTH, subtrees - number * WIDTH))


def tiles_of(size: int) -> Iterable[Tile]:
    """All tiles of a tree of `size` leaves, level by level."""
    level = 0
    while subtrees := size >> HEIGHT * level:
        for number in range(-(-subtrees // WIDTH)):
            yield Tile(level, number, width_in(level, number, size))
        level += 1


def hash_at_in(read: Callable[[int, int], list[bytes]]) -> HashAt:
    """`HashAt` over tiles. read: the hashes of a tile, as many as there are, by level, number.

    Each tile is read once.
    """
    kept: dict[tuple[int, int], list[bytes]] = {}

    def hash_at(level: int, index: int) -> bytes:
        above = level % HEIGHT
        place = level // HEIGHT, index << above >> HEIGHT
        if place not in kept:
            kept[place] = read(*place)
        first = (index << above) % WIDTH
        return root_of(kept[place][first : first + (1 << above)])

    return hash_at


def split_hashes(content: bytes) -> list[bytes]:
    """The hashes that a tile's bytes hold."""
    return [content[at : at + HASH] for at in range(0, len(content), HASH)]


def bundle(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle: each entry after its length, two bytes, the larger first."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(content: bytes) -> list[bytes]:
    """The entries of a bundle; ValueError if it ends within one."""
    entries, at = [], 0
    while at < len(content):
        end = at + 2 + int.from_bytes(content[at : at + 2], "big")
        if end > len(content):
            raise ValueError("the bundle ends within an entry")
        entries.append(content[at + 2 : end])
        at = end
    return entries


def _numbered(tile: Tile) -> str:
    digits = str(tile.number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return name if tile.is_full else f"{name}.p/{tile.width}"
