"""Canonical bytes: digests that were once published must come out the same for ever."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultazione.core import canonical, log
from consultazione.core.canonical import canonical_json, sha256_of
from consultazione.minutes import file_views, pdf
from consultazione.minutes.commands import drafting
from consultazione.minutes.corrections import freezing
from consultazione.outcomes.commands import opening

# What minutes and outcomes are made of: no fractions, which PostgreSQL may write otherwise.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
DOCUMENT = {"b": [1, "è 🌱"], "a": None, "c": {"z": False, "y": "«»"}}
DOCUMENT_SHA256 = "0915c30cb4473e825bd24a012c34a33b6e166617605941c808343586a222372e"


def test_a_document_has_the_digest_that_it_always_had() -> None:
    expected = '{"a":null,"b":[1,"è 🌱"],"c":{"y":"«»","z":false}}'
    assert canonical_json(DOCUMENT) == expected.encode()
    assert sha256_of(DOCUMENT) == DOCUMENT_SHA256


def test_an_entry_keeps_its_bytes() -> None:
    entry = {"stream": "table:3", "number": 2, "actor_id": None, "data": {"è": [True]}}
    expected = '{"actor_id":null,"data":{"è":[true]},"number":2,"stream":"table:3"}'
    assert canonical_json(entry) == expected.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_json_has_no_bytes(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"share": number})


def test_half_a_character_has_no_bytes() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical_json("\ud800")


def test_whoever_seals_or_serves_a_document_writes_these_bytes() -> None:
    """A document is sealed, shown to the unions, served and attached by the same function."""
    sealing = {module.sha256_of for module in (freezing, drafting, opening)}
    serving = {module.canonical_json for module in (file_views, pdf)}
    assert (sealing, serving) == ({canonical.sha256_of}, {canonical.canonical_json})


@settings(max_examples=200, deadline=None)
@given(document=VALUES)
def test_bytes_are_those_that_sealed_documents_have(document: Any) -> None:
    """As minutes wrote them until they shared this function, for every document; and no
    document has the same bytes as another.
    """
    as_sealed = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical_json(document) == as_sealed.encode()
    assert json.loads(canonical_json(document)) == document


@settings(max_examples=100, deadline=None)
@given(data=VALUES, words=st.text(), actor=st.none() | st.integers(1), salt=st.binary())
def test_the_bytes_of_an_entry_are_those_of_its_fields(
    data: Any, words: str, actor: int | None, salt: bytes
) -> None:
    at = datetime(2018, 3, 5, 17, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    fields: dict[str, Any] = {"kind": words, "stream": words, "number": 7, "actor_id": actor}
    said = {"at": "2018-03-05T16:00:00.000005+00:00", "salt": salt.hex(), "data": data}
    entry = log.canonical(**fields, at=at, data=data, salt=salt)
    assert entry == canonical_json({**fields, **said})
