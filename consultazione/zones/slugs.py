"""Names in addresses: how a zone, a territory or a table may be called there."""

from __future__ import annotations

import re
import unicodedata

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Invalid

LONGEST = 80
_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEARS = re.compile(r"\d{4}-\d{4}")
# Words that have, or may come to have, the place of such a name in an address.
RESERVED = frozenset({"amministrazione", "nuova", "nuovo", "territorio", "zona", "zone"})


def check_slug(slug: str) -> None:
    """Invalid, on the field `slug`, unless this can be a name in addresses."""
    if len(slug) > LONGEST or not _SHAPE.fullmatch(slug):
        raise Invalid.at(
            "slug",
            _("In addresses use lower-case letters without accents, digits and single hyphens."),
        )
    if is_reserved(slug):
        raise Invalid.at(
            "slug", _("“%(slug)s” means something else in addresses: choose another.", slug=slug)
        )


def is_reserved(slug: str) -> bool:
    """True if this means something else in addresses: a word of theirs, or a cycle's years."""
    return slug in RESERVED or _YEARS.fullmatch(slug) is not None


def slug_of(name: str, kind: str) -> str:
    """A slug made of a name: lower case, no accents, words joined by hyphens, LONGEST at most.

    kind: what it is, such as `tavolo`: put before a reserved word, and in place of no word at all.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or kind
    return f"{kind}-{words}" if is_reserved(words) else words
