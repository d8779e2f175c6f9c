"""The event of a page; it stands in the stream of its zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consultazione.core.events import Event, FreeText
from consultazione.site.pages.models import PageKind


@dataclass(frozen=True, kw_only=True)
class PageWritten(Event, texts={"body": "site_page.body"}):
    """A page of the site has been written anew; an empty body brings the general words back."""

    kind: ClassVar[str] = "page.written"

    page_id: int
    page_kind: PageKind
    version: int
    body: FreeText
