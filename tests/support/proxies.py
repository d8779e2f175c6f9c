"""A table that allows proxies, with its delegates and a sitting."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from consultazione.core.actor import Actor
from consultazione.people.models import Category, Person
from consultazione.sittings.delegating.commands import give_proxy
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.commands.polls import open_poll
from consultazione.sittings.polls.models import Ballot, Poll
from consultazione.sittings.polls.rules import Franchise, Rules
from consultazione.sittings.proxies.models import Proxy
from consultazione.tables.rules import TableRule, Who
from tests.support.factories import Factory

ACT = "Letter of 1 March, protocol 12"
BY_PERSON = Rules(franchise=Franchise.PERSONS)
BY_ORGANISATION = Rules(franchise=Franchise.ORGANISATIONS)


class Table:
    """A table of seated organisations that allows one proxy a person, with a sitting to come."""

    def __init__(
        self, make: Factory, *, proxies: int = 1, category: Category = Category.APS
    ) -> None:
        self.make, self._category = make, category
        self.rule = TableRule(vote=Who.ORGANISATIONS, proxies=proxies)
        self.table = make.table(rule=self.rule)
        self.sitting: Sitting = make.sitting(self.table)

    def delegate(self) -> Actor:
        """The delegate of an organisation that has just got its seat."""
        person = self.make.person()
        self.make.mandate(person, self.make.seated(self.table.id, self._category))
        return self.make.actor(person)

    def run(self, command: Any, actor: Actor, **fields: Any) -> Any:
        """The answer to a command."""
        with self.make.database.transaction(actor) as tx:
            return command(tx, **fields)

    def email(self, actor: Actor) -> str:
        """The address of somebody's account."""
        with self.make.session() as session:
            return session.get_one(Person, actor.person_id).email or ""

    def give(self, giver: Actor, holder: Actor, by: Actor | None = None) -> Proxy:
        """Register a proxy, as the giver, or as somebody at the desk."""
        found: Proxy = self.run(
            give_proxy, by or giver, sitting_id=self.sitting.id, holder=self.email(holder),
            written_act=ACT, giver=self.email(giver) if by else "",
        )  # fmt: skip
        return found

    def open(self, rules: Rules = BY_ORGANISATION) -> tuple[Actor, Poll]:
        """The chair and a poll that they have opened, in the sitting that is open already."""
        chair = self.make.presided(self.sitting)
        return chair, self.ask(chair, rules)

    def ask(self, chair: Actor, rules: Rules = BY_ORGANISATION) -> Poll:
        """Open a poll."""
        found: Poll = self.run(
            open_poll, chair, sitting_id=self.sitting.id, question="Shall we?", rules=rules
        )
        return found

    def come(self, *actors: Actor) -> None:
        """Let people come into the sitting."""
        for actor in actors:
            self.make.present(self.sitting, actor)

    def ballots(self, poll: Poll) -> dict[int, tuple[str | None, int | None]]:
        """Choice and proxy of each ballot, by the person whose vote it is."""
        with self.make.session() as session:
            rows = session.scalars(select(Ballot).filter_by(poll_id=poll.id))
            return {row.person_id: (row.choice, row.proxy_id) for row in rows}

    def again(self, proxy: Proxy) -> Proxy:
        """A proxy as it is now."""
        with self.make.session() as session:
            return session.get_one(Proxy, proxy.id)
