"""What accounts must say by the log; never a person's name."""

from __future__ import annotations

from consultazione.core.audit import AT, Audit, Is, Past, Said, adds, drops, register, sets
from consultazione.people.models import Installer, Person
from consultazione.people.passkeys.models import Passkey
from consultazione.people.second_step.models import SecondStepRule

_PERSON = {"id": "person_id"}


def _since(entry: Past, said: Said) -> object:
    """Since when somebody is blocked: an order blocks who was not."""
    return said.get("blocked_at") or entry.at


PERSON = Audit(
    Person,
    adds(
        "person.registered",
        **_PERSON,
        created_at=AT,
        blocked_at=Is(None),
        blocked_reason=Is(None),
        merged_into=Is(None),
    ),
    sets("person.merged", **_PERSON, merged_into="into_id"),
    sets(("person.identified", "person.identified_by_gateway"), **_PERSON, assurance="level"),
    sets("person.blocked", **_PERSON, blocked_at=AT, blocked_reason="reason"),
    sets("person.unblocked", **_PERSON, blocked_at=Is(None), blocked_reason=Is(None)),
    sets(
        ("person.erased", "person.departed"),
        **_PERSON,
        blocked_at=_since,
        blocked_reason=Is(None),
    ),
)
PASSKEY = Audit(
    Passkey,
    adds("passkey.added", id="passkey_id", person_id="person_id", added_at=AT),
    drops("passkey.removed", id="passkey_id"),
    drops("person.erased", person_id="person_id"),
    drops("person.departed", person_id="person_id"),
)
INSTALLER = Audit(Installer, adds("installer.appointed", person_id="person_id", appointed_at=AT))

SECOND_STEP_RULE = Audit(
    SecondStepRule,
    adds(
        "zone.second_step_required",
        zone_id="zone_id",
        roles="roles",
        from_day="from_day",
        set_at=AT,
    ),
)

register("person", audits=(PERSON, PASSKEY, INSTALLER), apart=True)
register("zone", audits=(SECOND_STEP_RULE,), apart=True)
