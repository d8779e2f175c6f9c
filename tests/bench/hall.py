"""Thousands of browsers in a process of their own, over real WebSockets.

``python -m tests.bench.hall`` reads orders as lines of JSON and answers each with one line:
``connect`` (url, cookies; again: those whose line broke), ``say`` (a message, all of them
over some seconds, each until it is acknowledged), ``arrivals`` of entries, ``heard``,
``steps``.
Moments are by time.perf_counter, which all processes of the machine share.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from consultazione.config import ROOT

_AT_ONCE = 100
_A_SOURCE = 5_000  # connections from one loopback address, which has so many ports
_ANSWER_SECONDS = 120.0
_MOST_TRIES = 100
_AGAIN_SECONDS = 0.2
_LARGEST_FRAME = 64 * 1024 * 1024
# The first one in an answer to ``enter``: of the room, or of the last entry that was missed.
_NUMBER = re.compile(rb'"number":(\d+)')


@lru_cache(maxsize=64)
def _numbers(payload: bytes) -> list[int]:
    """The numbers of a frame's entries; read once, as thousands get the same frame."""
    return [entry["number"] for entry in json.loads(payload[2:])[1]["entries"]]


class Hall:
    """The browsers' process as seen from the one that measures."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def order(self, what: str, **details: Any) -> Any:
        """Give an order and wait for what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **details}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def opened() -> Iterator[Hall]:
    """An empty hall."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Hall(process)
    finally:
        process.communicate()


class Browser(WSListener):  # type: ignore[misc]
    """One connection in the room."""

    def __init__(self, room: Room, cookie: str, place: int) -> None:
        self._room = room
        self.cookie = cookie
        self.place = place
        self.number = 0
        self.gaps = 0
        self.repeats = 0
        self._early: list[int] | None = []
        self.is_in: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_gone = False
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.is_gone = True
        for answer in [self.is_in, *self._asked.values()]:
            if not answer.done():
                answer.set_exception(ConnectionError("the line broke"))
                answer.exception()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        payload = frame.get_payload_as_bytes()
        if payload.startswith(b"42"):
            self._room.hear(self, payload)
        elif payload.startswith(b"43"):
            self._take(payload)
        elif payload.startswith(b"2"):
            self._send("3")
        elif payload.startswith(b"0"):
            self._send("40")
        elif payload.startswith(b"40"):
            self.is_in.set_result(None)

    def step(self, number: int) -> None:
        """An entry has come: the next one, one that was there, or one after a gap."""
        if self._early is not None:
            self._early.append(number)
        elif number <= self.number:
            self.repeats += 1
        else:
            self.gaps += number > self.number + 1
            self.number = number

    def come_in(self, number: int) -> None:
        """The room is there as of a number; what came before that answer comes now."""
        self.number = number
        early, self._early = self._early or [], None
        for each in early:
            self.step(each)

    async def ask(self, message: str, data: dict[str, Any]) -> Any:
        """Send a message and wait for its answer."""
        number = self._room.next_number()
        self._asked[number] = asyncio.get_running_loop().create_future()
        self._send(f"42{number}{json.dumps([message, data])}")
        return await asyncio.wait_for(self._asked[number], _ANSWER_SECONDS)

    def _take(self, payload: bytes) -> None:
        number, bracket, answer = payload[2:].partition(b"[")
        asked = self._asked.pop(int(number))
        if not asked.done():
            asked.set_result(bracket + answer)

    def _send(self, text: str) -> None:
        assert self._transport is not None
        self._transport.send(WSMsgType.TEXT, text.encode())


class Room:
    """All browsers, and what they heard."""

    def __init__(self) -> None:
        self.browsers: list[Browser] = []
        self.arrivals: dict[int, list[float]] = defaultdict(list)
        self.heard: Counter[str] = Counter()
        self._number = 0
        self._url = ""

    def next_number(self) -> int:
        self._number += 1
        return self._number

    def hear(self, browser: Browser, payload: bytes) -> None:
        """Note a message to the room; of entries, which they are."""
        at = time.perf_counter()
        event = payload[4 : payload.index(b'"', 4)].decode()
        self.heard[event] += 1
        if event == "entries":
            for number in _numbers(payload):
                self.arrivals[number].append(at)
                browser.step(number)

    async def connect(self, url: str = "", cookies: list[str] | None = None) -> Any:
        """Open a connection for each cookie, or anew for each that broke."""
        begun = time.perf_counter()
        self._url = url or self._url
        if cookies is not None:
            self.browsers = [Browser(self, cookie, n) for n, cookie in enumerate(cookies)]
        gate = asyncio.Semaphore(_AT_ONCE)
        broken = [b for b in self.browsers if cookies is not None or b.is_gone]
        failed = await asyncio.gather(*(self._open(browser, gate) for browser in broken))
        return {"seconds": time.perf_counter() - begun, "failed": sum(failed)}

    async def _open(self, browser: Browser, gate: asyncio.Semaphore) -> int:
        """Connect until it works; how often it did not."""
        async with gate:
            for failed in range(_MOST_TRIES):
                anew = Browser(self, browser.cookie, browser.place)
                anew.number, anew.gaps, anew.repeats = browser.number, browser.gaps, browser.repeats
                try:
                    await self._shake_hands(anew)
                except (OSError, TimeoutError, WSError):
                    await asyncio.sleep(_AGAIN_SECONDS)
                else:
                    self.browsers[browser.place] = anew
                    return failed
        raise ConnectionError(f"{self._url} lets nobody in")

    async def _shake_hands(self, browser: Browser) -> None:
        await ws_connect(
            lambda: browser,
            self._url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket",
            extra_headers={"Cookie": browser.cookie} if browser.cookie else {},
            local_addr=(f"127.0.0.{1 + browser.place // _A_SOURCE}", 0),
            websocket_handshake_timeout=30,
            max_frame_size=_LARGEST_FRAME,
        )
        await asyncio.wait_for(browser.is_in, 30)

    @property
    def steps(self) -> dict[str, Any]:
        """Up to which entries the browsers have come, and how many they missed or had twice."""
        return {
            "numbers": sorted({browser.number for browser in self.browsers}),
            "gaps": sum(browser.gaps for browser in self.browsers),
            "repeats": sum(browser.repeats for browser in self.browsers),
        }

    async def say(
        self, message: str, data: dict[str, Any], over: float = 0.0, after: bool = False
    ) -> Any:
        """Let each send the message, at its moment of some seconds, until it is acknowledged."""
        begun = time.perf_counter()
        gap = over / max(1, len(self.browsers))
        said = await asyncio.gather(
            *(self._one(b, n * gap, message, data, after) for n, b in enumerate(self.browsers))
        )
        waits = [wait for wait, _busy, _refusal in said]
        return {
            "seconds": time.perf_counter() - begun,
            "waits": waits,
            "busy": sum(busy for _wait, busy, _refusal in said),
            "refused": dict(Counter(refusal for *_, refusal in said if refusal)),
        }

    async def _one(
        self, browser: Browser, moment: float, message: str, data: dict[str, Any], after: bool
    ) -> tuple[float, int, str]:
        await asyncio.sleep(moment)
        begun, busy = time.perf_counter(), 0
        given = {**data, "after": browser.number} if after else data
        while True:
            try:
                raw = await browser.ask(message, given)
            except (ConnectionError, TimeoutError) as error:
                return time.perf_counter() - begun, busy, type(error).__name__
            if raw.startswith(b'[{"ok":true'):
                if found := _NUMBER.search(raw):
                    browser.come_in(int(found[1]))
                return time.perf_counter() - begun, busy, ""
            answer = json.loads(raw)[0]
            if "retry_after" not in answer:
                return time.perf_counter() - begun, busy, answer["error"]
            busy += 1
            await asyncio.sleep(answer["retry_after"])


async def main() -> None:
    """Follow the orders until there are no more."""
    room = Room()
    lines = asyncio.StreamReader(limit=2**26)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        order = json.loads(line)
        what = order.pop("do")
        if what in {"connect", "say"}:
            answer = await getattr(room, what)(**order)
        else:
            answer = getattr(room, what)
        print(json.dumps(answer), flush=True)
        if what == "arrivals":
            room.arrivals.clear()
        elif what == "heard":
            room.heard.clear()


if __name__ == "__main__":
    asyncio.run(main())
