"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """seconds: by the clock and of the processor; memory: bytes of address space; output: bytes."""

    seconds: int = 40
    memory: int = 1 << 29
    output: int = 40 * 1024 * 1024
