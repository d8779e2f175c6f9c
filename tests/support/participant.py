"""A browser in the room of a sitting, as far as the wire sees it.

It keeps what it was sent, comes back when the connection breaks, asks for what it missed,
and sends a command again until it is acknowledged: as static/sittings/live.js does, and a
person who presses the button once more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

from flask import Flask

from consultazione.core.actor import SYSTEM, Actor
from consultazione.people.commands.accounts import start_sign_in
from consultazione.web.security import Sessions
from tests.support.socketio_wire import NoAnswer, Wire
from tests.support.stack import Stack

_AGAIN_SECONDS = 0.2
# The frames that change what a browser shows of the room.
_KEPT = frozenset({"entries", "presence", "turnout", "questions", "upvotes"})


class Refused(AssertionError):
    """A command was refused; the message is the answer."""


def cookie_of(stack: Stack, actor: Actor) -> str:
    """Sign a person in, as another browser; the cookie that it then has."""
    assert actor.person_id is not None
    with stack.database().transaction(SYSTEM) as tx:
        key = start_sign_in(tx, person_id=actor.person_id, device="test")
    app = Flask(__name__)
    app.secret_key = (stack.secrets_dir / "secret_key").read_text()
    serializer = Sessions().get_signing_serializer(app)
    assert serializer is not None
    kept = {"key": key, "person": actor.person_id, "_permanent": True}
    return f"consultazione={serializer.dumps(kept)}"


class Participant:
    """Somebody in a room; a context manager, who leaves the wire but not the sitting."""

    def __init__(self, stack: Stack, actor: Actor, sitting_id: int) -> None:
        self.person_id = actor.person_id
        self.sitting_id = sitting_id
        self.snapshot: dict[str, Any] | None = None
        self.frames: list[dict[str, Any]] = []
        self.number = 0
        self._address = stack.url
        self._cookie = cookie_of(stack, actor)
        self._wire: Wire | None = None
        self._resuming = False
        self._held: list[dict[str, Any]] = []
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._stay, daemon=True)

    def __enter__(self) -> Participant:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def entries(self) -> list[dict[str, Any]]:
        """The entries that have arrived, each once, in order."""
        found = {entry["number"]: entry for entry in (self.snapshot or {}).get("chronicle", ())}
        for frame in list(self.frames):
            if frame["event"] == "entries":
                found.update((entry["number"], entry) for entry in frame["payload"]["entries"])
        return [found[number] for number in sorted(found)]

    def insist(self, message: str, **data: Any) -> dict[str, Any]:
        """Send a command until it is acknowledged; Refused if the answer is a refusal."""
        while True:
            answer = self._try(message, data)
            if answer and answer["ok"]:
                return answer
            # A server that is coming or going asks for patience.
            if answer and answer["error"] not in {"busy", "too_many"}:
                raise Refused(f"{message} {data}: {answer}")
            time.sleep(_AGAIN_SECONDS)

    def _try(self, message: str, data: dict[str, Any]) -> dict[str, Any] | None:
        try:
            answer: dict[str, Any] = self._wire.call(message, data) if self._wire else {}
        except NoAnswer:
            return None
        return answer or None

    def _stay(self) -> None:
        while not self._left.is_set():
            try:
                self._wire = Wire(self._address, cookie=self._cookie, on_event=self._hear)
            except Exception:  # whatever a server that is going or coming says
                self._left.wait(_AGAIN_SECONDS)
                continue
            self._resuming = False
            self._resume()
            while not self._left.is_set() and not self._wire.wait_broken(0.1):
                pass
        if self._wire:
            self._wire.close()

    def _hear(self, event: str, payload: Any, _at: float) -> None:
        frame = {"event": event, "payload": payload}
        if event == "resume":
            threading.Timer(_AGAIN_SECONDS, self._resume).start()
        elif event == "head":
            if payload["number"] > self.number:
                self._resume()
        elif event not in _KEPT:
            return
        elif self._resuming:
            self._held.append(frame)
        elif event == "entries" and payload["entries"][0]["number"] > self.number + 1:
            self._resume()
        else:
            self._keep(frame)

    def _resume(self) -> None:
        if self._resuming or self._wire is None:
            return
        self._resuming = True
        message: dict[str, Any] = {"sitting": self.sitting_id}
        if self.snapshot is not None:
            message["after"] = self.number
        self._wire.ask("enter", message).add_done_callback(self._entered)

    def _entered(self, answered: Any) -> None:
        answer = None if answered.cancelled() else answered.result()
        if answer and answer["ok"]:
            self._catch_up(answer)
        self._resuming = False
        if answer and not answer["ok"]:
            threading.Timer(_AGAIN_SECONDS, self._resume).start()
        for frame in self._held:
            self._keep(frame)
        self._held.clear()

    def _catch_up(self, answer: dict[str, Any]) -> None:
        if "snapshot" in answer:
            self.snapshot, self.number = answer["snapshot"], answer["snapshot"]["number"]
            self.frames.clear()
            return
        for frame in _frames_of(answer, self.sitting_id):
            self._keep(frame)

    def _keep(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["event"] == "entries" and frame["payload"]["entries"]:
            self.number = max(self.number, frame["payload"]["entries"][-1]["number"])


def _frames_of(answer: dict[str, Any], sitting_id: int) -> Iterator[dict[str, Any]]:
    """What the answer tells of the time away, as the frames that would have told it."""
    people = answer["people"]
    entries = {"stream": f"sitting:{sitting_id}", "entries": answer["entries"], "people": people}
    yield {"event": "entries", "payload": entries}
    presence = {**answer["presence"], "people": people, "sitting": sitting_id}
    yield {"event": "presence", "payload": presence}
    for event in ("questions", "turnout"):
        if answer[event] is not None:  # no poll is open: its closing is among the entries
            yield {"event": event, "payload": {**answer[event], "sitting": sitting_id}}
