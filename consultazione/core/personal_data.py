"""Which personal data a kind of event holds, and how it is erased.

- The ids of persons, `actor_id` of the entry among them, stay: they are pseudonyms, and mean
  nobody once the row of the account is emptied. Names and addresses never enter the log.
- Free texts are erased by `core.log.erase_texts`; the chain still verifies. Pages show the
  same words from a column, which is emptied with them: the event's class names it for each
  text (`class CommentWritten(Event, texts={"body": "comment.body"})`).

A document that was sealed with such words in it loses them by an order alone, as a new edition
(`consultazione.erasure`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consultazione.core.events import Event, field_names, text_fields

# The fields that hold the id of a person, whatever the kind.
PERSON_IDS = frozenset({"person_id", "presided_by"})


@dataclass(frozen=True)
class PersonalData:
    """What a kind of event holds about persons.

    person_ids: the fields with ids, which stay. texts: the fields with free text, which can be
    erased, each with the columns (`table.column`) that hold the same words.
    """

    person_ids: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]


def personal_data(event: type[Event]) -> PersonalData:
    """What an event's class declares; TypeError if that is not what its fields are."""
    if set(event.texts) != set(text_fields(event)):
        declared, held = sorted(event.texts), sorted(text_fields(event))
        raise TypeError(f"{event.kind} declares the texts {declared}, and holds {held}")
    ids = tuple(name for name in field_names(event) if name in PERSON_IDS)
    return PersonalData(ids, {name: tuple(at.split()) for name, at in event.texts.items()})
