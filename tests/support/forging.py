"""What somebody does to an unpacked archive: to one file, or as a forger who knows the format."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

# What is done to a file; each says which words the fault must have.
Mutation = Callable[[Path, random.Random], str]


def _flip(file: Path, chance: random.Random) -> str:
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)
    return ""


def _cut(file: Path, chance: random.Random) -> str:
    content = file.read_bytes()
    file.write_bytes(content[: chance.randrange(len(content))])
    return ""


def _lengthen(file: Path, chance: random.Random) -> str:
    file.write_bytes(file.read_bytes() + chance.choice([b"\n", b" ", b"x"]))
    return ""


def _remove(file: Path, _chance: random.Random) -> str:
    file.unlink()
    return "missing"


def _rename(file: Path, _chance: random.Random) -> str:
    file.rename(file.with_name(f"{file.name}-"))
    return "missing"


def _reorder(file: Path, _chance: random.Random) -> str:
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(reversed(lines)) if len(set(lines)) > 1 else b"")
    return ""


MUTATIONS: tuple[Mutation, ...] = (_flip, _flip, _flip, _cut, _lengthen, _remove, _rename, _reorder)


def sealed_anew(folder: Path) -> None:
    """Write the manifests anew, as a forger would."""
    for manifest, inside in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
            for path in folder.rglob("*")
            if path.is_file()
            and (name := path.relative_to(folder).as_posix()).startswith("data/") is inside
            and name != "tagmanifest-sha256.txt"
        ]
        (folder / manifest).write_text("".join(sorted(lines, key=lambda line: line[66:])))


def streams_in(folder: Path) -> list[Path]:
    """The files with the entries of streams."""
    return sorted((folder / "data/registro/voci").glob("*.jsonl"))


def chained_anew(lines: list[bytes]) -> list[bytes]:
    """Entries whose digests follow from each other again, all of them withheld."""
    digest, found = "0" * 64, []
    for number, line in enumerate(lines, 1):
        entry = {**json.loads(line), "number": number, "prev_digest": digest, "withheld": True}
        for name in ("actor_id", "data", "salt", "texts"):
            entry.pop(name, None)
        digest = entry["digest"] = hashlib.sha256(digest.encode() + line).hexdigest()
        found.append(json.dumps(entry).encode() + b"\n")
    return found


class Scene:
    """An archive in which somebody changes files, and which is as it was afterwards.

    It reads and writes what is changed alone, so that a thousand changes take little time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and path.stat().st_size and path.name != "verify.py"
        )
        self._before: dict[str, bytes | None] = {}

    def touch(self, name: str) -> Path:
        """A file that is about to be changed."""
        path = self.folder / name
        self._before.setdefault(name, path.read_bytes() if path.exists() else None)
        return path

    def write(self, name: str, content: bytes) -> None:
        """Put something else into a file."""
        self.touch(name).write_bytes(content)

    def lines(self, name: str) -> list[bytes]:
        """The lines of a file."""
        return (self.folder / name).read_bytes().splitlines(keepends=True)

    def seal(self) -> None:
        """Write the manifests anew for what was changed below `data/`, as a forger would."""
        digests = dict(
            line.rstrip(b"\n").split(b"  ", 1)[::-1] for line in self.lines("manifest-sha256.txt")
        )
        for name in self._before:
            path = self.folder / name
            if path.exists():
                digests[name.encode()] = hashlib.sha256(path.read_bytes()).hexdigest().encode()
            else:
                digests.pop(name.encode(), None)
        listed = [digest + b"  " + path + b"\n" for path, digest in sorted(digests.items())]
        self.write("manifest-sha256.txt", b"".join(listed))
        digest = hashlib.sha256(b"".join(listed)).hexdigest().encode()
        tags = [
            digest + line[64:] if line.endswith(b"  manifest-sha256.txt\n") else line
            for line in self.lines("tagmanifest-sha256.txt")
        ]
        self.write("tagmanifest-sha256.txt", b"".join(tags))

    def undo(self) -> None:
        """Put everything back."""
        for name, content in self._before.items():
            path = self.folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        self._before.clear()
