"""What the page without scripts offers: answers that one button can give, the reader's hands."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.sittings.floor.models import HandKind
from consultazione.sittings.floor.types import HandSnapshot
from consultazione.sittings.polls.kinds import KINDS
from consultazione.sittings.polls.labels import CHOICES
from consultazione.sittings.polls.models import Poll
from consultazione.sittings.polls.queries import options_of, poll_terms
from consultazione.sittings.room.types import RoomSnapshot


def answers_of(session: Session, room: RoomSnapshot) -> list[tuple[str, str]]:
    """The answers to the open poll that one button can give, as pairs of value and label.

    Empty without an open poll, or if its kind asks for more than one word or option.
    """
    poll_id = next((poll["id"] for poll in room["polls"] if poll["state"] == "open"), None)
    if poll_id is None:
        return []
    poll = session.get_one(Poll, poll_id)
    options = options_of(session, [poll_id])[poll_id]
    labels = {str(rank): label for rank, label in enumerate(options, 1)}
    labels |= {word: str(CHOICES[word]) for word in KINDS[poll.kind].words}
    return [(choice, label) for choice, label in labels.items() if _admits(session, poll, choice)]


def own_hands(room: RoomSnapshot, person_id: int | None) -> dict[HandKind, HandSnapshot]:
    """The hands that a person has up, as the room shows them, by their kinds."""
    return {h["hand_kind"]: h for h in room["hands"] if h["person_id"] == person_id}


def _admits(session: Session, poll: Poll, choice: str) -> bool:
    try:
        KINDS[poll.kind].read(choice, poll_terms(session, poll))
    except ValueError:
        return False
    return True
