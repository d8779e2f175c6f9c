"""The quorum of a sitting: it is set before the opening, and ascertained in the sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import lock_sitting, require_at, require_open
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.quorums.base import QuorumTerms, Standing
from consultazione.sittings.quorums.steps import ascertain, change_quorum


def set_quorum(tx: Transaction, *, sitting_id: int, quorum: QuorumTerms) -> Sitting:
    """Say how many must be there for a sitting to decide; harmless if it is so already.

    Conflict once the sitting was opened.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SET_QUORUM, sitting)
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The quorum is fixed: the sitting has been opened."))
    change_quorum(tx, sitting, quorum)
    return sitting


def verify_quorum(tx: Transaction, *, sitting_id: int) -> Standing:
    """Ascertain how many are there, of how many are needed; Conflict without a quorum.

    Done again, it is ascertained again: it may be asked for at any time.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.VERIFY_QUORUM, sitting)
    require_open(sitting)
    standing = ascertain(tx, sitting)
    if standing is None:
        raise Conflict(_("This sitting was convened without a quorum."))
    return standing
