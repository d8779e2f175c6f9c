"""QR codes (ISO/IEC 18004) as drawings."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """A QR code of an address as an SVG drawing."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=2)
    return drawing.getvalue().decode()
