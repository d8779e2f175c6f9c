"""Validation messages, brought from marshmallow's nesting to one level."""

from __future__ import annotations

from typing import Any


def flatten(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as sentences by dotted field."""
    if not isinstance(messages, dict):
        return {prefix: [str(m) for m in (messages if isinstance(messages, list) else [messages])]}
    found: dict[str, list[str]] = {}
    for key, value in messages.items():
        skip = prefix == "" and key in {"json", "query", "form", "files"}
        path = "" if skip else f"{prefix}.{key}" if prefix else str(key)
        found |= flatten(value, path)
    return found
