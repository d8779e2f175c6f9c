"""What cannot be loaded, and where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consultazione.core.errors import Refusal


class Fault(Exception):
    """Something in the file cannot be loaded. path: where in the file."""

    def __init__(self, path: tuple[str | int, ...], reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@contextmanager
def located(path: tuple[str | int, ...]) -> Iterator[None]:
    """Turn a refusal or a missing reference into a Fault that names this part of the file."""
    try:
        yield
    except Refusal as refusal:
        field = next(iter(refusal.fields), None)
        raise Fault((*path, field) if field else path, str(refusal.detail)) from refusal
    except Fault as fault:
        raise Fault((*path, *fault.path), fault.reason) from fault
