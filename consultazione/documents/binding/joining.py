"""The program that joins PDFs and puts numbers on their pages, in a process under limits."""

from __future__ import annotations

import json
import sys
from io import BytesIO

import pikepdf

from consultazione.core.incoming.confined import Limits, keep_within
from consultazione.documents.binding.frames import Book, divided

# Where the number stands: the size of its own page, and how far from the edge, in points.
_WIDE, _HIGH, _EDGE = 300.0, 16.0, 9.0


def main(limits: Limits) -> None:
    """Join what the standard input holds."""
    keep_within(limits)
    head, _line, contents = sys.stdin.buffer.read().partition(b"\n")
    book: Book = json.loads(head)
    sys.stdout.buffer.write(joined(book, contents))


def joined(book: Book, contents: bytes) -> bytes:
    """The parts of a book as one PDF, with bookmarks; equal parts give equal bytes."""
    parts = book["parts"]
    *bodies, numbers = divided(contents, [part["size"] for part in parts])
    with pikepdf.new() as made, BytesIO() as out:
        begins = [_added(made, body) for body in bodies]
        _number(made, numbers)
        with made.open_outline() as outline:
            named = zip(parts[:-1], begins, strict=True)
            outline.root.extend(pikepdf.OutlineItem(part["title"], at) for part, at in named)
        _describe(made, book["title"])
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _added(made: pikepdf.Pdf, body: bytes) -> int:
    """Add the pages of a PDF; the place of the first one."""
    begins = len(made.pages)
    with pikepdf.open(BytesIO(body)) as part:
        made.pages.extend(part.pages)
        for page in made.pages[begins:]:
            _keep_links_alone(page)
    return begins


def _keep_links_alone(page: pikepdf.Page) -> None:
    """Leave of the annotations those that lead to an address; tags go, their tree is away."""
    if "/StructParents" in page:
        del page["/StructParents"]
    if "/Annots" not in page:
        return
    kept = [one for one in page.Annots if _is_link(one)]
    for one in kept:
        if "/StructParent" in one:
            del one["/StructParent"]
    page.Annots = pikepdf.Array(kept)


def _is_link(annotation: pikepdf.Object) -> bool:
    action = annotation.get("/A")
    return annotation.get("/Subtype") == "/Link" and action is not None and "/URI" in action


def _number(made: pikepdf.Pdf, numbers: bytes) -> None:
    """Lay the numbers, of which there is a page for each, over the pages."""
    with pikepdf.open(BytesIO(numbers)) as stamps:
        for number, (page, stamp) in enumerate(zip(made.pages, stamps.pages, strict=True), 1):
            _lay(made, page, stamp, pikepdf.Name(f"/Numero{number}"))


def _lay(made: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page, name: pikepdf.Name) -> None:
    """Lay a page over the foot of another; pikepdf's own way gives it a name by chance.

    Each has a name of its own, since pages can share what they are made of.
    """
    form = made.copy_foreign(stamp.as_form_xobject())
    page.add_resource(form, pikepdf.Name.XObject, name)
    page.contents_add(b"q\n", prepend=True)
    placed = page.calc_form_xobject_placement(
        form,
        name,
        _foot(page),
        invert_transformations=True,
        allow_shrink=True,
        allow_expand=False,
    )
    page.contents_add(b"\nQ\n" + placed)


def _foot(page: pikepdf.Page) -> pikepdf.Rectangle:
    """Where the foot of a page is, as it is seen: pages can be turned."""
    left, low, right, high = (float(edge) for edge in page.trimbox)
    across, along = (left + right) / 2, (low + high) / 2
    turn = int(page.obj.get("/Rotate", 0)) % 360
    half, far = _WIDE / 2, _EDGE + _HIGH
    corners = {
        90: (right - far, along - half, right - _EDGE, along + half),
        180: (across - half, high - far, across + half, high - _EDGE),
        270: (left + _EDGE, along - half, left + far, along + half),
    }
    upright = (across - half, low + _EDGE, across + half, low + far)
    return pikepdf.Rectangle(*corners.get(turn, upright))


def _describe(made: pikepdf.Pdf, title: str) -> None:
    """Title and language, as readers of PDFs show and say them."""
    with made.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"], meta["dc:language"] = title, ["it-IT"]
    made.Root.Lang = pikepdf.String("it-IT")
    made.Root.PageMode = pikepdf.Name.UseOutlines
    made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


if __name__ == "__main__":
    main(Limits(**json.loads(sys.argv[2])))
