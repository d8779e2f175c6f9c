"""What travels in a room, held against `docs/live-contract.json`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from consultazione.live_contract import FILE

_CONTRACT: dict[str, Any] = json.loads(FILE.read_text())
_ROOM: dict[str, Any] = _CONTRACT["properties"]
_FRAMES: dict[str, Any] = _ROOM["frames"]["properties"]
_MESSAGES: dict[str, Any] = _ROOM["messages"]["properties"]


def assert_snapshot(value: Any) -> None:
    """A snapshot is as agreed, whether the server read it or the browser's reducer made it."""
    _assert_fits(value, _snapshot())


def assert_frame(event: str, payload: Any) -> None:
    """A frame is one of those agreed on, and looks so."""
    assert event in _FRAMES
    _assert_fits(payload, _frame(event))


def assert_answer(message: str, args: tuple[Any, ...], answer: Any) -> None:
    """An answer is one of those agreed on for its message, and what was done was well asked.

    An unknown message is refused.
    """
    _assert_fits(answer, _answer(message))
    if answer["ok"]:
        _assert_fits(*args, _fields(message))


def _assert_fits(value: Any, validator: Draft202012Validator) -> None:
    faults = [
        f"{error.instance_path}: {error.message[:300]}" for error in validator.iter_errors(value)
    ]
    assert faults == [], f"{FILE.name} has it otherwise: `make docs`, if that was on purpose"


@cache
def _snapshot() -> Draft202012Validator:
    return _validator(_ROOM["snapshot"])


@cache
def _frame(event: str) -> Draft202012Validator:
    return _validator(_FRAMES[event])


@cache
def _answer(message: str) -> Draft202012Validator:
    known = _MESSAGES.get(message)
    return _validator(known["properties"]["answer"] if known else {"$ref": "#/$defs/Refused"})


@cache
def _fields(message: str) -> Draft202012Validator:
    return _validator(_MESSAGES[message]["properties"]["fields"])


def _validator(part: dict[str, Any]) -> Draft202012Validator:
    """What a part of the contract asks for, with the types that it names."""
    return Draft202012Validator({**part, "$defs": _CONTRACT["$defs"]})
