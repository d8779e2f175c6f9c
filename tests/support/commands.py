"""The commands of the features, found in their modules."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module

from tests.support.source import modules


def commands() -> list[Callable[..., object]]:
    """The public functions of modules of commands whose first parameter is a transaction."""
    names = [name for name in modules() if "commands" in name.split(".")]
    return [
        value
        for name in names
        for value in vars(import_module(name)).values()
        if _is_command(name, value)
    ]


def _is_command(module: str, value: object) -> bool:
    if not inspect.isfunction(value) or value.__module__ != module or value.__name__[0] == "_":
        return False
    return next(iter(inspect.signature(value).parameters), "") == "tx"
