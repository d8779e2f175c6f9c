"""What axe finds in a page: in pages of the same shape it finds the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from consultazione.config import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Nothing but what is wrong is described: to name all nodes that are right took half of the time.
_RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
_found: dict[str, list[str]] = {}


def faults(page: Page) -> list[str]:
    """What breaks a rule of WCAG, and where; axe runs once for each shape that a page may have."""
    shape = shape_of(page)
    if shape not in _found:
        page.evaluate(_source(_AXE))
        _found[shape] = [_told(fault) for fault in page.evaluate(_RUN, RULES)["violations"]]
    return _found[shape]


def shape_of(page: Page) -> str:
    """The page's width, look, elements, attributes and states, without its words and numbers."""
    shape: str = page.evaluate(_source(Path(__file__).with_name("page_shape.js")))
    return shape


def _told(fault: dict[str, Any]) -> str:
    return f"{fault['id']} {[node['target'] for node in fault['nodes']][:3]}"


@cache
def _source(path: Path) -> str:
    return path.read_text()
