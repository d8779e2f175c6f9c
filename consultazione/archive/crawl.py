"""Finds all pages and files of a cycle: begins with its home page, and follows every link."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from consultazione.archive.addresses import is_kept, page_at, paper_at
from consultazione.archive.pages import RawPage, raw_page
from consultazione.archive.reading import Answer, Source

_OK = 200


@dataclass(frozen=True)
class Paper:
    """A file that a page leads to. title: the heading of that page."""

    path: str
    file: str
    media_type: str
    title: str
    content: bytes


@dataclass
class Found:
    """What was found. places: the file in the archive of each path, moved ones included."""

    pages: list[RawPage] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)


def crawl(source: Source) -> Iterator[Found]:
    """Find everything; yields what it has found so far after each address."""
    found, moved = Found(), dict[str, str]()
    waiting = deque([(f"{source.base}/", "")])
    seen = {f"{source.base}/"}
    while waiting:
        path, title = waiting.popleft()
        answer = source.site.get(path)
        for link in _taken_in(found, moved, source, path, title, answer):
            if link not in seen:
                seen.add(link)
                if is_kept(link) and source.site.is_of_cycle(link):
                    heading = found.pages[-1].title if answer.is_page else title
                    waiting.append((link, heading))
        yield found
    for path, to in moved.items():
        if to in found.places:
            found.places[path] = found.places[to]
    found.pages.sort(key=lambda page: found.places[page.path])
    found.papers.sort(key=lambda paper: paper.file)


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
        found.pages.append(page)
        return page.links
    file = paper_at(path, source.base)
    found.places[path] = file
    found.papers.append(Paper(path, file, answer.media_type, title, answer.body))
    return []
