"""PDFs to which something was done that no document to be signed may have suffered."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def with_note(content: bytes) -> bytes:
    """A PDF with a comment on its first page, as a revision of its own."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]
    while "/Kids" in page:
        page = page["/Kids"][0]
    note = {
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/Text"),
        "/Rect": generic.ArrayObject(map(generic.NumberObject, (9, 9, 30, 30))),
        "/Contents": generic.pdf_string("Non d'accordo."),
    }
    added = writer.add_object(
        generic.DictionaryObject({pdf_name(name): value for name, value in note.items()})
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), added])
    writer.update_container(page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def rewritten(content: bytes, **saving: Any) -> bytes:
    """The same pages, saved anew by another program."""
    return _saved(content, lambda _pdf: None, **saving)


def with_script(content: bytes) -> bytes:
    """A PDF that runs a script when it is opened."""

    def add(pdf: pikepdf.Pdf) -> None:
        script = {"/S": pikepdf.Name("/JavaScript"), "/JS": pikepdf.String("app.alert(1)")}
        pdf.Root.OpenAction = pikepdf.Dictionary(script)

    return _saved(content, add)


def _saved(content: bytes, change: Any, **saving: Any) -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(output, **saving)
    return output.getvalue()
