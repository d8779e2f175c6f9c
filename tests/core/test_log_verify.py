"""Verifying as a pure function: rows in, faults out, each with its place and its check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from consultazione.core.log.chain import GENESIS, canonical, chain_digest, text_digest
from consultazione.core.log.models import EntryRow, Stream
from consultazione.core.log.texts import SaltedText
from consultazione.core.log.verify import Check, Lost, find_faults

NAME = "test:1"
AT = datetime(2018, 2, 5, 16, 30, tzinfo=UTC)
SALT = b"s" * 16
BODY = "perché"


class Chain:
    """Three entries, the second with a free text, as an append would have stored them."""

    def __init__(self) -> None:
        self.rows: list[EntryRow] = []
        self.texts: dict[int, dict[str, SaltedText | Lost]] = {
            11: {"reason": SaltedText(SALT, BODY)}
        }
        for data in ({}, {"reason": {"digest": text_digest(SALT, BODY)}}, {"votes": 3}):
            self.rows.append(self.following({**data}))
        self.head: Stream | None = Stream(name=NAME, number=3, digest=self.rows[-1].digest)

    def following(self, data: dict[str, object]) -> EntryRow:
        """The row that comes next, properly linked."""
        number = len(self.rows) + 1
        prev_digest = self.rows[-1].digest if self.rows else GENESIS
        entry = canonical(
            stream=NAME, number=number, kind="k", at=AT, actor_id=None, data=data, salt=SALT
        )
        return EntryRow(
            position=9 + number,
            stream=NAME,
            number=number,
            kind="k",
            data=data,
            actor_id=None,
            at=AT,
            salt=SALT,
            digest=chain_digest(prev_digest, entry),
            prev_digest=prev_digest,
        )

    def faults(self) -> list[tuple[int, Check]]:
        found = find_faults(NAME, self.rows, self.texts, self.head)
        return [(fault.number, fault.check) for fault in found]


def lose(chain: Chain, place: int) -> None:
    del chain.rows[place]


def swap(chain: Chain) -> None:
    """Two entries change places, numbers and all but their digests."""
    first, second = chain.rows[1:]
    first.number, second.number = second.number, first.number
    chain.rows[1:] = [second, first]


def rewrite(chain: Chain) -> None:
    """An entry is changed together with its own digest."""
    row = chain.rows[0]
    row.kind = "other"
    entry = canonical(stream=NAME, number=1, kind="other", at=AT, actor_id=None, data={}, salt=SALT)
    row.digest = chain_digest(GENESIS, entry)


def change(chain: Chain) -> None:
    chain.rows[2].data = {"votes": 4}


def move(chain: Chain) -> None:
    chain.rows[2].position = 10


def retell(chain: Chain) -> None:
    chain.texts[11]["reason"] = SaltedText(SALT, "altro")


def add_text(chain: Chain) -> None:
    chain.texts[12] = {"votes": SaltedText(SALT, "4")}


def lose_text(chain: Chain) -> None:
    chain.texts.clear()


def lose_head(chain: Chain) -> None:
    chain.head = None


def move_head(chain: Chain) -> None:
    chain.head = Stream(name=NAME, number=3, digest=GENESIS)


def erase(chain: Chain) -> None:
    chain.texts[11]["reason"] = Lost.ERASED


def spoil_text(chain: Chain) -> None:
    chain.texts[11]["reason"] = Lost.UNREADABLE


@pytest.mark.parametrize(
    ("damage", "faults"),
    [
        (erase, []),
        (lambda chain: lose(chain, 0), [(1, Check.NUMBER)]),
        (lambda chain: lose(chain, 1), [(2, Check.NUMBER)]),
        (lambda chain: lose(chain, 2), [(3, Check.HEAD)]),
        (
            swap,
            [
                (2, Check.LINK),
                (2, Check.DIGEST),
                (3, Check.LINK),
                (3, Check.DIGEST),
                (3, Check.ORDER),
                (3, Check.HEAD),
            ],
        ),
        (rewrite, [(2, Check.LINK)]),
        (change, [(3, Check.DIGEST)]),
        (move, [(3, Check.ORDER)]),
        (retell, [(2, Check.TEXT)]),
        (spoil_text, [(2, Check.TEXT)]),
        (add_text, [(3, Check.TEXT)]),
        (lose_text, [(2, Check.TEXT)]),
        (lose_head, [(3, Check.HEAD)]),
        (move_head, [(3, Check.HEAD)]),
    ],
)
def test_damage_shows_at_its_place(
    damage: Callable[[Chain], None], faults: list[tuple[int, Check]]
) -> None:
    chain = Chain()
    assert chain.faults() == []
    damage(chain)
    assert chain.faults() == faults
