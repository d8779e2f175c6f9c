"""The chronicle of a room as sentences, for browsers without scripts.

Says the same as `static/sittings/stream.js`, with the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from consultazione.sittings.labels import GROUNDS, TALLIES
from consultazione.sittings.room_words import CHRONICLE

_Values = dict[str, Any]


def chronicle_lines(room: _Values) -> list[_Values]:
    """Each entry of a snapshot's chronicle as a `sentence`, newest first.

    With each its `number` in the stream, its `kind`, and its moment (`at`).
    """
    return [
        {
            "number": entry["number"],
            "kind": entry["kind"],
            "at": datetime.fromisoformat(entry["at"]),
            "sentence": _sentence(room, entry),
        }
        for entry in reversed(room["chronicle"])
        if entry["kind"] in _LINES
    ]


def _sentence(room: _Values, entry: _Values) -> str:
    word, values = _LINES[entry["kind"]]
    found = values(room, entry["data"])
    if word == "result":
        word = "carried" if entry["data"]["carried"] else "not_carried"
    return str(CHRONICLE[word]).format(**found)


def _as_recorded(_room: _Values, data: _Values) -> _Values:
    return data


def _point(room: _Values, data: _Values) -> _Values:
    found: _Values = next(p for p in room["agenda"] if p["id"] == data["point_id"])
    return found


def _person(room: _Values, person_id: int) -> _Values:
    known = room["people"].get(str(person_id), {"name": CHRONICLE["somebody"]})
    of = known.get("organisation")
    return {"name": f"{known['name']} ({of})" if of else known["name"]}


def _presiding(room: _Values, data: _Values) -> _Values:
    return _person(room, data["presided_by"])


def _asking(room: _Values, data: _Values) -> _Values:
    return _person(room, data["person_id"])


def _speaker(room: _Values, data: _Values) -> _Values:
    for entry in room["chronicle"]:
        if entry["kind"] == "hand.raised" and entry["data"]["hand_id"] == data["hand_id"]:
            return _asking(room, entry["data"])
    return {"name": CHRONICLE["somebody"]}


def _result(_room: _Values, data: _Values) -> _Values:
    tally = data["tally"]
    counts = ", ".join(f"{name}: {tally[word]}" for word, name in TALLIES.items() if word in tally)
    return {**data, "grounds": GROUNDS[data["grounds"]], "counts": counts}


_LINES: dict[str, tuple[str, Callable[[_Values, _Values], _Values]]] = {
    "sitting.convened": ("convened", _as_recorded),
    "agenda.point_added": ("point_added", _as_recorded),
    "sitting.opened": ("opened", _presiding),
    "sitting.closed": ("closed", _as_recorded),
    "agenda.point_started": ("point_started", _point),
    "agenda.point_closed": ("point_closed", _point),
    "hand.raised": ("hand_raised", _asking),
    "hand.withdrawn": ("hand_withdrawn", _speaker),
    "floor.given": ("floor_given", _speaker),
    "floor.ended": ("floor_ended", _speaker),
    "poll.opened": ("poll_opened", _as_recorded),
    "poll.closed": ("result", _result),
}
