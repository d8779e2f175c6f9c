"""The board of a sign-off as a reader asks for it: by how they stand, and by words of the name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from consultazione.outcomes.answers import Stand, stands
from consultazione.outcomes.models import Adherent, Outcome, Party

# Fewer rows are read at one glance.
SEARCHED_FROM = 13


@dataclass(frozen=True)
class Board:
    """The rows that are shown: who is entitled to sign (*sottoscrittori*), and who adheres.

    found: how each party stands, also those that are not shown. words, stands: what was asked.
    """

    parties: list[Party]
    adherents: list[Adherent]
    found: dict[int, Stand]
    words: str = ""
    stands: Collection[str] = field(default_factory=frozenset)
    total: int = 0

    @property
    def is_searched(self) -> bool:
        """True if there are so many rows that one searches them."""
        return self.total >= SEARCHED_FROM

    @property
    def count(self) -> int:
        """How many rows are shown, of `total`."""
        return len(self.parties) + len(self.adherents)


def board_of(outcome: Outcome, *, words: str = "", asked: Collection[str] = ()) -> Board:
    """The board of an outcome. words: what names must have, in any order; asked: stands of unions.

    Whoever asks for stands is shown unions alone, since who adheres takes no stand.
    """
    found, wanted = stands(outcome), words.casefold().split()
    known = frozenset(asked) & {stand.value for stand in Stand}
    return Board(
        parties=[
            party
            for party in outcome.parties
            if _is_meant(party.organisation.name, wanted)
            and (not known or found[party.organisation_id].value in known)
        ],
        adherents=[
            one
            for one in outcome.adherents
            if _is_meant(one.organisation.name, wanted) and not known
        ],
        found=found,
        words=words,
        stands=known,
        total=len(outcome.parties) + len(outcome.adherents),
    )


def _is_meant(name: str, wanted: Collection[str]) -> bool:
    return all(word in name.casefold() for word in wanted)
