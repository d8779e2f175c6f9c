"""Readies a PDF for signatures, so that what a signature adds to it can be told from other changes.

pyHanko compares the form of a document before and after, and asks that there be one before.
"""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def prepared(content: bytes) -> bytes:
    """The PDF with an empty form, which shows nothing, as a revision of its own. Idempotent."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    if "/AcroForm" in writer.root:
        return content
    form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
    writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
