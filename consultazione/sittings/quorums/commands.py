"""Commands of a quorum: set it before the opening, verify it during the sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.permissions import Permission
from consultazione.sittings.locking import lock_sitting, require_at, require_open
from consultazione.sittings.models import Sitting, SittingState
from consultazione.sittings.quorums.base import QuorumTerms, Standing
from consultazione.sittings.quorums.steps import change_quorum, record_verification


def set_quorum(tx: Transaction, *, sitting_id: int, quorum: QuorumTerms) -> Sitting:
    """Set the quorum of a convened sitting; idempotent.

    Locks the sitting FOR UPDATE. Conflict once the sitting was opened; Invalid if the
    numbers make no quorum.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.SET_QUORUM, sitting)
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(_("The quorum is fixed: the sitting has been opened."))
    change_quorum(tx, sitting, quorum)
    return sitting


def verify_quorum(tx: Transaction, *, sitting_id: int) -> Standing:
    """Count who is present against the quorum, and record the result.

    Not idempotent: each call counts and records anew. Locks the sitting FOR UPDATE.
    Conflict if the sitting is not open or has no quorum.
    """
    sitting = lock_sitting(tx, sitting_id)
    require_at(tx, Permission.VERIFY_QUORUM, sitting)
    require_open(sitting)
    standing = record_verification(tx, sitting)
    if standing is None:
        raise Conflict(_("This sitting was convened without a quorum."))
    return standing
