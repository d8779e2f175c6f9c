"""The manual of the zone file with its examples, and YAML as JSON has it."""

from __future__ import annotations

from typing import Any

from consultazione.config import ROOT

MANUAL = (ROOT / "docs" / "zone-file.md").read_text(encoding="utf-8")
# A zone in two cycles, and the territory that it joins.
EXAMPLE, TERRITORY = (part.partition("```")[0] for part in MANUAL.split("```yaml\n")[1:3])


def plain(value: Any) -> Any:
    """What JSON has of YAML: days as text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
