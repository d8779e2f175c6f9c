"""The quorum of a sitting: it is set before the opening, and ascertained in the sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.sittings.commands.fetch import require_at, require_open, sitting_alone
from consultazione.sittings.events import sitting_stream
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.quorums import QUORUMS
from consultazione.sittings.quorums.base import QuorumTerms, Standing, stored, terms_of
from consultazione.sittings.quorums.events import QuorumSet, QuorumVerified
from consultazione.sittings.quorums.hall import standing_of


def set_quorum(tx: Transaction, *, sitting_id: int, quorum: QuorumTerms) -> Sitting:
    """Say how many must be there for a sitting to decide; harmless if it is so already.

    Conflict once the sitting was opened.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "set_quorum", sitting)
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The quorum is fixed: the sitting has been opened."))
    change_quorum(tx, sitting, quorum)
    return sitting


def verify_quorum(tx: Transaction, *, sitting_id: int) -> Standing:
    """Ascertain how many are there, of how many are needed; Conflict without a quorum.

    Done again, it is ascertained again: it may be asked for at any time.
    """
    sitting = sitting_alone(tx, sitting_id)
    require_at(tx, "verify_quorum", sitting)
    require_open(sitting)
    standing = ascertain(tx, sitting)
    if standing is None:
        raise Conflict(_("This sitting was convened without a quorum."))
    return standing


def ascertain(tx: Transaction, sitting: Sitting) -> Standing | None:
    """Record how a sitting, held alone, stands with its quorum; nothing without one."""
    tx.flush()
    standing = standing_of(tx.session, sitting)
    if standing is not None:
        event = QuorumVerified(sitting_id=sitting.id, needed=standing.needed, there=standing.there)
        tx.record(sitting_stream(sitting.id), event)
    return standing


def change_quorum(tx: Transaction, sitting: Sitting, quorum: QuorumTerms) -> None:
    """Keep and record the quorum of a sitting, unless it is this; Invalid if it is none."""
    QUORUMS[quorum.kind].check(quorum)
    if quorum == terms_of(sitting.quorum):
        return
    sitting.quorum = stored(quorum)
    kept = {category.value: least for category, least in quorum.by_category.items()}
    tx.record(
        sitting_stream(sitting.id),
        QuorumSet(
            sitting_id=sitting.id,
            quorum_kind=quorum.kind,
            least=quorum.least,
            percent=quorum.percent,
            by_category=kept,
        ),
    )
