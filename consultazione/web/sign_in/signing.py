"""Signing a document on a page, whichever document it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from consultazione.web.files.stored import sent_content
from consultazione.web.sign_in.confirming import confirmed_by_actor
from consultazione.web.sign_in.site_keys import signing_site

_Made = TypeVar("_Made")


def on_this_page(prove: Callable[..., _Made]) -> Callable[..., _Made]:
    """The same, given what the page knows: how its reader confirms, the file sent, and the site."""
    return partial(prove, confirm=confirmed_by_actor, sent_file=sent_content, site=signing_site)
