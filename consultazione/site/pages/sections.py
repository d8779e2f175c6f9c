"""The words of a page in sections, so that what somebody writes has headings a reader can jump to.

A line that begins with `## ` is a heading; everything else is the markdown that people write
elsewhere on the site, which has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from consultazione.core.text import to_html

_HEADING = re.compile(r"^##[ \t]+(?P<words>\S.*?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a page. heading: "" for what stands before the first. html: safe to show."""

    heading: str
    html: Markup


def sections(body: str) -> list[Section]:
    """The parts of a page in their order; none if it says nothing."""
    before, *rest = _HEADING.split(body)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    found = [("", before), *pairs]
    return [Section(words, Markup(to_html(text))) for words, text in found if words or text.strip()]
