#!/usr/bin/env python3
"""Verifies this archive: no file and no entry is missing, added, reordered or changed.

    python3 verify.py [--key KEY] [DIRECTORY]

Ends with 0 and `whole: N entries, M documents, K files`, or with 1 and a line for each fault.
KEY is the log's public key as the body publishes it; without it, the one in the archive is used.
Needs Python 3.8 and nothing else; checks every file of the archive but itself.
The bag: RFC 8493. Entries: each stream is a chain, digest = SHA-256(digest before + canonical
JSON). The tree: RFC 6962, with the tiles, checkpoints and proofs of C2SP. Signatures: RFC 8032.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path

TAGS, MANIFEST = "tagmanifest-sha256.txt", "manifest-sha256.txt"
ENTRIES, TILES = "data/registro/voci/", "data/registro/tile/"
CHECKPOINT, KEY = "data/registro/checkpoint", "data/registro/chiave.txt"
BAG = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LEAF = re.compile(rb'^{"digest":"([0-9a-f]{64})","number":([0-9]+),"stream":"([^"]+)"}$')
COVERED = ("actor_id", "at", "data", "kind", "number", "salt", "stream")
OPEN = {*COVERED, "digest", "position", "prev_digest", "texts"}
WITHHELD = {"at", "digest", "kind", "number", "position", "prev_digest", "stream", "withheld"}
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
NAMES = re.compile("(?!minutes).*_id$")  # minutes have another number than their stream
TABLES = ("data/dati/proposte", "data/dati/osservazioni")


class Archive:
    """An archive in a directory, what was found wrong with it, and what it holds."""

    def __init__(self, root, key=None):
        self.root, self.key, self.faults, self.there = Path(root), key, [], set()
        self.entries = self.documents = self.files = 0
        self.tree = None  # of each stream what the tree has: the last number, and all digests
        self.words, self.papers = {}, {}  # by entry, what tables and documents have from it
        self.notes, self.named = {}, set()  # checkpoints by their bytes; streams that entries name

    def fault(self, where, why):
        line = f"{where}: {why}"  # a name may hold what a terminal obeys
        self.faults.append("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line))

    def path(self, name):
        """Where a file of the archive is; None for a link, a pipe, or what is not in it."""
        path = self.root / name
        return path if name in self.there and path.is_file() and not path.is_symlink() else None

    def read(self, name):
        return path.read_bytes() if (path := self.path(name)) else b""

    def json(self, name):
        try:
            return json.loads(self.read(name).decode("utf-8"))
        except (ValueError, RecursionError):
            self.fault(name, "cannot be read as JSON")


def verify(root, key=None):
    """The archive in a directory, verified: see `faults`, `entries`, `documents` and `files`."""
    archive = Archive(root, key)
    for check in (check_files, read_tree, read_words, read_papers, check_streams):
        try:
            check(archive)
        except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
            archive.fault("data", f"{check.__name__}: a file has not the fields it should")
    for (where, *_rest), *_more in [*archive.words.values(), *archive.papers.values()]:
        archive.fault(where, "stands in no published entry of the log")
    return archive


def check_files(archive):
    """Every file is in the manifests as it is, and every file of the manifests is there."""
    paths = [path for path in archive.root.rglob("*") if path.is_symlink() or not path.is_dir()]
    archive.there = {path.relative_to(archive.root).as_posix() for path in paths}
    archive.files, listed = len(archive.there), read_manifests(archive)
    for path in sorted(archive.there - set(listed) - {TAGS, "verify.py"}):
        archive.fault(path, "was added: it stands in no manifest")
    for path in sorted(set(listed) - {"verify.py"}):
        name = MANIFEST if path.startswith("data/") else TAGS
        if path not in archive.there:
            archive.fault(path, f"is missing, though {name} names it")
        elif digest_of(archive, path) != listed[path]:
            archive.fault(path, f"was changed: its SHA-256 is not the one of {name}")


def read_manifests(archive):
    """The digests of all files by their paths: of the tag files, and of those below data/."""
    listed = {}
    for name, inside in ((TAGS, False), (MANIFEST, True)):
        for path, digest in read_manifest(archive, name):
            if path.startswith("data/") != inside:
                archive.fault(path, f"stands in the wrong manifest, {name}")
            listed[path] = digest
    for path in sorted({"bagit.txt", "bag-info.txt", MANIFEST} - set(listed)):
        archive.fault(path, "stands in no manifest")
    if archive.read("bagit.txt") != BAG:
        archive.fault("bagit.txt", "does not say BagIt 1.0 in UTF-8")
    return listed


def read_manifest(archive, name):
    """The paths and digests of a manifest: in the order of paths, each with two blanks before."""
    before, lines = "", archive.read(name).split(b"\n")
    if lines.pop() != b"" or not lines:
        archive.fault(name, "is missing, empty, or does not end with a line")
    for number, line in enumerate(lines, 1):
        found = re.match(rb"^([0-9a-f]{64})  ([^\r\n]+)$", line)
        path = found.group(2).decode("utf-8", "replace") if found else ""
        if path <= before or path.startswith("/") or ".." in path.split("/"):
            archive.fault(name, f"line {number} is no digest with a path, or out of order")
        else:
            yield path, found.group(1).decode()
        before = max(path, before)


def digest_of(archive, name):
    """The SHA-256 of a file of the archive, read in pieces."""
    path, digest = archive.path(name), hashlib.sha256()
    if path is None:
        return "no file"
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def check_streams(archive):
    """Each stream is a chain that ends as archivio.json says, and stands in the tree so."""
    heads = archive.json("data/archivio.json")["streams"]
    named = {ENTRIES + stream.replace(":", "-") + ".jsonl" for stream in heads}
    for path in sorted(path for path in archive.there - named if path.startswith(ENTRIES)):
        archive.fault(path, "is a stream of which archivio.json knows nothing")
    pages = " ".join(archive.there)
    archive.named = {f"outcome:{n}" for n in re.findall(r"data/sito/esiti/([0-9]+)\.html", pages)}
    for stream, head in sorted(heads.items()):
        number, digest, digests = 0, "0" * 64, hashlib.sha256()
        for entry in read_stream(archive, stream):
            check_entry(archive, entry, number + 1, digest)
            check_texts(archive, entry)
            number, digest = entry["number"], entry["digest"]
            digests.update(digest.encode())
            archive.entries += 1
        if [number, digest] != head:
            archive.fault(stream, "ends elsewhere than archivio.json says: entries miss or are new")
        last, known = (archive.tree or {}).get(stream, (0, hashlib.sha256()))
        if archive.tree is not None and (last, known.digest()) != (number, digests.digest()):
            archive.fault(stream, f"has {last} entries in the signed tree, {number} here or others")
    for stream in sorted(archive.named & set(archive.tree or ()) - set(heads)):
        archive.fault(stream, "is missing: others name it, and the tree of the checkpoint has it")


def read_stream(archive, stream):
    """The entries of a stream, up to a line that is none."""
    path = archive.path(ENTRIES + stream.replace(":", "-") + ".jsonl")
    if path is None:
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line.decode("utf-8"))
                if entry.keys() == WITHHELD or isinstance(entry["texts"], dict):
                    bytes.fromhex(entry["digest"] + entry["prev_digest"])
                    if entry["stream"] == stream and type(entry["number"]) is int:
                        yield entry
                        continue
            except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
                pass
            archive.fault(f"{stream} #{number}", "is no entry of this stream")
            return


def check_entry(archive, entry, expected, digest):
    """An entry follows from the one before, and is what its digest covers."""
    where = f"{entry['stream']} #{entry['number']}"
    if entry["number"] != expected:
        archive.fault(f"{entry['stream']} #{expected}", "is missing or in the wrong place")
    elif entry["prev_digest"] != digest:
        archive.fault(where, "does not follow from the entry before it")
    if entry.keys() != WITHHELD:
        covered = canonical({name: entry.get(name) for name in COVERED})
        linked = hashlib.sha256(bytes.fromhex(entry["prev_digest"]) + covered).hexdigest()
        if linked != entry["digest"] or entry.keys() != OPEN:
            archive.fault(where, "was changed: its digest is not that of what it says")
        ids = {} if where.startswith("territory") else entry["data"]  # its zones have others
        archive.named |= {f"{k[:-3]}:{v}" for k, v in ids.items() if NAMES.match(k)}
    for paper, sealed, proof in archive.papers.pop(where, ()):
        if sealed not in map(str, entry.get("data", {}).values()):
            archive.fault(paper, f"is not the document of entry {where}: its digest is another")
        if proof:
            check_proof(archive, proof, entry)


def check_texts(archive, entry):
    """Each published text is the one whose digest its entry holds, and what tables say of it."""
    where = f"{entry['stream']} #{entry['number']}"
    for field, text in entry.get("texts", {}).items():
        try:
            said = bytes.fromhex(text["salt"]) + text["body"].encode("utf-8")
            whole = entry["data"][field] == {"digest": hashlib.sha256(said).hexdigest()}
        except (ValueError, TypeError, KeyError, AttributeError):
            whole = False
        if not whole:
            archive.fault(where, f"text '{field}' is not the one that the entry holds")
        for table, words in archive.words.pop((where, field), ()):
            if text["body"] != words:
                archive.fault(table, f"{field} differs from entry {where}")


def canonical(value):
    """The bytes of a JSON value that digests cover: keys sorted, no blanks, UTF-8."""
    return ENCODER.encode(value).encode("utf-8", "surrogatepass")


def read_words(archive):
    """Note the words that tables have from entries."""
    for table in TABLES:
        for row in archive.json(table + ".json"):
            for field, place in row["voci"].items():
                said = (f"{table}.json, row {row['id']}", row[field])
                archive.words.setdefault((place, field), []).append(said)


def read_papers(archive):
    """Note the documents that entries seal, each with its digest and its proof."""
    for paper in archive.json("data/documenti.json"):
        path, digest = paper["file"], digest_of(archive, paper["file"])
        if digest != paper["sha256"]:
            archive.fault(path, "is not the document that documenti.json describes")
        if paper["voce"]:
            archive.papers.setdefault(paper["voce"], []).append((path, digest, paper["prova"]))
        archive.documents += 1


def read_tree(archive):
    """The checkpoint's tree is that of the leaves; notes what they say of each stream."""
    content = archive.read(CHECKPOINT)
    if not content and archive.key:
        archive.fault(CHECKPOINT, "is missing: no key can vouch for the entries")
    if not content:
        return
    archive.key = archive.key or archive.read(KEY).decode("utf-8", "replace").strip()
    size, root = open_checkpoint(archive, CHECKPOINT, content)
    archive.tree, levels, last = {}, [], []
    for leaf in leaves_of(archive):
        found = LEAF.match(leaf)
        if found:
            stream = archive.tree.setdefault(found.group(3).decode(), [0, hashlib.sha256()])
            stream[0] = int(found.group(2))
            stream[1].update(found.group(1))
        grow(levels, 0, hashlib.sha256(b"\0" + leaf).digest())
        size -= 1
    for level, (known, hashes) in enumerate(levels):
        tiles = hashlib.sha256(b"".join(map(archive.read, tiles_of(archive, level))))
        if tiles.digest() != known.digest():
            archive.fault(f"{TILES}{level}", "does not hold the hashes of the leaves")
        last = [root_of(hashes + last)] if hashes or last else []
    if last != [root] or size:
        archive.fault(CHECKPOINT, "its root is not that of the leaves in the tiles")


def tiles_of(archive, level):
    return sorted(path for path in archive.there if path.startswith(f"{TILES}{level}/"))


def leaves_of(archive):
    """The data of all leaves, from bundles of 256, each with its length before it."""
    for path in tiles_of(archive, "entries"):
        content, at = archive.read(path), 0
        while at < len(content):
            end = at + 2 + int.from_bytes(content[at : at + 2], "big")
            yield content[at + 2 : end]
            at = end


def grow(levels, level, hashed):
    """Add a hash to a level of tiles: all its hashes so far, and those of the tile at hand."""
    if level == len(levels):
        levels.append([hashlib.sha256(), []])
    levels[level][0].update(hashed)
    levels[level][1].append(hashed)
    if len(levels[level][1]) == 256:
        above, levels[level][1] = root_of(levels[level][1]), []
        grow(levels, level + 1, above)


def root_of(hashes):
    """The root over the hashes of some leaves, or of equally high trees and one lower."""
    while len(hashes) > 1:
        pairs = [b"\1" + hashes[i] + hashes[i + 1] for i in range(0, len(hashes) - 1, 2)]
        hashes = [hashlib.sha256(pair).digest() for pair in pairs] + hashes[2 * len(pairs) :]
    return hashes[0]


def check_proof(archive, name, entry):
    """The proof beside a document leads from its entry's leaf to a signed checkpoint."""
    head, _blank, note = archive.read(name).partition(b"\n\n")
    size, root = open_checkpoint(archive, name, note)
    leaf = canonical({name: entry[name] for name in ("digest", "number", "stream")})
    found = hashlib.sha256(b"\0" + leaf).digest()
    try:
        first, index, *hashes = head.decode("utf-8").split("\n")
        node, last = int(index[6:]), size - 1
        for other in [base64.b64decode(one, validate=True) for one in hashes]:
            if node & 1 or node == last:
                found = hashlib.sha256(b"\1" + other + found).digest()
                while node and not node & 1:
                    node, last = node >> 1, last >> 1
            else:
                found = hashlib.sha256(b"\1" + found + other).digest()
            node, last = node >> 1, last >> 1
        whole = (first, index[:6], last, found) == ("c2sp.org/tlog-proof@v1", "index ", 0, root)
    except ValueError:
        whole = False
    if not whole:
        archive.fault(name, "does not prove that the entry of its document stands in the tree")


def open_checkpoint(archive, where, note):
    """The size and the root of a checkpoint that the log's key has signed."""
    if note not in archive.notes:
        try:
            text, _blank, lines = note.decode("utf-8").rpartition("\n\n")
            origin, size, root = text.split("\n")[:3]
            name, _id, public = (archive.key or "").split("+", 2)
            public = base64.b64decode(public, validate=True)
            key_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
            ours = [x[len(name) + 3 :] for x in lines.split("\n") if x[2:].startswith(name + " ")]
            signed = [base64.b64decode(one, validate=True) for one in ours]
            signed = [one[4:] for one in signed if one[:4] == key_id and public[:1] == b"\1"]
            if origin == name and any(is_signed(public[1:], text + "\n", one) for one in signed):
                archive.notes[note] = (int(size), base64.b64decode(root, validate=True))
        except ValueError:
            pass
    if note not in archive.notes:
        archive.fault(where, "is no checkpoint that the log's key has signed")
    return archive.notes.setdefault(note, (0, None))


P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(one, other):
    """The sum of two points of Ed25519, in extended coordinates."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    if not number:
        return 0, 1, 1, 0
    half = times(number >> 1, add(point, point))
    return add(half, point) if number & 1 else half


def point_of(raw):
    """The point that 32 bytes are; ValueError if they are none."""
    sign, y = divmod(int.from_bytes(raw, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or len(raw) != 32:
        raise ValueError("no point")
    return (x, y, 1, x * y % P) if x & 1 == sign else (P - x, y, 1, -x * y % P)


def is_signed(public, text, signature):
    """True if the signature of a text is one by the holder of a public key."""
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + text.encode("utf-8")).digest()
    asked = times(int.from_bytes(digest, "little") % ORDER, point_of(public))
    left = times(number, point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    right = add(point_of(signature[:32]), asked)
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--key", help="the log's public key, from elsewhere than this archive")
    parser.add_argument("directory", nargs="?", default=Path(__file__).resolve().parent)
    given = parser.parse_args(arguments)
    found = verify(given.directory, given.key)
    counts = f"{found.entries} entries, {found.documents} documents, {found.files} files"
    print("\n".join(found.faults) or f"whole: {counts}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
