"""What a sitting sends of persons, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.people.models import Category


class PersonName(TypedDict):
    """A person as a sitting calls them; organisation and category as which they last came in."""

    name: str
    organisation: str | None
    category: Category | None


# By the person's id as text.
People = dict[str, PersonName]
