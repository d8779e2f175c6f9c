"""The program that reads the text of one file, in a process of its own.

Files come from anybody, and the libraries that read them were not made for hostile ones. So
this program has no environment, no database and no way to write; it gets the file's media type
as its argument, its limits beside it, the content on its standard input, and answers with a
list of texts in JSON. What started it is `reading.py`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path

from docx import Document as DocxDocument
from docx.oxml.ns import qn
from odfdo import Document as OdfDocument
from pypdf import PdfReader

from consultazione.documents.reading import ReadingLimits

# What has no pages is cut into parts of about the length of one.
_PART = 3000


def main(media_type: str, limits: ReadingLimits) -> None:
    """Read the standard input, and write what was found."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor, limits.processor))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Where memory runs out, this process ends and not the one that asked.
    Path("/proc/self/oom_score_adj").write_text("1000")
    sys.setrecursionlimit(2000)
    pages = READERS[media_type](sys.stdin.buffer.read())
    found = [plain(page)[: limits.of_a_page] for page in islice(pages, limits.pages)]
    json.dump(found, sys.stdout)


def plain(text: str) -> str:
    """A text without the characters that PostgreSQL cannot store or that show nothing."""
    kept = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return kept.encode("utf-8", "ignore").decode()


def read_pdf(content: bytes) -> Iterator[str]:
    """The text of each page."""
    return (page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def read_docx(content: bytes) -> Iterator[str]:
    """The paragraphs in their order, those of tables among them."""
    body = DocxDocument(BytesIO(content)).element.body
    texts = ("".join(run.text or "" for run in row.iter(qn("w:t"))) for row in body.iter(qn("w:p")))
    return in_parts(texts)


def read_odt(content: bytes) -> Iterator[str]:
    """The headings and paragraphs in their order."""
    found = OdfDocument(BytesIO(content)).body.get_elements("//text:h|//text:p")
    return in_parts(element.inner_text for element in found)


def read_text(content: bytes) -> Iterator[str]:
    """The lines."""
    return in_parts(content.decode("utf-8-sig").splitlines())


def in_parts(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together to parts of at least _PART characters, but for the last."""
    part: list[str] = []
    length = 0
    for line in lines:
        part.append(line)
        length += len(line) + 1
        if length >= _PART:
            yield "\n".join(part)
            part, length = [], 0
    if part:
        yield "\n".join(part)


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "application/vnd.oasis.opendocument.text": read_odt,
    "text/plain": read_text,
}

if __name__ == "__main__":
    main(sys.argv[1], ReadingLimits(**json.loads(sys.argv[2])))
