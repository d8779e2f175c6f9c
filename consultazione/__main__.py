"""``python -m consultazione``: the same as the command ``consultazione``."""

from __future__ import annotations

from consultazione.cli import main

main()
