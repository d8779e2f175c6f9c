"""Files that are replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from consultazione.core.durable import replace_durably


def test_a_file_is_on_the_disk_before_and_after_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "checkpoint", []
    path.write_text("old")

    def synchronise(descriptor: int) -> None:
        what = Path(f"/proc/self/fd/{descriptor}").readlink()
        seen.append(("directory" if what == tmp_path else what.read_text(), path.read_text()))

    monkeypatch.setattr(os, "fsync", synchronise)
    replace_durably(path, "new")
    assert seen == [("new", "old"), ("directory", "new")]


def test_bytes_are_readable_by_whom_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    replace_durably(path, b"\xff\r\n", mode=0o600)
    assert path.read_bytes() == b"\xff\r\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "checkpoint"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        replace_durably(path, "new")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]
