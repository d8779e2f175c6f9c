"""Sentences about the quorum of a sitting.

`static/sittings/quorum.js` is the counterpart; `tests/parity/quorum.json` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultazione.people.labels import CATEGORY_NAMES
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.quorums.base import QuorumKind, QuorumTerms, Standing, quorum_terms
from consultazione.sittings.quorums.headcount import standing_of
from consultazione.sittings.quorums.labels import COUNTED, QUORUM_SENTENCES

Counts = Mapping[str, int]


def standing_sentence(needed: Counts | None, there: Counts | None, word: str = "quorum") -> str:
    """Return a sentence saying whether a quorum is met and by which numbers; "" without one.

    word: `quorum`, or `quorum_verified` for a quorum that was verified.
    """
    if not needed or there is None:
        return ""
    met = Standing(dict(needed), dict(there)).met
    parts = "; ".join(
        str(QUORUM_SENTENCES["quorum_part"]).format(
            what=COUNTED[name], there=there[name], needed=least
        )
        for name, least in needed.items()
    )
    return str(QUORUM_SENTENCES[f"{word}_{'met' if met else 'missing'}"]).format(parts=parts)


def terms_sentence(terms: QuorumTerms) -> str:
    """Return a sentence saying how many must be present."""
    names = ", ".join(f"{CATEGORY_NAMES[c]} {least}" for c, least in terms.by_category.items())
    sentence = str(QUORUM_SENTENCES[f"quorum_set_{QuorumKind(terms.kind)}"])
    return sentence.format(least=terms.least, percent=terms.percent, categories=names)


def quorum_of(sitting: Sitting) -> str:
    """Return a sitting's quorum as a sentence; "" without a quorum."""
    terms = quorum_terms(sitting.quorum)
    return "" if terms.kind is QuorumKind.NONE else terms_sentence(terms)


def standing_now(session: Session, sitting: Sitting) -> str:
    """Return a sentence on the quorum of an open sitting now; "" if not open or without one."""
    standing = standing_of(session, sitting) if sitting.state is SittingState.OPEN else None
    return "" if standing is None else standing_sentence(standing.needed, standing.there)
