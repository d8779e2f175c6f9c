"""Finds all pages and files of a cycle: begins with its home page, and follows every link.

What it finds goes to the disk at once, so that memory does not grow with the cycle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from consultazione.archive.addresses import is_kept, page_at, paper_at
from consultazione.archive.bag import Bag
from consultazione.archive.pages import RawPage, raw_page
from consultazione.archive.reading import Answer, Source

_OK, _FAULT = 200, 500
_TRIES = 3


class Unanswered(RuntimeError):
    """The site cannot show a page now; an archive without it would not be whole."""


@dataclass(frozen=True)
class Paper:
    """A file that a page leads to, in the bag.

    title: the heading of that page. sealed: whether it is a PDF with a signature inside.
    """

    path: str
    file: str
    media_type: str
    title: str
    sha256: str
    size: int
    sealed: bool


@dataclass(frozen=True)
class Stored:
    """A page whose content stands in the crawl's file. place, size: in bytes."""

    path: str
    title: str
    place: int
    size: int


@dataclass
class Found:
    """What was found. places: the file in the archive of each path, moved ones included.

    bag: where papers went. file: where the contents of pages went. waiting: how many addresses
    are known that were not asked for yet.
    """

    bag: Bag
    file: BinaryIO
    waiting: int = 0
    pages: list[Stored] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def store(self, page: RawPage) -> None:
        """Keep a page."""
        content = page.main.encode()
        self.pages.append(Stored(page.path, page.title, self.file.tell(), len(content)))
        self.file.write(content)

    def page(self, stored: Stored) -> RawPage:
        """A page that was kept."""
        self.file.seek(stored.place)
        return RawPage(stored.path, stored.title, self.file.read(stored.size).decode())


def crawl(source: Source, bag: Bag, file: BinaryIO) -> Iterator[Found]:
    """Find everything, those pages first that are nearest to the cycle's own; yields what it has
    found so far after each address.

    bag: gets the papers. file: an empty one, gets the contents of pages.
    """
    found, moved = Found(bag, file), dict[str, str]()
    level = [(f"{source.base}/", "")]
    seen = {f"{source.base}/"}
    while level:
        known, level = level, []
        answers = source.site.answers([path for path, _title in known])
        for place, ((path, title), answer) in enumerate(zip(known, answers, strict=True), start=1):
            sure = _sure(source, path, answer)
            for link in _taken_in(found, moved, source, path, title, sure):
                if link not in seen:
                    seen.add(link)
                    if is_kept(link) and source.site.is_of_cycle(link):
                        heading = found.pages[-1].title if sure.is_page else title
                        level.append((link, heading))
            found.waiting = len(known) - place + len(level)
            yield found
    for path, to in moved.items():
        if to in found.places:
            found.places[path] = found.places[to]
    found.pages.sort(key=lambda page: found.places[page.path])
    found.papers.sort(key=lambda paper: paper.file)


def _sure(source: Source, path: str, answer: Answer) -> Answer:
    """An answer that is no fault; Unanswered if the site is at fault again and again."""
    for _each in range(_TRIES - 1):
        if answer.status < _FAULT:
            break
        answer = source.site.get(path)
    if answer.status >= _FAULT:
        raise Unanswered(f"{path}: the site answers {answer.status}")
    return answer


def _taken_in(
    found: Found, moved: dict[str, str], source: Source, path: str, title: str, answer: Answer
) -> list[str]:
    """Note what an address answers; the paths that follow from it."""
    if answer.moved_to is not None:
        moved[path] = answer.moved_to
        return [answer.moved_to]
    if answer.status != _OK:
        return []
    if answer.is_page:
        page = raw_page(path, answer.body)
        found.places[path] = page_at(path, source.base)
        found.store(page)
        return page.links
    file = paper_at(path, source.base)
    found.places[path] = file
    found.papers.append(
        Paper(
            path,
            file,
            answer.media_type,
            title,
            sha256=found.bag.write(file, answer.body),
            size=len(answer.body),
            sealed=_is_sealed(file, answer.body),
        )
    )
    return []


def _is_sealed(file: str, content: bytes) -> bool:
    """True for a PDF with a signature inside (ISO 32000-1, 12.8)."""
    return file.endswith(".pdf") and b"/ByteRange" in content
