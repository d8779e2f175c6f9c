"""How long the text of a block may be; without imports, for the process that reads documents."""

from __future__ import annotations

LONGEST_TEXT = 20_000
