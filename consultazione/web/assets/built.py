"""Where a page finds its styles, scripts, fonts and pictures.

Set-up reduces them into `static/vendor/built` (`reduce.mjs`), under names that change with their
content. Whoever changes a template, a style or a script sees the change at once: while the sources
are newer than what was built from them, pages load the sources.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from consultazione.config import ROOT

STATIC = ROOT / "static"
BUILT = "vendor/built"
_IMPORT = re.compile(r'@import "([^"]+)";')


def built_from(static: Path, templates: Path) -> Mapping[str, str]:
    """From the path of a source in `static` to the path of what was built from it.

    Empty where nothing was built, or something else was.
    """
    manifest = static / BUILT / "manifest.json"
    if not manifest.exists() or manifest.stat().st_mtime < _last_change(static, templates):
        return {}
    found: dict[str, str] = json.loads(manifest.read_text())
    return {source: f"{BUILT}/{path}" for source, path in found.items()}


def path_of(source: str) -> str:
    """The path below `static` of what a page loads for a source, such as `css/site.css`."""
    return _built().get(source, source)


def styles_of(source: str) -> list[str]:
    """The paths of the styles that a list of imports such as `css/site.css` stands for.

    One when they are built, else all: an import in a style would be found only after it has come.
    """
    if source in _built():
        return [path_of(source)]
    imports = _IMPORT.findall((STATIC / source).read_text())
    return [os.path.normpath(Path(source).parent / path) for path in imports]


@cache
def _built() -> Mapping[str, str]:
    return built_from(STATIC, ROOT / "templates")


def _last_change(static: Path, templates: Path) -> float:
    return max(path.stat().st_mtime for path in _sources(static, templates))


def _sources(static: Path, templates: Path) -> Iterator[Path]:
    yield from (path for path in templates.rglob("*") if path.is_file())
    for folder in static.iterdir():
        if folder.name != "vendor":
            yield from (path for path in folder.rglob("*") if path.is_file())
