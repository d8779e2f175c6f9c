"""Whoever changes one thing of an archive is found, and what they changed is named."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from consultazione.archive import verify
from tests.support.archives import Example
from tests.support.forging import MUTATIONS, Mutation, chained_anew, sealed_anew, streams_in


@pytest.fixture
def folder(example: Example, tmp_path: Path) -> Path:
    """An archive that may be changed."""
    return shutil.copytree(example.folder, tmp_path / "a")


@pytest.fixture(scope="module")
def mutable(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that every mutation leaves as it was."""
    return shutil.copytree(example.folder, tmp_path_factory.mktemp("mutated") / "a")


def _faults(folder: Path) -> list[str]:
    return list(verify.verify(str(folder)).faults)


def _files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if path.name != "verify.py"]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_file_is_named(mutable: Path, mutation: Mutation) -> None:
    """Thirty times each, and once in each tag file."""
    chance = random.Random(mutation.__name__)
    files = _files(mutable)
    tags = [path for path in files if path.parent == mutable]
    for file in [*tags, *chance.sample(files, 30)]:
        before, name = file.read_bytes(), file.relative_to(mutable).as_posix()
        why = mutation(file, chance)
        faults = _faults(mutable)
        file.with_name(f"{file.name}-").unlink(missing_ok=True)
        file.write_bytes(before)
        assert any(name in one and why in one for one in faults), (name, faults)
    assert _faults(mutable) == []


def test_an_added_file_is_named(folder: Path) -> None:
    (folder / "data" / "sito" / "nuova.html").write_text("x")
    (folder / "altro.txt").write_text("x")
    assert [one.partition(":")[0] for one in _faults(folder)] == [
        "altro.txt",
        "data/sito/nuova.html",
    ]


def test_a_forger_with_new_manifests_is_found_by_the_chain(folder: Path) -> None:
    """In every eighth stream: an entry is left out, renumbered, changed, or there twice."""
    sealed_anew(folder)
    assert _faults(folder) == []
    for file in streams_in(folder)[::8]:
        text, stream = file.read_text(), file.stem.replace("-", ":")
        lines = text.splitlines(keepends=True)
        middle = len(lines) // 2
        for forged in (
            lines[:middle] + lines[middle + 1 :],
            [
                *lines[:middle],
                lines[middle].replace('"number":', '"number":9'),
                *lines[middle + 1 :],
            ],
            [
                *lines[:middle],
                lines[middle].replace('"digest":"', '"digest":"0'),
                *lines[middle + 1 :],
            ],
            lines + lines[-1:],
        ):
            file.write_text("".join(forged))
            assert any(one.startswith(stream) for one in _faults(folder)), stream
        file.write_text(text)


def test_falsified_words_are_found(folder: Path) -> None:
    file = folder / "data/dati/proposte.json"
    rows = json.loads(file.read_text())
    rows[0]["body"] = "Non vogliamo niente."
    file.write_text(json.dumps(rows))
    sealed_anew(folder)
    place = rows[0]["voci"]["body"]
    assert _faults(folder) == [
        f"data/dati/proposte.json, row {rows[0]['id']}: body differs from entry {place}"
    ]


def test_falsified_minutes_are_found(folder: Path) -> None:
    listed = folder / "data/documenti.json"
    rows = json.loads(listed.read_text())
    minutes = next(one for one in rows if one["file"].endswith(".pdf") and one["voce"])
    content = (folder / minutes["file"]).read_bytes() + b"%"
    (folder / minutes["file"]).write_bytes(content)
    minutes["sha256"] = hashlib.sha256(content).hexdigest()
    listed.write_text(json.dumps(rows))
    sealed_anew(folder)
    assert _faults(folder) == [
        f"{minutes['file']}: is not the document of entry {minutes['voce']}: its digest is another"
    ]


@pytest.mark.parametrize("name", ["data/dati/proposte.json", "data/documenti.json"])
def test_a_true_one_covers_no_false_one(folder: Path, name: str) -> None:
    """Two rows, or two documents, that name the same entry: each is compared with it."""
    rows = json.loads((folder / name).read_text())
    if name == "data/documenti.json":
        true = next(row for row in rows if row["voce"])
        false = {
            **true,
            "file": f"{true['file']}.falso",
            "sha256": hashlib.sha256(b"Falso").hexdigest(),
        }
        (folder / false["file"]).write_bytes(b"Falso")
    else:
        true = next(row for row in rows if row["voci"])
        false = {**true, "body": "Parole mai scritte."}
    rows.insert(rows.index(true), false)
    (folder / name).write_text(json.dumps(rows))
    sealed_anew(folder)
    (fault,) = _faults(folder)
    assert f"entry {true.get('voce') or true['voci']['body']}" in fault


def test_a_rewritten_tail_is_found_by_the_checkpoint(folder: Path, example: Example) -> None:
    """The forger knows the format: chains, heads, and manifests are all made anew."""
    said = json.loads((folder / "data/archivio.json").read_text())
    file = next((folder / "data/registro/voci").glob("attendance-*.jsonl"))
    stream = file.stem.replace("-", ":")
    whole = file.read_bytes().splitlines(keepends=True)
    for forged in (whole[:-1], chained_anew(whole), whole[:-3] + chained_anew(whole)[-3:]):
        file.write_bytes(b"".join(forged))
        last = json.loads(forged[-1])
        said["streams"][stream] = [last["number"], last["digest"]]
        (folder / "data/archivio.json").write_text(json.dumps(said))
        sealed_anew(folder)
        faults = verify.verify(str(folder), example.key).faults
        assert any(one.startswith(f"{stream}: has") and "tree" in one for one in faults), faults


def test_a_forged_checkpoint_is_found(folder: Path, example: Example) -> None:
    """Each file of the tree once, with manifests made anew; the key comes from elsewhere."""
    log = folder / "data/registro"
    tree = [path for path in log.rglob("*") if path.is_file() and path.suffix != ".jsonl"]
    assert len(tree) > 5
    for file in tree:
        before = file.read_bytes()
        file.write_bytes(before[:-2] + bytes([before[-2] ^ 1]) + before[-1:])
        sealed_anew(folder)
        faults = verify.verify(str(folder), example.key).faults
        file.write_bytes(before)
        assert faults or file.name == "chiave.txt", file
    (log / "checkpoint").unlink()
    sealed_anew(folder)
    faults = verify.verify(str(folder), example.key).faults
    assert "data/registro/checkpoint: is missing: no key can vouch for the entries" in faults


def test_a_forged_proof_is_found(folder: Path) -> None:
    for file in (folder / "data/documenti").rglob("*.tlog-proof"):
        text = file.read_text()
        file.write_text(text.replace("index ", "index 1"))
        sealed_anew(folder)
        name = file.relative_to(folder).as_posix()
        why = "does not prove that the entry of its document stands in the tree"
        assert _faults(folder) == [f"{name}: {why}"]
        file.write_text(text)


def test_signatures_are_verified_as_rfc_8032_has_it() -> None:
    """The second test vector of section 7.1, and the same with one bit changed."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify.is_signed(public, "r", signature)
    assert not verify.is_signed(public, "s", signature)
    assert not verify.is_signed(
        public, "r", signature[:32] + bytes([signature[32] ^ 1]) + signature[33:]
    )
