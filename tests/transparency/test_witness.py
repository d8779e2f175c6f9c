"""Witnesses: what is cosigned, what is refused and how, and that nothing is forgotten."""

from __future__ import annotations

import hashlib
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.config import BadSetting
from consultazione.transparency import tree
from consultazione.transparency.checkpoint import Checkpoint
from consultazione.transparency.cosignatures import cosigned_at, witness_signer
from consultazione.transparency.notes import Note, Signer, parse_signature
from consultazione.transparency.witness.answering import Answer, answer
from consultazione.transparency.witness.asking import NotCosigned, Witness, ask
from consultazione.transparency.witness.memory import Directory
from consultazione.transparency.witness.request import Request
from consultazione.transparency.witness.server import WitnessServer
from consultazione.witness_cli import read_logs, read_signer

ORIGIN = "example.org/log"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"l" * 32))
WITNESS = witness_signer("w.example/1", Ed25519PrivateKey.from_private_bytes(b"w" * 32))
TRUE = [tree.leaf_hash(str(n).encode()) for n in range(50)]
FORKED = [*TRUE[:19], *(tree.leaf_hash(f"fork {n}".encode()) for n in range(31))]
NOW = 1_700_000_000


def signed(size: int, leaves: Sequence[bytes] = TRUE, signer: Signer = LOG) -> str:
    text = Checkpoint(ORIGIN, size, tree.root_of(leaves[:size])).text
    return str(Note(text, [signer.sign(text)]))


def prove(size: int, leaves: Sequence[bytes] = TRUE) -> Callable[[int], list[bytes]]:
    return lambda old: tree.consistency_proof(old, size, tree.hash_at_of(leaves))


def request(old: int, size: int, leaves: Sequence[bytes] = TRUE) -> str:
    return str(Request(old, prove(size, leaves)(old), signed(size, leaves)))


class Judging:
    """A witness without HTTP."""

    def __init__(self, directory: Path) -> None:
        self.memory = Directory(directory)

    def __call__(self, body: str) -> Answer:
        logs = {ORIGIN: LOG.key}
        return answer(body, logs=logs, memory=self.memory, signer=WITNESS, now=NOW)


@pytest.fixture
def judge(tmp_path: Path) -> Judging:
    return Judging(tmp_path)


def test_it_cosigns_what_continues(judge: Judging) -> None:
    for old, new in ((0, 10), (10, 20), (20, 20), (20, 50)):
        given = judge(request(old, new))
        assert given.status == 200
        line = parse_signature(given.text.removesuffix("\n"))
        text = signed(new).partition("\n\n")[0] + "\n"
        assert cosigned_at(line, text, WITNESS.key) == NOW


def test_lines_of_others_do_not_stop_it(judge: Judging) -> None:
    """A checkpoint may come with as many of them as a note may have."""
    junk = "".join(f"— other{n} YWJjZGVmZ2hpamtsbW5v\n" for n in range(63))
    assert judge(f"{request(0, 2)}{junk}").status == 200
    kept = judge.memory.last(ORIGIN)
    assert kept is not None
    assert kept.size == 2
    assert judge(request(2, 3)).status == 200


def test_it_says_which_size_it_knows(judge: Judging) -> None:
    judge(request(0, 20))
    given = judge(request(0, 30))
    assert (given.status, given.text, given.type) == (409, "20\n", "text/x.tlog.size")
    assert judge(request(10, 30)).status == 409


@pytest.mark.parametrize("size", [20, 30, 50])
def test_it_refuses_a_fork_and_says_so(judge: Judging, size: int) -> None:
    judge(request(0, 20))
    given = judge(request(20, size, FORKED))
    assert given.status == 422
    assert f"{ORIGIN} showed another tree of 20 entries before" in given.text
    assert judge(request(20, 50)).status == 200


def test_it_refuses_a_proof_that_does_not_hold(judge: Judging) -> None:
    judge(request(0, 20))
    proof = prove(50)(20)
    for wrong in (proof[1:], [*proof, bytes(32)], [bytes(32), *proof[1:]], []):
        assert judge(str(Request(20, wrong, signed(50)))).status == 422
    assert judge(str(Request(0, [], signed(50)))).status == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("old 0\n", 400),
        ("old 01\n\n" + signed(5), 400),
        ("old 0\nAA==\n\n" + signed(5), 400),
        ("old 0\n" + "x\n" * 64 + "\n" + signed(5), 400),
        ("old 0\n\nno checkpoint\n", 400),
        ("old 9\n\n" + signed(5), 400),
        ("old 0\n\n" + signed(5).replace(ORIGIN, "example.org/unknown"), 404),
        ("old 0\n\n" + signed(5, signer=Signer(ORIGIN, WITNESS.private)), 403),
        ("old 0\n\n" + signed(5).replace("\n5\n", "\n6\n"), 403),
        ("old 0\n" + "A" * 43 + "=\n\n" + signed(5), 422),
    ],
)
def test_what_else_it_refuses(judge: Judging, body: str, status: int) -> None:
    assert judge(body).status == status
    assert judge.memory.last(ORIGIN) is None


def test_an_empty_tree_has_one_root(judge: Judging) -> None:
    assert judge(request(0, 0)).status == 200
    text = Checkpoint(ORIGIN, 0, bytes(32)).text
    assert judge(f"old 0\n\n{Note(text, [LOG.sign(text)])}").status == 422


def test_it_remembers_after_a_restart(tmp_path: Path) -> None:
    Judging(tmp_path)(request(0, 20))
    (tmp_path / "draft.new").write_text("half of a")
    again = Judging(tmp_path)
    assert again(request(20, 30, FORKED)).status == 422
    assert again(request(20, 30)).status == 200


@contextmanager
def serving(directory: Path, name: str) -> Iterator[Witness]:
    signer = read_signer(name, directory)
    server = WitnessServer(
        ("127.0.0.1", 0), signer, read_logs((LOG.key.text,)), Directory(directory)
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Witness(f"http://127.0.0.1:{server.server_port}", signer.key)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_fork_shown_to_two_witnesses_is_refused_by_both(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "a", "a.example/1") as first,
        serving(tmp_path / "b", "b.example/1") as second,
    ):
        for one in (first, second):
            assert ask(one, signed(20), 20, known=0, prove=prove(20)).is_by(one.key)
            assert ask(one, signed(30), 30, known=0, prove=prove(30)).is_by(one.key)
        for one in (first, second):
            with pytest.raises(NotCosigned, match=r"422: refused: .* showed another"):
                ask(one, signed(50, FORKED), 50, known=30, prove=prove(50, FORKED))
        origin = hashlib.sha256(ORIGIN.encode()).hexdigest()
        with urllib.request.urlopen(f"{first.url}/{origin}/checkpoint") as kept:
            assert kept.read().decode().startswith(signed(30))


def test_of_requests_at_once_none_takes_the_memory_back(tmp_path: Path) -> None:
    with serving(tmp_path, "a.example/1") as witness:
        threads = [
            threading.Thread(
                target=lambda size=size: _try(witness, size),
            )
            for size in range(1, 25)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last = Directory(tmp_path).last(ORIGIN)
        assert last is not None
        assert last.root == tree.root_of(TRUE[: last.size])
        assert ask(witness, signed(40), 40, known=last.size, prove=prove(40))


def _try(witness: Witness, size: int) -> None:
    try:
        ask(witness, signed(size), size, known=0, prove=prove(size))
    except NotCosigned:
        return


def test_what_http_refuses(tmp_path: Path) -> None:
    with serving(tmp_path, "a.example/1") as witness:
        for path, body, status in (
            ("/add-checkpoint", b"\xff", 400),
            ("/add-checkpoint", b"x" * 200_000, 413),
            ("/elsewhere", b"", 404),
            ("/../../etc/passwd", None, 404),
            (f"/{'0' * 64}/checkpoint", None, 404),
        ):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(witness.url + path, data=body))
            with refused.value as answered:
                assert answered.code == status


def test_a_witness_that_is_away_or_lies(tmp_path: Path) -> None:
    with pytest.raises(NotCosigned, match="is away"):
        ask(Witness("http://127.0.0.1:1", WITNESS.key), signed(5), 5, known=0, prove=prove(5))
    with serving(tmp_path, "a.example/1") as witness:
        other = Witness(witness.url, WITNESS.key)
        with pytest.raises(NotCosigned, match="no signature that holds"):
            ask(other, signed(5), 5, known=0, prove=prove(5))


def _answered_with(reply: bytes) -> NotCosigned:
    """How a witness fares that answers these bytes and hangs up."""

    def reply_once(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(5.0)
            connection.recv(1 << 16)
            connection.sendall(reply)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=reply_once, args=(listening,))
        thread.start()
        witness = Witness(f"http://127.0.0.1:{listening.getsockname()[1]}", WITNESS.key)
        with pytest.raises(NotCosigned) as refused:
            ask(witness, signed(5), 5, known=0, prove=prove(5))
        thread.join()
    return refused.value


@pytest.mark.parametrize(
    "reply",
    [
        b"rubbish\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\ntoo short",
        b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nno length",
    ],
)
def test_a_witness_that_answers_rubbish(reply: bytes) -> None:
    """Whatever it sends, only the asking fails."""
    assert str(_answered_with(reply)).startswith(WITNESS.key.name)


def test_a_witness_leads_nowhere_else() -> None:
    """What it answers with is no address that is asked next."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        to = f"Location: http://127.0.0.1:{other.getsockname()[1]}/"
        reply = f"HTTP/1.1 302 Found\r\n{to}\r\nContent-Length: 0\r\n\r\n"
        assert "answers 302" in str(_answered_with(reply.encode()))
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()


def test_keys_on_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="--log"):
        read_logs(("nonsense",))
    with pytest.raises(BadSetting, match="is not a log's"):
        read_logs((WITNESS.key.text,))
    with pytest.raises(BadSetting, match="--name"):
        read_signer("two words", tmp_path)
    (tmp_path / "witness_key").write_text("damaged")
    with pytest.raises(BadSetting, match="is no signing key"):
        read_signer("w.example/1", tmp_path)
