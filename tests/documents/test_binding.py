"""Several PDFs as one: what comes from others is made anew, joined and numbered, or left out."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from consultazione.core.incoming.confined import Limits
from consultazione.documents.binding.cleaning import MOST_PAGES
from consultazione.documents.binding.frames import Fault
from consultazione.documents.binding.numbers import asked_for_numbers
from consultazione.documents.binding.process import CannotBind, Sheets, cleaned, joined
from consultazione.documents.typesetting import typeset
from tests.support.spoilt_pdfs import with_note, with_script

LANDSCAPE = (842, 595)


def pdf(*sizes: tuple[int, int], turned: int = 0, **saving: object) -> bytes:
    """A PDF with blank pages of these sizes."""
    with pikepdf.new() as made, BytesIO() as out:
        for size in sizes or ((595, 842),):
            made.add_blank_page(page_size=size)
        for page in made.pages:
            page.obj.Rotate = turned
        made.save(out, **saving)
        return out.getvalue()


def sheets(title: str, content: bytes) -> Sheets:
    """A PDF of somebody else, made anew."""
    found = cleaned(title, content)
    assert isinstance(found, Sheets)
    return found


def bound(*parts: Sheets) -> bytes:
    """The parts as one PDF."""
    count = sum(part.pages for part in parts)
    numbers = typeset(asked_for_numbers("Fascicolo", count, timestamp=0))
    return joined("Fascicolo", parts, numbers)


def test_every_page_has_its_number_and_every_part_a_bookmark() -> None:
    parts = sheets("Uno", pdf()), sheets("Due", pdf((595, 842), LANDSCAPE))
    content = bound(*parts)
    read = PdfReader(BytesIO(content))
    assert [page.extract_text().strip() for page in read.pages] == [
        f"Fascicolo · {number} di 3" for number in (1, 2, 3)
    ]
    assert [(one.title, read.get_destination_page_number(one)) for one in read.outline] == [
        ("Uno", 0), ("Due", 1),
    ]  # fmt: skip
    assert content == bound(*parts)
    with pikepdf.open(BytesIO(content)) as made:
        assert str(made.docinfo["/Title"]) == "Fascicolo"
        assert str(made.Root.Lang) == "it-IT"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_number_stands_at_the_foot_as_the_page_is_seen(turned: int) -> None:
    content = bound(sheets("Girato", pdf(LANDSCAPE, turned=turned)))
    with pikepdf.open(BytesIO(content)) as made:
        page = made.pages[0]
        *_, (matrix, _cm), (names, _do), _q = pikepdf.parse_content_stream(page)
        across, along, _c, _d, x, y = map(float, matrix)
        assert str(names[0]) == "/Numero1"
    wide, high = LANDSCAPE
    placed = {
        0: (1, 0, wide / 2 - 150, 9), 90: (0, 1, wide - 9, high / 2 - 150),
        180: (-1, 0, wide / 2 + 150, high - 9), 270: (0, -1, 9, high / 2 + 150),
    }  # fmt: skip
    assert (across, along, x, y) == pytest.approx(placed[turned], abs=0.01)


def test_what_acts_stays_behind() -> None:
    made = sheets("Con script", with_note(with_script(pdf()))).content
    with pikepdf.open(BytesIO(made)) as found:
        assert "/OpenAction" not in found.Root
        assert "/Annots" not in found.pages[0]


ENCRYPTED = pikepdf.Encryption(user="", owner="segreta")
LOCKED = pikepdf.Encryption(user="segreta", owner="segreta")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (lambda: b"", Fault.UNREADABLE),
        (lambda: b"%PDF-1.7 nonsense", Fault.UNREADABLE),
        (lambda: pdf(encryption=ENCRYPTED), Fault.ENCRYPTED),
        (lambda: pdf(encryption=LOCKED), Fault.ENCRYPTED),
        (lambda: pdf(*[(9, 9)] * (MOST_PAGES + 1)), Fault.TOO_LONG),
    ],
)
def test_what_cannot_be_bound_is_left_out_with_the_reason(
    content: Callable[[], bytes], fault: Fault
) -> None:
    assert cleaned("Guasto", content()) is fault


def test_what_costs_too_much_is_left_out_or_refused() -> None:
    small = Limits(seconds=30, memory=1 << 30, output=100)
    assert cleaned("Grande", pdf(), small) is Fault.UNREADABLE
    part = sheets("Uno", pdf())
    numbers = typeset(asked_for_numbers("Fascicolo", 2, timestamp=0))
    with pytest.raises(CannotBind):
        joined("Fascicolo", [part], numbers)
