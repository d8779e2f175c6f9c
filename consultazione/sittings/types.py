"""Types of the persons whom a sitting names, ready for JSON."""

from __future__ import annotations

from typing import TypedDict

from consultazione.people.models import Category


class PersonName(TypedDict):
    """A person's name, with the organisation and category of their latest attendance."""

    name: str
    organisation: str | None
    category: Category | None


# By the person's id as text.
People = dict[str, PersonName]
