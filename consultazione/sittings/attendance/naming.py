"""Who may name the substitute of a delegate in one sitting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.actor import Actor
from consultazione.core.errors import Sentence
from consultazione.core.permissions import Permission, may
from consultazione.people.confirming import needs_second_person
from consultazione.people.models import Mandate
from consultazione.sittings.models import Sitting


def why_not_name(actor: Actor, sitting: Sitting, mandate: Mandate) -> Sentence | None:
    """Why an actor may not name, or withdraw, a delegate's substitute; None if they may.

    The delegate may, since an act authorised them and nobody else. The desk may on their
    behalf, as it does with the written proxies that delegates hand in; but not for a union,
    whose voice those who lead the table must not choose.
    """
    if actor.person_id is not None and actor.person_id == mandate.person_id:
        return None
    if needs_second_person(mandate.organisation):
        return _("Only the delegate of the union names who acts for them.")
    table = sitting.table
    if may(actor, Permission.RUN_DESK, zone_id=table.zone_id, table_id=table.id):
        return None
    return _("Only the delegate, or the desk on their behalf, names who acts for them.")
