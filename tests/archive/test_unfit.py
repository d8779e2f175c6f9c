"""Archives that are not restored: each is refused in a sentence, and nothing is changed."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consultazione.archive.reading import FORMAT
from consultazione.archive.restoring.bad import BadArchive
from consultazione.archive.restoring.unpacking import is_zip, opened
from tests.support.archives import Example, packed
from tests.support.forging import sealed_anew

Spoil = Callable[[zipfile.ZipFile], None]


def _led_out(archive: zipfile.ZipFile) -> None:
    archive.writestr("../fuori.txt", "x")


def _absolute(archive: zipfile.ZipFile) -> None:
    archive.writestr("/etc/fuori.txt", "x")


def _backslashed(archive: zipfile.ZipFile) -> None:
    archive.writestr("data\\..\\..\\fuori.txt", "x")


def _linked(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("data/collegamento")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    archive.writestr(link, "/etc/passwd")


def _twice(archive: zipfile.ZipFile) -> None:
    archive.writestr("data/due.txt", "x")
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("data/due.txt", "y")


def _bomb(archive: zipfile.ZipFile) -> None:
    archive.writestr("data/bomba", bytes(200 * 1024 * 1024), compresslevel=9)


def _packed_oddly(archive: zipfile.ZipFile) -> None:
    archive.writestr("data/raro", "x" * 100, compress_type=zipfile.ZIP_BZIP2)


def _through_a_file(archive: zipfile.ZipFile) -> None:
    archive.writestr("data/uno", "x")
    archive.writestr("data/uno/due", "x")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_led_out, "'../fuori.txt': no name for a file inside of the archive"),
        (_absolute, "'/etc/fuori.txt': no name for a file inside of the archive"),
        (_backslashed, "no name for a file inside of the archive"),
        (_linked, "'data/collegamento': no name for a file inside of the archive"),
        (_twice, "holds a file twice"),
        (_bomb, "it would unpack to 209,715,201 bytes"),
        (_packed_oddly, "data/raro: is encrypted, or packed in an unusual way"),
        (_through_a_file, "data/uno/due: stands where another file stands"),
    ],
)
def test_what_no_archive_of_ours_has_is_refused(tmp_path: Path, spoil: Spoil, why: str) -> None:
    file, folder = tmp_path / "a.zip", tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bagit.txt", "x")
        spoil(archive)
    with pytest.raises(BadArchive) as refused:
        opened(file, folder)
    assert why in str(refused.value)
    assert not [path for path in tmp_path.rglob("fuori*") if path.is_file()]


def test_a_broken_file_is_refused(example: Example, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(example.file.read_bytes()[:-5000])
    assert is_zip(file)
    with pytest.raises(BadArchive) as refused:
        opened(file, tmp_path)
    assert "it cannot be unpacked" in str(refused.value)


def test_a_file_that_does_not_unpack_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bagit.txt", "x" * 1000)
    begins = 30 + len("bagit.txt")
    content = file.read_bytes()
    file.write_bytes(content[:begins] + b"\xff" + content[begins + 1 :])
    with pytest.raises(BadArchive, match="it cannot be unpacked"):
        opened(file, tmp_path)


_HEADS = {"zone:1": [1, "0" * 64]}
_SAID: dict[str, Any] = {
    "formato": FORMAT, "zona": {"slug": "z"}, "ciclo": "2018-2020", "streams": _HEADS,
    "voci": {"pubblicate": 1, "trattenute": 0},
}  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        [],
        _SAID | {"formato": "altro/1"},
        {"formato": FORMAT},
        _SAID | {"zona": "z"},
        _SAID | {"zona": {}},
        _SAID | {"ciclo": 2018},
        _SAID | {"voci": {"pubblicate": "1", "trattenute": 0}},
        _SAID | {"streams": [1]},
        _SAID | {"streams": {"zone:1": 1}},
        _SAID | {"streams": {"zone:1": [1, "g"]}},
        _SAID | {"streams": {"zone:1": ["1", "0" * 64]}},
        _SAID | {"streams": {"../../zone:1": [1, "0" * 64]}},
    ],
)
def test_what_it_says_of_itself_has_a_shape(tmp_path: Path, said: object) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data/archivio.json", json.dumps(said))
        archive.writestr("data/stato.json", "{}")
    with pytest.raises(BadArchive, match=r"data/archivio\.json: [^ ]+: \w"):
        opened(file, tmp_path)


def _changed(example: Example, tmp_path: Path, name: str, *, sealed: bool) -> Path:
    """The archive with one file spoilt. sealed: with manifests made anew."""
    folder = shutil.copytree(example.folder, tmp_path / "spoilt")
    (file,) = folder.glob(name)
    file.write_bytes(file.read_bytes().replace(b"}", b'"}', 1))
    if sealed:
        sealed_anew(folder)
    return packed(folder, tmp_path / "b.zip")


@pytest.mark.parametrize(
    ("name", "sealed", "why"),
    [
        ("data/stato/zone.jsonl", False, "data/stato/zone.jsonl: was changed"),
        ("data/registro/voci/zone-*.jsonl", True, "zone:"),
    ],
)
def test_a_faulty_archive_is_refused_with_its_faults(
    example: Example, tmp_path: Path, name: str, sealed: bool, why: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    with pytest.raises(BadArchive) as refused:
        opened(_changed(example, tmp_path, name, sealed=sealed), folder)
    assert any(line.startswith(why) for line in refused.value.lines), refused.value.lines


def test_one_from_before_archives_could_be_restored(example: Example, tmp_path: Path) -> None:
    folder = shutil.copytree(example.folder, tmp_path / "old")
    (folder / "data/stato.json").unlink()
    shutil.rmtree(folder / "data/stato")
    sealed_anew(folder)
    file = packed(folder, tmp_path / "b.zip")
    (tmp_path / "here").mkdir()
    with pytest.raises(BadArchive) as refused:
        opened(file, tmp_path / "here")
    assert refused.value.lines == (
        "it has no data/stato: it was made before archives could be restored; export the cycle "
        "again",
    )
