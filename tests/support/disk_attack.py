"""The attack on a secret poll from a copy of the disk: envelopes, salts and keys found in bytes.

It knows the tables' row format and the program, as whoever has the source does. Write-ahead
log and heap hold rows in the same form: numbers little-endian, short values behind one byte of
length, long ones behind four.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from consultazione.sittings.polls.envelopes import LENGTH, BrokenSeal, PollSeal, Sealed

_ID = struct.Struct("<q")
_LONG, _SHORT = struct.Struct("<I"), struct.Struct("<B")
_SALT = 32
# A key is no longer than this, so larger files hold none.
_MOST = 512


@dataclass(frozen=True)
class Disk:
    """The bytes of every file below some directories, as they are on the disk now."""

    files: dict[Path, bytes]

    @classmethod
    def read(cls, *directories: Path) -> Disk:
        """Read them all; sockets and what goes meanwhile are left out."""
        return cls(dict(_contents(directories)))

    def holding(self, *words: bytes) -> dict[str, bytes]:
        """The words that stand somewhere, by the file in which they do."""
        return {
            str(file): word for file, data in self.files.items() for word in words if word in data
        }

    def among(self, *names: str) -> Disk:
        """The files with one of these names in their path."""
        return Disk({f: data for f, data in self.files.items() if set(names) & set(f.parts)})

    def short_texts(self) -> set[bytes]:
        """The contents of files that may be keys."""
        return {data.strip() for data in self.files.values() if data.strip() and len(data) <= _MOST}


def envelopes(disk: Disk, poll_id: int) -> set[tuple[int, bytes]]:
    """Every envelope of a poll that is left, with the voter's id: in WAL, heap and TOAST."""
    poll, size = re.escape(_ID.pack(poll_id)), re.escape(_LONG.pack((LENGTH + 4) << 2))
    row = re.compile(b"%s(.{8})%s(.{%d})" % (poll, size, LENGTH), re.DOTALL)
    found = {match.groups() for data in disk.files.values() for match in row.finditer(data)}
    return {(_ID.unpack(voter)[0], sealed) for voter, sealed in found}


def salts(disk: Disk, poll_id: int) -> set[bytes]:
    """Every salt of a poll that is left."""
    head = _ID.pack(poll_id) + _SHORT.pack((_SALT + 1) << 1 | 1)
    row = re.compile(re.escape(head) + b"(.{%d})" % _SALT, re.DOTALL)
    return {match.group(1) for data in disk.files.values() for match in row.finditer(data)}


def opened(disk: Disk, poll_id: int, keys: Iterable[bytes]) -> dict[int, set[Sealed]]:
    """What the envelopes of a poll held, by voter, as far as any of the keys opens them."""
    told: dict[int, set[Sealed]] = {}
    seals = list(_seals(poll_id, salts(disk, poll_id), keys))
    for voter, sealed in envelopes(disk, poll_id):
        for seal in seals:
            with suppress(BrokenSeal):
                ballot = seal.unseal(voter, sealed)
                told.setdefault(voter, set()).add(ballot)
    return told


def _seals(poll_id: int, found: Iterable[bytes], keys: Iterable[bytes]) -> Iterator[PollSeal]:
    """Each key as the server's and as the poll's own."""
    keys = list(keys)
    for salt in found:
        for key in keys:
            yield PollSeal(poll_id, salt, key)
            with suppress(UnicodeDecodeError):
                yield PollSeal(poll_id, salt, key.decode())


def _contents(directories: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    for directory in directories:
        for file in directory.rglob("*"):
            with suppress(OSError):
                if file.is_file():
                    yield file, file.read_bytes()
