"""An erased text is read by nobody who takes the disk afterwards, with all keys that are on it.

The whole product runs over a directory of its own. A comment is written and read, and the
attacker notes what the disk then holds of it; after its erasure no file holds it in clear, and
nothing that is left opens what was noted.
"""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from sqlalchemy import select

from consultazione.comments.commands.moderating import erase_comment
from consultazione.comments.models import Comment
from consultazione.core.actor import Role
from consultazione.core.log import TextRow
from consultazione.core.log.texts import LEAVES, text_place
from consultazione.core.text_keys import Damaged, Tree, keys_of, open_sealed
from consultazione.people.commands.tokens import create_token
from tests.support.factories import Factory
from tests.support.stack import Stack, running_stack
from tests.support.waiting import wait_until

DOOMED = "Quattordici ghiri scontenti nel solaio della prefettura"
KEPT = "Ventidue aironi prudenti sul campanile di Zola Predosa"
OPEN = "Diciotto ricci volenterosi lungo il torrente Samoggia"
LONG = 60  # times over: 3,300 characters, which PostgreSQL would compress and store apart


class Noted(NamedTuple):
    """What the attacker has of a text: its ciphertext, its place, and when it was weak, its key."""

    place: bytes
    sealed: bytes
    leaf: int
    key: bytes


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack(demo=False) as stack:
        yield stack


def test_an_erased_text_cannot_be_read_from_anything_that_is_left(stack: Stack) -> None:
    make = Factory(stack.database())
    proposal_id, author = make.proposal(body=OPEN).id, make.citizen()
    with make.database.transaction(author) as tx:
        token = create_token(tx, person_id=author.person_id or 0, label="test")
    comments = f"/api/v1/proposals/{proposal_id}/comments"
    ids = {words: _write(stack, comments, token, words) for words in (DOOMED, KEPT)}
    for path in (f"/proposte/{proposal_id}", comments):
        page = _ask(stack, "GET", path)
        assert (DOOMED in page, KEPT in page) == (True, True)
    _as_superuser(stack, "ANALYZE; CHECKPOINT")
    noted = {words: _noted(make, ids[words]) for words in ids}

    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=ids[DOOMED], ground="Ordinanza del tribunale.")
    wait_until(lambda: not _tree(make).holds(noted[DOOMED].leaf), within=10)
    _as_superuser(stack, "ANALYZE; CHECKPOINT")
    page = _ask(stack, "GET", f"/proposte/{proposal_id}")
    assert (DOOMED in page, KEPT in page) == (False, True)

    disk = _files(stack.place) | _files(stack.secrets_dir)
    assert _with(disk, OPEN.encode()), "what is not sealed is found, so the search works"
    assert [path for words in ids for form in _forms(words) for path in _with(disk, form)] == []
    # The write-ahead log still has the ciphertext of the erased text, which is of no use.
    pieces = (noted[DOOMED].sealed[at : at + 64] for at in range(0, 3000, 64))
    assert any("pg_wal" in str(path) for piece in pieces for path in _with(disk, piece))
    keys = _keys_on(stack, make)
    assert _opens(noted[KEPT], keys) == KEPT * LONG
    assert _opens(noted[DOOMED], keys) is None
    assert _with(disk, noted[DOOMED].key) == []
    assert stack.run("verify").returncode == 0


def _write(stack: Stack, path: str, token: str, words: str) -> int:
    """Comment over REST; the comment's id."""
    body = json.dumps({"position": "neutral", "body": words * LONG})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return int(json.loads(_ask(stack, "POST", path, body, headers))["id"])


def _ask(
    stack: Stack, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
) -> str:
    connection = http.client.HTTPConnection(urlsplit(stack.url).netloc, timeout=20)
    try:
        connection.request(method, path, body.encode(), headers or {})
        answer = connection.getresponse()
        page = answer.read().decode()
        assert answer.status in {http.client.OK, http.client.CREATED}, page
        return page
    finally:
        connection.close()


def _as_superuser(stack: Stack, statements: str) -> None:
    address = stack.database_url.replace(
        "postgresql+psycopg://consultazione", "postgresql://postgres"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements.split(";"):
            connection.execute(statement.encode())


def _tree(make: Factory) -> Tree:
    with make.database.snapshot() as session:
        return keys_of(session).tree(session)


def _noted(make: Factory, comment_id: int) -> Noted:
    with make.database.snapshot() as session:
        leaf = session.get_one(Comment, comment_id).leaf
        row = session.scalars(select(TextRow).where(TextRow.leaf == leaf)).one()
        assert row.sealed is not None
        key = keys_of(session).tree(session).key(row.leaf)
        return Noted(text_place(row.position, row.field), bytes(row.sealed), row.leaf, key)


def _files(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def _with(disk: dict[Path, bytes], needle: bytes) -> list[Path]:
    return [path for path, content in disk.items() if needle in content]


def _forms(words: str) -> set[bytes]:
    """Some words, and parts of them, as a file might hold them."""
    part = words.split(maxsplit=1)[1]
    whole = base64.b64encode(words.encode())[:48]
    return {
        part.encode(), words[:20].encode(), part.encode("utf-16-le"), part.encode().hex().encode(),
        quote(part).encode(), part.replace(" ", "+").encode(), whole,
    }  # fmt: skip


def _keys_on(stack: Stack, make: Factory) -> set[bytes]:
    """Every key that follows from what is in the files of keys, and every one that stands there.

    Of the leaves all that were ever drawn, and a hundred more; of the bytes every 32 in a row.
    """
    with make.database.snapshot() as session:
        drawn = session.scalar(LEAVES.next_value())
    keys: set[bytes] = set()
    for content in _files(stack.secrets_dir).values():
        keys |= {content[at : at + 32] for at in range(len(content) - 31)}
        try:
            tree = Tree.from_bytes(content)
        except ValueError:
            continue
        keys |= {tree.key(leaf) for leaf in range((drawn or 0) + 100) if tree.holds(leaf)}
    return keys


def _opens(noted: Noted, keys: set[bytes]) -> str | None:
    """What some key makes of a ciphertext; None if none of them opens it."""
    for key in keys:
        try:
            return open_sealed(key, noted.place, noted.sealed)[16:].decode()
        except Damaged:
            continue
    return None
