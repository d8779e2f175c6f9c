"""Waiting for what happens in another thread or process, never for a length of time."""

from __future__ import annotations

from collections.abc import Callable

from consultazione.embedded import process


def wait_until(condition: Callable[[], object], *, within: float, what: object = "") -> None:
    """Return as soon as `condition()` is true, which is asked every few hundredths of a second.

    within: seconds after which the test fails; what: said then, text or anything printable.
    """
    if not settles(condition, within=within):
        raise AssertionError(f"it did not happen within {within} seconds: {what or condition}")


def settles(condition: Callable[[], object], *, within: float) -> bool:
    """Whether `condition()` becomes true in time: for who says better what is wrong if not."""
    return process.wait_until(lambda: bool(condition()), seconds=within)
