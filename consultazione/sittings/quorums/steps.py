"""Steps of the quorum that several commands share."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import QuorumTerms, Standing, quorum_terms, terms_document
from consultazione.sittings.quorums.events import QuorumSet, QuorumVerified
from consultazione.sittings.quorums.headcount import standing_of


def record_verification(tx: Transaction, sitting: Sitting) -> Standing | None:
    """Count and record the quorum of a sitting that the caller has locked FOR UPDATE.

    Returns None, and records nothing, if the sitting has no quorum.
    """
    tx.flush()
    standing = standing_of(tx.session, sitting)
    if standing is not None:
        event = QuorumVerified(sitting_id=sitting.id, needed=standing.needed, there=standing.there)
        tx.record(sitting_stream(sitting.id), event)
    return standing


def change_quorum(tx: Transaction, sitting: Sitting, quorum: QuorumTerms) -> None:
    """Store and record a sitting's quorum, unless it is the same; Invalid if it makes none."""
    QUORUMS[quorum.kind].check(quorum)
    if quorum == quorum_terms(sitting.quorum):
        return
    sitting.quorum = terms_document(quorum)
    by_code = {category.value: least for category, least in quorum.by_category.items()}
    tx.record(
        sitting_stream(sitting.id),
        QuorumSet(
            sitting_id=sitting.id,
            quorum_kind=quorum.kind,
            least=quorum.least,
            percent=quorum.percent,
            by_category=by_code,
        ),
    )
