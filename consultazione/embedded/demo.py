"""What a demonstration holds: the zones' files, in the order in which they are loaded."""

from __future__ import annotations

from consultazione.config import ROOT

_NAMES = (
    # The reference: a concluded cycle first, then the one that is open.
    "reno-lavino-samoggia-2018-2020",
    "reno-lavino-samoggia",
    "piacenza",
    "piano-sociale",
    "ravenna",
    "faenza",
    "bassa-romagna",
    # A territory comes after the zones that join it.
    "provincia-di-ravenna",
    "sesto-calende",
)
DEMO = tuple(ROOT / "demo" / f"{name}.yaml" for name in _NAMES)
