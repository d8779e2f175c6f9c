"""What a visitor's browser finds on a page: the words that stand on it, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_UNSEEN = {"script", "style", "template", "svg"}


@dataclass
class Page:
    """The words of a page with single spaces, and the addresses within the site that it names."""

    words: str
    links: set[str] = field(default_factory=set)


def read_page(text: str, address: str) -> Page:
    """A page as it was sent from an address."""
    reader = _Reader()
    reader.feed(text)
    links = {urlsplit(urljoin(address, href)).path for href in reader.hrefs if "//" not in href}
    return Page(" ".join(" ".join(reader.words).split()), links)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hrefs: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag == "a":
            self.hrefs += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)
