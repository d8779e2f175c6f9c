"""Two web processes serve one sitting: whoever is connected to either takes part in the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from consultazione.config import ROOT
from consultazione.core.actor import Actor
from consultazione.sittings.polls.commands.polls import close_poll, open_poll
from tests.support.factories import Factory
from tests.support.participant import cookie_of
from tests.support.socketio_wire import Wire
from tests.support.stack import Stack, free_port, listens
from tests.support.waiting import settles, wait_until


@pytest.fixture
def urls(stack: Stack) -> Iterator[tuple[str, str]]:
    """The address of the stack's web process, and of one more over the same data."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "consultazione", "web"],
        cwd=ROOT,
        env={**stack.environment, "PORT": str(port)},
    )
    try:
        wait_until(lambda: listens(port), within=30)
        yield stack.url, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


class Browser:
    """A browser that is in a sitting, and what it has heard."""

    def __init__(self, stack: Stack, url: str, who: Actor, sitting_id: int) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.room = {"sitting": sitting_id}
        self.wire = Wire(
            url,
            cookie=cookie_of(stack, who),
            on_event=lambda event, payload, _at: self.heard.append((event, payload)),
        )
        self.say("enter", **self.room)

    def say(self, message: str, **data: Any) -> None:
        """Send a message that must be acknowledged."""
        answer = self.wire.call(message, data)
        assert answer["ok"], answer

    def hears(self, event: str, **fields: Any) -> bool:
        """Wait until a frame came whose payload, or an entry's data in it, has the fields."""
        return settles(lambda: any(map(fields.items().__le__, self._told(event))), within=10)

    def _told(self, event: str) -> list[Any]:
        payloads = [payload for name, payload in list(self.heard) if name == event]
        entries = [entry["data"] for p in payloads for entry in p.get("entries", ())]
        return [p.items() for p in (*payloads, *entries)]


def test_a_sitting_over_two_processes(stack: Stack, make: Factory, urls: tuple[str, str]) -> None:
    sitting = make.sitting()
    chair = make.presided(sitting)
    anna, bruno = make.citizen(), make.citizen()
    here, there = (
        Browser(stack, url, who, sitting.id) for url, who in zip(urls, (anna, bruno), strict=True)
    )
    here.say("hand.raise", **here.room)
    assert there.hears("entries", person_id=anna.person_id)

    # Somebody with a window at each process is one person, and one of them can stand alone.
    second = Browser(stack, urls[1], anna, sitting.id)
    assert there.hears("presence", count=3)
    second.say("take_over", **second.room)
    assert here.hears("elsewhere", what="taken_over")

    with make.database.transaction(chair) as tx:
        poll_id = open_poll(tx, sitting_id=sitting.id, question="Approviamo?").id
    for browser, choice in ((here, "yes"), (there, "no"), (second, "yes")):
        browser.say("ballot.cast", poll=poll_id, choice=choice)
    assert here.hears("turnout", cast=2)
    assert there.hears("turnout", cast=2)
    with make.database.transaction(chair) as tx:
        result = close_poll(tx, poll_id=poll_id).result
    assert result is not None
    assert (result["tally"]["yes"], result["tally"]["no"]) == (1, 1)
    for browser in (here, there, second):
        browser.wire.close()
