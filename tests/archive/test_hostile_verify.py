"""Archives made to break the verifier: each has a fault of one line, and none is read outside."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consultazione.archive import verify
from tests.support.archives import VOICES, Example
from tests.support.forging import sealed_anew

Spoil = Callable[[Path], object]
_DEEP = b"[" * 100_000 + b"]" * 100_000
_LEAF = b'{"digest":"%s","number":%s,"stream":"zone:1"}' % (b"0" * 64, b"1" * 5_000)


def _is(name: str, content: bytes) -> Spoil:
    return lambda folder: (folder / name).write_bytes(content)


def _deep_entry(folder: Path) -> None:
    (folder / VOICES / f"{_stream(folder).replace(':', '-')}.jsonl").write_bytes(_DEEP)


def _stream(folder: Path) -> str:
    """The zone's stream: which number it has, is the database's affair."""
    streams = json.loads((folder / "data/archivio.json").read_bytes())["streams"]
    return next(name for name in streams if name.startswith("zone:"))


def _says(name: str, change: Callable[[Any], object]) -> Spoil:
    def spoil(folder: Path) -> None:
        said = json.loads((folder / name).read_bytes())
        change(said)
        (folder / name).write_text(json.dumps(said))

    return spoil


def _a_pipe(folder: Path) -> None:
    (folder / "data/archivio.json").unlink()
    os.mkfifo(folder / "data/archivio.json")


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (_is("data/documenti.json", _DEEP), "data/documenti.json"),
        (_deep_entry, "{stream} #1"),
        (
            _is("data/registro/tile/entries/000", len(_LEAF).to_bytes(2, "big") + _LEAF),
            "data: read_tree",
        ),
        (_says("data/documenti.json", lambda rows: rows[0].update(file="a\0")), "a\\x00"),
        (_says("data/documenti.json", lambda rows: rows[0].update(file="/dev/zero")), "/dev/zero"),
        (
            _says("data/archivio.json", lambda said: said["streams"].update({"\ud800:1": 1})),
            "\\ud800:1",
        ),
        (
            _says("data/archivio.json", lambda said: said["streams"].update({"\x1b[2J\nwhole": 1})),
            "\\x1b[2J\\nwhole",
        ),
        (_a_pipe, "data/archivio.json"),
    ],
)
def test_the_fault_is_one_line(example: Example, tmp_path: Path, spoil: Spoil, where: str) -> None:
    folder = shutil.copytree(example.folder, tmp_path / "a")
    begins = f"{where}: ".replace("{stream}", _stream(folder))
    spoil(folder)
    sealed_anew(folder)
    faults = verify.verify(folder).faults
    assert any(fault.startswith(begins) for fault in faults), faults[:5]
    assert all(fault.isprintable() for fault in faults)


def test_nothing_outside_of_it_is_read(example: Example, tmp_path: Path) -> None:
    """Neither a proof nor a document, though it is the right one."""
    folder = shutil.copytree(example.folder, tmp_path / "a")
    listed = folder / "data/documenti.json"
    rows = json.loads(listed.read_text())
    paper = next(row for row in rows if row["prova"])
    for name in ("file", "prova"):
        outside = tmp_path / name
        (folder / paper[name]).rename(outside)
        paper[name] = str(outside)
    listed.write_text(json.dumps(rows))
    sealed_anew(folder)
    assert [fault.partition(": ")[0] for fault in verify.verify(folder).faults] == [
        paper["file"],
        paper["file"],
        paper["prova"],
        paper["prova"],
    ]


def test_minutes_have_the_number_of_their_sitting() -> None:
    """Those with the number of a row may be another zone's, whose archive is another."""
    data = {"minutes_id": 1, "outcome_id": 2}
    entry = {"stream": "minutes:3", "number": 1, "prev_digest": "", "digest": "", "data": data}
    archive = verify.Archive("")
    verify.check_entry(archive, entry, 1, "")
    assert archive.named == {"outcome:2"}
