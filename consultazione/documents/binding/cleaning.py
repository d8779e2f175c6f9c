"""The program that makes a PDF of somebody else anew, in a process of its own under limits.

Its pages remain as they are seen. What acts stays behind: scripts, forms, attached files, links,
and whatever else is no page.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

import pikepdf

from consultazione.core.incoming.confined import Limits, keep_within
from consultazione.documents.binding.frames import Fault, write

MOST_PAGES = 1000
# What of a page is no picture of it.
_APART = ("/Annots", "/AA", "/StructParents", "/Tabs", "/PieceInfo", "/Metadata", "/B", "/Thumb")


def main(limits: Limits) -> None:
    """Answer for the file on the standard input."""
    keep_within(limits)
    found = cleaned(sys.stdin.buffer.read())
    if isinstance(found, Fault):
        write(sys.stdout.buffer, {"fault": found.value}, ())
    else:
        pages, content = found
        write(sys.stdout.buffer, {"pages": pages}, (content,))


def cleaned(content: bytes) -> tuple[int, bytes] | Fault:
    """How many pages there are, and the PDF anew; or why it is left out."""
    try:
        with pikepdf.open(BytesIO(content)) as given:
            if given.is_encrypted:
                return Fault.ENCRYPTED
            if not 0 < len(given.pages) <= MOST_PAGES:
                return Fault.TOO_LONG if given.pages else Fault.UNREADABLE
            return len(given.pages), _anew(given)
    except pikepdf.PasswordError:
        return Fault.ENCRYPTED
    except MemoryError:
        return Fault.TOO_LARGE
    except Exception:  # whatever a library does with a hostile file
        return Fault.UNREADABLE


def _anew(given: pikepdf.Pdf) -> bytes:
    """The pages of a PDF, with what is filled in or noted on them, as seen on the screen."""
    given.flatten_annotations("screen")
    with pikepdf.new() as made, BytesIO() as out:
        made.pages.extend(given.pages)
        for page in made.pages:
            for name in _APART:
                if name in page:
                    del page[name]
        made.save(out, deterministic_id=True)
        return out.getvalue()


if __name__ == "__main__":
    main(Limits(**json.loads(sys.argv[2])))
