"""What accounts must say by the log; never a person's name."""

from __future__ import annotations

from consultazione.core.audit import AT, Audit, Is, adds, register, sets
from consultazione.people.models import Installer, Person

_PERSON = {"id": "person_id"}
PERSON = Audit(
    Person,
    adds(
        "person.registered",
        **_PERSON,
        created_at=AT,
        blocked_at=Is(None),
        blocked_reason=Is(None),
    ),
    sets("person.identified", **_PERSON, assurance="level"),
    sets("person.blocked", **_PERSON, blocked_at=AT, blocked_reason="reason"),
    sets("person.unblocked", **_PERSON, blocked_at=Is(None), blocked_reason=Is(None)),
)
INSTALLER = Audit(Installer, adds("installer.appointed", person_id="person_id", appointed_at=AT))

register("person", audits=(PERSON, INSTALLER), apart=True)
