"""Documents as offices send them, written by the libraries that others write them with."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import odfdo


def docx_of(fill: Callable[[Any], object]) -> bytes:
    """A DOCX; fill: writes into it."""
    document = docx.Document()
    fill(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def odt_of(*parts: Any, styles: Any = ()) -> bytes:
    """An ODT with these parts; styles: automatic ones beside them."""
    document = odfdo.Document("text")
    document.body.clear()
    for part in parts:
        document.body.append(part)
    for style in styles:
        document.insert_style(style, automatic=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()
