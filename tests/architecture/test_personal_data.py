"""Each kind of event says how its personal data is erased, and that is what happens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, get_type_hints

import pytest

from consultazione import models
from consultazione.core import events, log
from consultazione.core.actor import SYSTEM
from consultazione.core.columns import Base
from consultazione.core.db import Database
from consultazione.core.events import Event, FreeText, from_data, registry, text_fields, to_data
from consultazione.core.log.verify import verify_stream
from consultazione.core.personal_data import PERSON_IDS, personal_data
from tests.architecture import golden

assert models.ALL
KINDS = sorted(registry())
COLUMNS = {
    f"{table.name}.{column.name}"
    for table in Base.metadata.sorted_tables
    for column in table.columns
}
OF_A_PERSON = re.compile(r"person|_by$|author|delegate|speaker|voter|member|user|account")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_declares_its_free_texts_and_where_else_they_stand(kind: str) -> None:
    named = personal_data(registry()[kind]).texts.values()
    assert {column for columns in named for column in columns} <= COLUMNS
    assert all(named)


@pytest.mark.parametrize("kind", KINDS)
def test_an_id_of_a_person_is_known_as_one(kind: str) -> None:
    event = registry()[kind]
    numbers = {
        name for name, hint in get_type_hints(event).items() if hint in (int, int | None, list[int])
    }
    found = {name for name in numbers if OF_A_PERSON.search(name)}
    assert found == set(personal_data(event).person_ids) <= PERSON_IDS


@pytest.mark.parametrize("texts", [None, {}, {"body": "comment.body", "spoken": "comment.body"}])
def test_a_declaration_that_contradicts_the_fields_is_refused(
    monkeypatch: pytest.MonkeyPatch, texts: Any
) -> None:
    monkeypatch.setattr(events, "_REGISTRY", {})

    @dataclass(frozen=True, kw_only=True)
    class Said(Event, texts=texts):
        kind: ClassVar[str] = "something.said"
        body: FreeText
        spoken: int

    with pytest.raises(TypeError, match=r"something\.said declares"):
        personal_data(Said)


def test_every_free_text_can_be_erased(database: Database) -> None:
    """Of each kind: the words leave the log, the entry reads on, and the chain verifies."""
    assert set(KINDS) <= golden.written().keys(), "run `python -m tests.architecture.golden`"
    with database.transaction(SYSTEM) as tx:
        for kind in KINDS:
            tx.record("test:1", from_data(kind, golden.written()[kind]["entry"]))
    with database.transaction(SYSTEM) as erasing:
        for entry in tx.entries:
            log.erase_texts(erasing.session, entry.position)
    with database.snapshot() as session:
        assert session.query(log.TextRow).filter(log.TextRow.sealed.is_not(None)).count() == 0
        assert verify_stream(session, "test:1") == []
        for before, after in zip(tx.entries, log.read_stream(session, "test:1"), strict=True):
            held = to_data(before.event)
            # A text that a kind got later is missing in an entry of before.
            there = [name for name in text_fields(type(before.event)) if held[name] is not None]
            assert to_data(after.event) == held | dict.fromkeys(there, "")
