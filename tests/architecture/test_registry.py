"""The registry of events: each is closed, speaks of the past, and stays readable for ever."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultazione.core.events import (
    Event,
    FreeText,
    UnknownEvent,
    from_data,
    registry,
    text_fields,
    to_data,
)
from tests.architecture import golden

KINDS = sorted(registry())
PAST = re.compile(r"ed$|en$|wn$")
IRREGULAR = {"cast", "held", "left", "made", "sent", "set"}
# The fields of plain text: codes, digests and sentences of ours; what people write is FreeText.
CODES = {
    *("certificate", "chain", "choice", "digest", "document_kind", "grounds", "method"),
    *("poll_kind", "reaction", "room_confirmed", "rule", "sha256"),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, the odd ones too."""
    if get_origin(hint) in (UnionType, Union):
        return st.one_of([values(option) for option in get_args(hint)])
    if hint is FreeText:
        return st.text().map(FreeText)
    if hint is datetime:
        return st.datetimes(timezones=st.just(UTC))
    return st.from_type(hint)


def instances(event: type[Event]) -> st.SearchStrategy[Event]:
    """Events of one kind."""
    hints = get_type_hints(event)
    wanted = {field.name: values(hints[field.name]) for field in golden.declared(event)}
    return st.builds(event, **wanted)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_event_comes_back_from_the_log_as_it_went(kind: str, data: st.DataObject) -> None:
    event = data.draw(instances(registry()[kind]))
    stored = json.loads(json.dumps(to_data(event)))
    assert from_data(kind, stored) == event


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_closed(kind: str) -> None:
    entry = golden.written()[kind]["entry"]
    with pytest.raises(UnknownEvent):
        from_data(kind, {**entry, "something_else": 1})
    event = from_data(kind, entry)
    with pytest.raises(FrozenInstanceError):
        setattr(event, next(iter(entry)), None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_names_a_thing_and_what_happened_to_it(kind: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", kind)
    words = kind.partition(".")[2].split("_")
    assert any(PAST.search(word) or word in IRREGULAR for word in words)


@pytest.mark.parametrize("kind", KINDS)
def test_the_docstring_is_one_sentence(kind: str) -> None:
    manual = registry()[kind].__doc__ or ""
    assert manual.endswith(".")
    assert "\n" not in manual
    assert not manual.startswith(registry()[kind].__name__)  # the one that dataclass writes


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_writes_is_free_text(kind: str) -> None:
    event = registry()[kind]
    plain = {name for name, hint in get_type_hints(event).items() if _is_plain_text(hint)}
    codes = {name for name in plain if name in CODES or name.endswith("sha256")}
    assert plain - {"kind"} == codes
    assert {"name", "email", "display_name", "password"}.isdisjoint(text_fields(event))


def test_every_kind_is_in_the_golden_file() -> None:
    """If this fails after a change on purpose: `python -m tests.architecture.golden`."""
    now = {kind: golden.described(event) for kind, event in registry().items()}
    assert {kind: set(old["fields"]) for kind, old in golden.written().items()} == {
        kind: set(fields) for kind, fields in now.items()
    }


@pytest.mark.parametrize("kind", sorted(golden.written()))
def test_an_old_kind_has_not_changed(kind: str) -> None:
    """A field stays with its type; a closed list may grow; a new field has a default."""
    event, old = registry()[kind], golden.written()[kind]
    now = golden.described(event)
    assert {name: now.get(name) for name, was in old["fields"].items() if isinstance(was, str)} == {
        name: was for name, was in old["fields"].items() if isinstance(was, str)
    }
    for name, was in old["fields"].items():
        if isinstance(was, list):
            assert set(was) <= set(now[name])
    for field in golden.declared(event):
        assert field.name in old["entry"] or golden.is_optional(field)


@pytest.mark.parametrize("kind", sorted(golden.written()))
def test_an_old_entry_is_readable(kind: str) -> None:
    entry = golden.written()[kind]["entry"]
    assert to_data(from_data(kind, entry)).items() >= entry.items()


def _is_plain_text(hint: Any) -> bool:
    return hint is str or set(get_args(hint)) == {str, NoneType}
