"""What an easy-to-read summary can be beside. A further kind is one file in its feature.

Summaries stand below the features whose documents they explain, so each feature registers its
own kinds, as it does those of the register (`documents.kinds`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence


@dataclass(frozen=True)
class Original:
    """A document that everybody can read, as it stands now.

    title, about: what it is called and what it is about, in Italian. zone, plan: whose it is, in
    words. digest: SHA-256 (hex) of what it says. table_id: of the table whose facilitators write
    the summary, beside the plan office. writer_id: who was named to write the document.
    """

    zone_id: int
    zone: str
    plan: str
    title: str
    about: str
    digest: str
    table_id: int | None = None
    writer_id: int | None = None
    demo: bool = False


@dataclass(frozen=True)
class Subject:
    """A kind of document that can have a summary.

    name: in the log, for ever. label: on pages. original: one of them by its id; NotFound if
    there is none that everybody can read. endpoint, parameter: its page.
    """

    name: str
    label: Sentence
    original: Callable[[Session, int], Original]
    endpoint: str
    parameter: str


_SUBJECTS: dict[str, Subject] = {}
_BY_PARAMETER: dict[str, Subject] = {}


def register_subject(subject: Subject) -> Subject:
    """Let a feature declare a kind, under a name and a parameter that no other kind has."""
    named = _SUBJECTS.setdefault(subject.name, subject)
    found = _BY_PARAMETER.setdefault(subject.parameter, subject)
    if not named == found == subject:
        raise TypeError(f"{subject.name} or {subject.parameter} is another kind of originals")
    return subject


def subject_of(name: str) -> Subject:
    """The kind of that name; LookupError if no feature has declared it."""
    return _SUBJECTS[name]


def subject_at(parameter: str) -> Subject:
    """The kind whose pages have that parameter; LookupError if there is none."""
    return _BY_PARAMETER[parameter]


def all_subjects() -> list[Subject]:
    """Every kind, by name; complete once `consultazione.document_kinds` is imported."""
    return [_SUBJECTS[name] for name in sorted(_SUBJECTS)]
