"""Small files of offices with given texts, made as their programs would."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from docx import Document as DocxDocument
from odfdo import Document as OdfDocument
from odfdo import Paragraph


def docx(*paragraphs: str) -> bytes:
    """A DOCX; the last paragraph stands in a table."""
    made, whole = DocxDocument(), BytesIO()
    for text in paragraphs[:-1]:
        made.add_paragraph(text)
    made.add_table(1, 1).cell(0, 0).text = paragraphs[-1]
    made.save(whole)
    return whole.getvalue()


def odt(*paragraphs: str) -> bytes:
    """An ODT."""
    made, whole = OdfDocument("text"), BytesIO()
    made.body.clear()
    for text in paragraphs:
        made.body.append(Paragraph(text))
    made.save(whole)
    return whole.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page; a page without any for an empty text."""
    whole = BytesIO()
    with pikepdf.new() as made:
        font = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        for text in pages:
            page = made.add_blank_page(page_size=(300, 300))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            drawn = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET" if text else ""
            page.Contents = made.make_stream(drawn.encode("latin-1"))
        made.save(whole)
    return whole.getvalue()
