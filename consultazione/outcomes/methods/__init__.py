"""The signing methods: one small class a file, registered here by name."""

from __future__ import annotations

from consultazione.outcomes.methods.base import SigningMethod
from consultazione.outcomes.methods.reauthenticated import Reauthenticated

_ALL: tuple[SigningMethod, ...] = (Reauthenticated(),)
METHODS: dict[str, SigningMethod] = {method.name: method for method in _ALL}
DEFAULT = Reauthenticated.name

if len(METHODS) != len(_ALL):
    raise TypeError("two ways to sign have one name")
