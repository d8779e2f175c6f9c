"""Renews the EU trusted lists at once; the leading dispatcher does it daily (`loops/trust.py`)."""

from __future__ import annotations

import sys

from consultazione.config import Settings
from workers.loops.trust import TrustLists


def main(settings: Settings) -> int:
    """Say what became of each country's list; 0 if all are renewed."""
    if settings.trust_dir is None or settings.trust_lists is None:
        sys.stderr.write("TRUST_DIR and TRUST_LISTS are not set: set both.\n")
        return 1
    became = TrustLists(settings).renew()
    for country, what in became.items():
        sys.stdout.write(f"{country}: {what}\n")
    return 0 if became and set(became.values()) == {"renewed"} else 1
