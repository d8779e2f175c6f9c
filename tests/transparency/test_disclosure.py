"""Each kind is judged; what is published can be computed again, and what is withheld is there."""

from __future__ import annotations

import hashlib
from typing import Any

from consultazione.core import log
from consultazione.core.actor import SYSTEM, Actor
from consultazione.core.canonical import canonical_json
from consultazione.core.db import Database
from consultazione.core.events import FreeText, registry
from consultazione.people.events import PersonRegistered
from consultazione.proposals.events import ProposalNotAdmitted
from consultazione.transparency.disclosure import Why, judge, judged_kinds
from consultazione.transparency.growth import grow
from consultazione.transparency.leaves import NAMED, UNNAMED
from consultazione.transparency.published import published_entries, published_entry
from consultazione.zones.event_sentences import FAMILIES
from consultazione.zones.events import BodyAdded, ZoneChanged, ZoneSetting
from consultazione.zones.models import BodyKind
from tests.support.source import modules

OFFICE = Actor(person_id=None, display_name="")
BODY = BodyAdded(body_id=1, body_kind=BodyKind.REGION, title=FreeText("Comune di Là"))
NOT_ADMITTED = ProposalNotAdmitted(proposal_id=1, table_id=1, reason=FreeText("Fuori tema"))


def test_every_kind_is_judged_once() -> None:
    assert sorted(judged_kinds()) == sorted(registry())
    assert judge("no.such_kind").why is Why.UNJUDGED
    assert not judge("no.such_kind").is_public


def test_every_family_of_streams_is_named_or_not() -> None:
    """Its names in the source: `return f"table:{table_id}"`."""
    families = {
        line.split('f"')[1].split(":{")[0]
        for module in modules().values()
        for line in module.path.read_text().splitlines()
        if (line.startswith('    return f"') and ":{" in line and module.name.endswith("events"))
        or (line.startswith('    return f"') and ":{" in line and "stream" in module.name)
    }
    assert len(families) >= 12
    assert families <= NAMED | UNNAMED
    assert not NAMED & UNNAMED
    assert set(FAMILIES) == NAMED


def written(database: Database) -> list[dict[str, Any]]:
    with database.transaction(SYSTEM) as tx:
        tx.record("zone:1", BODY)
        tx.record("table:1", NOT_ADMITTED)
        tx.record("person:1", PersonRegistered(person_id=1))
    with database.transaction(SYSTEM) as tx:
        grow(tx)
    with database.snapshot() as session:
        return published_entries(session, 0, 10)


def test_a_public_entry_gives_its_digest(database: Database) -> None:
    entry = written(database)[0]
    names = ("stream", "number", "kind", "at", "actor_id", "data", "salt")
    content = canonical_json({name: entry[name] for name in names})
    digest = hashlib.sha256(bytes.fromhex(entry["prev_digest"]) + content).hexdigest()
    assert digest == entry["digest"]
    title = entry["texts"]["title"]
    assert title["text"] == "Comune di Là"
    covered = bytes.fromhex(title["salt"]) + title["text"].encode()
    assert hashlib.sha256(covered).hexdigest() == entry["data"]["title"]["digest"]


def test_a_withheld_entry_gives_its_digest_alone(database: Database) -> None:
    _, withheld, account = written(database)
    assert withheld.keys() == {"index", "digest", "stream", "number", "prev_digest", "withheld"}
    assert withheld["withheld"] == "personal"
    assert account.keys() == {"index", "digest", "withheld"}


def test_an_erased_text_is_not_published_and_the_digest_still_holds(database: Database) -> None:
    before = written(database)[0]
    with database.transaction(SYSTEM) as tx:
        position = log.read_forward(tx.session, after=0, limit=1)[0].position
        log.erase_texts(tx.session, position)
    with database.snapshot() as session:
        after = published_entry(session, "zone:1", 1)
    assert after == {**before, "texts": {"title": None}}


def test_a_setting_that_may_name_a_person_is_not_published(database: Database) -> None:
    changed = ZoneChanged(
        zone_id=1, setting=ZoneSetting.CONTACT_EMAIL, was=FreeText("a@b.it"), now=FreeText("c@d.it")
    )  # fmt: skip
    with database.transaction(SYSTEM) as tx:
        tx.record("zone:1", changed)
    with database.transaction(SYSTEM) as tx:
        grow(tx)
    with database.snapshot() as session:
        (found,) = published_entries(session, 0, 1)
    assert found["kind"] == "zone.changed"
    assert found["texts"] == {}
