"""Frames that no browser of ours sends, made from the table of messages itself.

A new message, or a new field of one, is covered as soon as it stands in the table.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from marshmallow import Schema, fields

from consultazione.live.messages import MESSAGES

_DEEP: Any = [0]
for _ in range(200):
    _DEEP = [_DEEP]
# In place of any field. NaN and the infinities are none of JSON's, but Python reads them.
WILD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**53 + 1, 10**300, 1e308, float("nan"), float("-inf"),
    "", " ", "0", "-1", "x" * 9_000, "\x00", "\ud800", "'; DROP TABLE log_entry; --", "¹",
    [], {}, [1], {"id": 1}, {"$gt": ""}, _DEEP, "sitting:1", "1" * 4000,
)  # fmt: skip
_WORDS = ("yes", "no", "1", "1,2", "2>1", "blank", "Why?", "full", "table:1", "plan:1", "table:0")
_NAMES = ("", "connect", "disconnect", "message", "*", "enter ", "__init__", "poll.opened", "🗳")


@dataclass(frozen=True)
class Frame:
    """What is written to the socket; `number` of the answer that is due, `ends` the line."""

    text: str
    number: int | None = None
    name: str = ""
    ends: bool = False
    part: bytes | None = None


class Grammar:
    """Frames of a seed.

    ids: what numbers are drawn from, of things that are and are not; of: for some fields others.
    """

    def __init__(
        self, seed: int, ids: list[int], of: Mapping[str, list[int]] | None = None
    ) -> None:
        self._random = random.Random(seed)
        self._ids = ids
        self._ids_of = of or {}
        self._keys = [str(uuid.UUID(int=self._random.getrandbits(128))) for _ in range(12)]
        self._numbers = count(1)
        self._names = list(MESSAGES)

    def answered(self) -> Frame:
        """A frame whose sender waits for an answer."""
        return self._random.choices(
            (self._message, self._unknown, self._shapeless, self._broken, self._binary),
            (80, 6, 6, 4, 4),
        )[0]()

    def fatal(self) -> Frame:
        """A frame that is no packet; nobody waits for an answer to it."""
        pick = self._random.choice
        noise = "".join(chr(self._random.randrange(1, 0xD800)) for _ in range(20))
        texts = (
            "", "4", "9", "x", "b####", "4{", "4" + "[" * 20_000, "42", "42[", "42{}", "42[]",
            "42[7]", "44", "47[]", "42²[]", "4299999-[]", "41/x", "42/x,1[]", "451-[]",
            "3" * 99, "2" + "[" * 5000, "5" * 40, "7" + noise, "461-[]", '42["connect"]',
            "42[" + "9" * 6000 + "]", '42["' + "x" * 70_000 + '"]',
        )  # fmt: skip
        return Frame(pick(texts), ends=True)

    def _message(self) -> Frame:
        name = self._names.pop() if self._names else self._random.choice(list(MESSAGES))
        sent: Any = self.fit(MESSAGES[name].schema())
        for _ in range(self._random.choice((0, 1, 1, 1, 2))):
            sent = self._spoil(sent)
        return self._frame([name, sent], name)

    def _unknown(self) -> Frame:
        name = self._random.choice(_NAMES)
        return self._frame([name, {"sitting": self._id()}], name)

    def _shapeless(self) -> Frame:
        name, wild = self._random.choice(list(MESSAGES)), self._random.choice(WILD)
        shapes = ([name], [name, {}, {}], [name, [wild]], [wild], None, [[name], {}], {name: {}})
        return self._frame(self._random.choice(shapes), name)

    def _broken(self) -> Frame:
        number = next(self._numbers)
        texts = ("", "[", '["enter",', "nonsense", "[" * 9000, "{", '["enter",{"sitting":01}]')
        return Frame(f"42{number}{self._random.choice(texts)}", number)

    def _binary(self) -> Frame:
        number = next(self._numbers)
        head = f'45{self._random.choice((1, 3, 9999))}-{number}["enter",'
        return Frame(head + '{"_placeholder":true,"num":5}]', number, part=b"\x00" * 100)

    def _frame(self, content: Any, name: str) -> Frame:
        number = next(self._numbers)
        return Frame(f"42{number}{json.dumps(content)}", number, name)

    def fit(self, schema: Schema) -> dict[str, Any]:
        """Fields that fit a schema; those that may be left out are, now and then."""
        return {
            field.data_key or name: self._value(field, field.data_key or name)
            for name, field in schema.fields.items()
            if field.required or self._random.random() < 0.6
        }

    def _value(self, field: fields.Field[Any], name: str = "") -> Any:
        pick = self._random.choice
        makers: list[tuple[type, Callable[[], Any]]] = [
            (fields.Integer, lambda: pick(self._ids_of.get(name, self._ids))),
            (fields.UUID, lambda: pick(self._keys)),
            (fields.Enum, lambda: pick([member.value for member in field.enum])),  # type: ignore[attr-defined]
            (fields.Boolean, lambda: pick((True, False))),
            (fields.List, lambda: [self._value(field.inner)] * 2),  # type: ignore[attr-defined]
            (fields.Dict, lambda: {"1": self._id()}),
            (fields.Nested, lambda: self.fit(field.schema)),  # type: ignore[attr-defined]
            (fields.String, lambda: pick(_WORDS)),
        ]
        return next((make() for kind, make in makers if isinstance(field, kind)), pick(WILD))

    def _spoil(self, sent: dict[str, Any]) -> dict[str, Any]:
        wild, name = self._random.choice(WILD), self._random.choice([*sent, "extra"])
        how = self._random.randrange(4)
        if how == 0:
            return {key: value for key, value in sent.items() if key != name}
        if how == 1:
            return {**sent, f"{name}{wild!r:.20}": wild}
        return {**sent, name: wild}

    def _id(self) -> int:
        return self._random.choice(self._ids)
