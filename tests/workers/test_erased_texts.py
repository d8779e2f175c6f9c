"""The second half of an erasure: the dispatcher destroys keys, and goes on if it cannot."""

from __future__ import annotations

import pytest

from consultazione.comments.commands.moderating import erase_comment
from consultazione.core.actor import Role
from consultazione.core.text_keys import StateFile, keys_of
from tests.support.factories import Factory
from workers.loops.erased_texts import ErasedTexts


def holds(make: Factory, leaf: int) -> bool:
    with make.database.snapshot() as session:
        return keys_of(session).tree(session).holds(leaf)


def test_a_turn_that_fails_is_made_good_by_the_next(
    make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, erased = make.comment().leaf, make.comment()
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=erased.id, ground="Ordinanza del tribunale.")
    loop = ErasedTexts(make.database)

    def full(*_: object) -> None:
        raise OSError("no space left on the device")

    with monkeypatch.context() as patch:
        patch.setattr(StateFile, "destroy", full)
        loop.turn()
    assert holds(make, erased.leaf)
    loop.turn()
    assert (holds(make, erased.leaf), holds(make, kept)) == (False, True)
