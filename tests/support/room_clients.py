"""The browser's whole client of a room under Node.js; the test holds its wire."""

from __future__ import annotations

from typing import Any

from tests.support.live_contract import assert_frame, assert_snapshot
from tests.support.node_process import NodeProcess

Answer = dict[str, Any]


class Clients(NodeProcess):
    """Any number of clients in one process."""

    program = "room_clients.mjs"

    def step(self, name: str, client: int, **values: Any) -> Answer:
        """Let something happen to a client; what it has asked so far, and its state.

        Frames and state fit the contract.
        """
        if name == "frame":
            assert_frame(values["event"], values["payload"])
        answer = self.ask({"step": name, "client": client, **values})
        assert_snapshot(answer["state"])
        return answer
