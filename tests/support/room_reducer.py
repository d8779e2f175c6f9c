"""The browser's reducer under Node.js."""

from __future__ import annotations

from typing import Any

from tests.support.live_contract import assert_frame, assert_snapshot
from tests.support.node_process import NodeProcess


class Reducer(NodeProcess):
    """Answers what a snapshot becomes by frames."""

    program = "room_reducer.mjs"

    def replay(self, snapshot: dict[str, Any], frames: list[dict[str, Any]]) -> dict[str, Any]:
        """The state after the frames, the `gaps` that it saw, and the `queue` of hands.

        What goes in and what comes out fits the contract.
        """
        assert_snapshot(snapshot)
        for frame in frames:
            assert_frame(frame["event"], frame["payload"])
        answer = self.ask({"snapshot": snapshot, "frames": frames})
        assert_snapshot(answer["state"])
        return answer
