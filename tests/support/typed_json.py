"""Values of JSON held against the TypedDict that they are declared as."""

from __future__ import annotations

from typing import Any

import msgspec


def assert_typed(value: Any, kind: Any) -> None:
    """A value has the fields of a type and their types, and nothing that the type does not name."""
    assert msgspec.convert(value, kind, strict=True) == value
