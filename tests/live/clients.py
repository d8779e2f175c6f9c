"""The browser's whole client of a room under Node.js; the test holds its wire."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.live.reducer import HERE, node
from tests.support.live_contract import assert_frame, assert_snapshot

Answer = dict[str, Any]


class Clients:
    """One process with any number of clients; a context manager."""

    def __enter__(self) -> Clients:
        self._process = subprocess.Popen(
            [node(), "--no-warnings", str(HERE / "client.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def step(self, name: str, client: int, **values: Any) -> Answer:
        """Let something happen to a client; what it has asked so far, and its state.

        Frames and state fit the contract.
        """
        if name == "frame":
            assert_frame(values["event"], values["payload"])
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"step": name, "client": client, **values}) + "\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        assert_snapshot(answer["state"])
        return answer
