"""Canonical bytes: digests that were once published must come out the same for ever."""

from __future__ import annotations

import pytest

from consultazione.core.canonical import canonical_json, sha256_of
from consultazione.minutes.compose import document

DOCUMENT = {"b": [1, "è 🌱"], "a": None, "c": {"z": False, "y": "«»"}}
DOCUMENT_SHA256 = "0915c30cb4473e825bd24a012c34a33b6e166617605941c808343586a222372e"


def test_a_document_has_the_digest_that_it_always_had() -> None:
    expected = '{"a":null,"b":[1,"è 🌱"],"c":{"y":"«»","z":false}}'
    assert canonical_json(DOCUMENT) == expected.encode()
    assert sha256_of(DOCUMENT) == document.sha256_of(DOCUMENT) == DOCUMENT_SHA256


def test_an_entry_keeps_its_bytes() -> None:
    entry = {"stream": "table:3", "number": 2, "actor_id": None, "data": {"è": [True]}}
    expected = '{"actor_id":null,"data":{"è":[true]},"number":2,"stream":"table:3"}'
    assert canonical_json(entry) == expected.encode()


def test_what_is_no_json_has_no_bytes() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))
