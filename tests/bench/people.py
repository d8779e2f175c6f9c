"""Many participants with an open sign-in each, made in bulk: set-up, not what is measured."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask
from sqlalchemy import insert, select

from consultazione.core import clock
from consultazione.core.actor import SYSTEM, Actor
from consultazione.people.models import Person, SignIn
from consultazione.people.queries import actor_of
from consultazione.people.secret_tokens import digest_of
from consultazione.web.security import Sessions
from tests.support.factories import Factory
from tests.support.stack import Stack


def actors(make: Factory, count: int) -> list[Actor]:
    """So many citizens; all but the first are copies of its row."""
    first = make.person()
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(Person, first.id)
        kept = {c.key: getattr(row, c.key) for c in Person.__table__.columns if c.key != "id"}
        names = [f"Persona {n}" for n in range(1, count)]
        rows = [
            {**kept, "display_name": name, "email": f"{n}-{secrets.token_hex(6)}@example.org"}
            for n, name in enumerate(names)
        ]
        if rows:
            tx.session.execute(insert(Person), rows)
        ids = tx.session.scalars(
            select(Person.id).where(Person.id >= first.id).order_by(Person.id)
        ).all()
        return [actor_of(tx.session, ids[0]), *(Actor(one) for one in ids[1:])]


def cookies(stack: Stack, crowd: list[Actor]) -> list[str]:
    """A browser's cookie for each, signed in."""
    now = clock.now()
    keys = [secrets.token_urlsafe(32) for _ in crowd]
    rows = [
        {
            "token_digest": digest_of(key),
            "person_id": actor.person_id,
            "device": "bench",
            "created_at": now,
            "seen_at": now,
            "expires_at": now + timedelta(days=1),
        }
        for key, actor in zip(keys, crowd, strict=True)
    ]
    with stack.database().transaction(SYSTEM) as tx:
        tx.session.execute(insert(SignIn), rows)
    app = Flask(__name__)
    app.secret_key = (stack.secrets_dir / "secret_key").read_text()
    serializer = Sessions().get_signing_serializer(app)
    assert serializer is not None
    kept = [
        {"key": key, "person": actor.person_id, "_permanent": True}
        for key, actor in zip(keys, crowd, strict=True)
    ]
    return [f"consultazione={serializer.dumps(each)}" for each in kept]
