"""The colours of zones: each has a class, and white can be read on it."""

from __future__ import annotations

import re

import pytest

from consultazione.config import ROOT
from consultazione.zones.models import Colour

STYLES = (ROOT / "static" / "css" / "consultazione.css").read_text(encoding="utf-8")
THEMES = dict(re.findall(r"\.theme--(\w+) \{([^}]*)\}", STYLES))


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #0066cc (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_each_colour_has_a_class_and_no_other_has() -> None:
    assert THEMES.keys() == set(Colour)


@pytest.mark.parametrize("word", Colour)
def test_white_can_be_read_on_each_shade(word: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5:1."""
    shades = re.findall(r"#[0-9a-f]{6}", THEMES[word])
    assert len(shades) == 4
    assert all(1.05 / (luminance(shade) + 0.05) >= 4.5 for shade in shades)
