"""Seven hundred of a thousand random changes, each alone: to an unpacked archive.

`database_attacks.py` has the other three hundred.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable

from tests.support.archives import VOICES
from tests.support.forging import MUTATIONS, Scene, chained_anew

# What somebody does: the name that a fault must have.
Attack = Callable[[Scene, random.Random], str]
_SAID = "data/archivio.json"


def _a_file(scene: Scene, chance: random.Random) -> str:
    """A byte flipped, a file cut, lengthened, removed, renamed, or its lines reordered."""
    name = chance.choice(scene.files)
    scene.touch(f"{name}-")
    chance.choice(MUTATIONS)(scene.touch(name), chance)
    return name


def _an_added_file(scene: Scene, chance: random.Random) -> str:
    name = f"{chance.choice(scene.files)}.bis"
    scene.write(name, b"x")
    return name


def _stream(scene: Scene, chance: random.Random, least: int = 1) -> tuple[str, list[bytes]]:
    """The file of a stream with at least so many entries."""
    while True:
        name = chance.choice([name for name in scene.files if name.startswith(VOICES)])
        lines = scene.lines(name)
        if len(lines) >= least:
            return name, lines


def _named(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".jsonl").replace("-", ":")


def _forged(scene: Scene, file: str, lines: list[bytes]) -> str:
    scene.write(file, b"".join(lines))
    scene.seal()
    return _named(file)


def _an_entry_changed(scene: Scene, chance: random.Random) -> str:
    """Of an entry without content nothing but its digests is held by others."""
    file, lines = _stream(scene, chance)
    place = chance.randrange(len(lines))
    entry = json.loads(lines[place])
    withheld = ["digest", "number", "prev_digest", "stream"]
    name = chance.choice(
        withheld if "withheld" in entry else [*withheld, "kind", "salt", "actor_id"]
    )
    value = entry[name]
    entry[name] = _other(value) if isinstance(value, str) else (value or 0) + 1
    lines[place] = json.dumps(entry).encode() + b"\n"
    return _forged(scene, file, lines)


def _other(value: str) -> str:
    return ("1" if value[:1] == "0" else "0") + value[1:]


def _an_entry_removed(scene: Scene, chance: random.Random) -> str:
    file, lines = _stream(scene, chance)
    del lines[chance.randrange(len(lines))]
    return _forged(scene, file, lines)


def _an_entry_added(scene: Scene, chance: random.Random) -> str:
    file, lines = _stream(scene, chance)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return _forged(scene, file, lines)


def _entries_reordered(scene: Scene, chance: random.Random) -> str:
    file, lines = _stream(scene, chance, least=2)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return _forged(scene, file, lines)


def _a_tail_rewritten(scene: Scene, chance: random.Random) -> str:
    """With right links, and the head, and the manifests: the tree of the checkpoint knows."""
    file, lines = _stream(scene, chance)
    start = chance.randrange(len(lines))
    lines[start:] = chained_anew(lines)[start:]
    last, said = json.loads(lines[-1]), json.loads((scene.folder / _SAID).read_text())
    said["streams"][_named(file)] = [last["number"], last["digest"]]
    scene.write(_SAID, json.dumps(said).encode())
    return _forged(scene, file, lines)


def _a_stream_dropped(scene: Scene, chance: random.Random) -> str:
    """And its head: it is in the tree, and entries of other streams name it."""
    said = json.loads((scene.folder / _SAID).read_text())
    named = [name for name in said["streams"] if name.partition(":")[0] in _NAMED]
    name = chance.choice(sorted(named))
    del said["streams"][name]
    scene.write(_SAID, json.dumps(said).encode())
    scene.touch(f"{VOICES}/{name.replace(':', '-')}.jsonl").unlink()
    scene.seal()
    return name


# Streams that entries of others name by a number of theirs.
_NAMED = {"outcome", "poll", "sitting", "table"}


def _words_falsified(scene: Scene, chance: random.Random) -> str:
    listed = "data/dati/proposte.json"
    rows = json.loads((scene.folder / listed).read_text())
    row = chance.choice([row for row in rows if row["voci"]])
    row[chance.choice(sorted(row["voci"]))] += " davvero"
    scene.write(listed, json.dumps(rows).encode())
    scene.seal()
    return f"{listed}, row {row['id']}"


def _a_document_changed(scene: Scene, chance: random.Random) -> str:
    """And its digest in the list, and the manifests: the entry of the log has another."""
    rows = json.loads((scene.folder / "data/documenti.json").read_text())
    paper = chance.choice([row for row in rows if row["voce"]])
    content = bytearray((scene.folder / paper["file"]).read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    paper["sha256"] = hashlib.sha256(content).hexdigest()
    scene.write(paper["file"], bytes(content))
    scene.write("data/documenti.json", json.dumps(rows).encode())
    scene.seal()
    return str(paper["file"])


# Each attack, and how many times.
ATTACKS: dict[Attack, int] = {
    _a_file: 280, _an_added_file: 40, _an_entry_changed: 80, _an_entry_removed: 60,
    _an_entry_added: 60, _entries_reordered: 60, _a_tail_rewritten: 60, _a_stream_dropped: 20,
    _words_falsified: 20, _a_document_changed: 20,
}  # fmt: skip
assert sum(ATTACKS.values()) == 700
