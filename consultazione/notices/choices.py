"""How people are told: what they chose at a table, else everywhere, else what is usual."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from consultazione.core.columns import among
from consultazione.notices.models import MAILED, Channel, Group, NoticeSetting
from consultazione.people.models import Person

# What somebody gets who has chosen nothing.
USUAL: Mapping[Group, Channel] = {
    Group.DISCUSSION: Channel.DAILY,
    Group.PROPOSALS: Channel.AT_ONCE,
    Group.SITTINGS: Channel.AT_ONCE,
    Group.DOCUMENTS: Channel.DAILY,
    Group.TASKS: Channel.AT_ONCE,
}


Choices = Mapping[tuple[int | None, Group], Channel]


def choices_of(session: Session, person_id: int) -> Choices:
    """What somebody has chosen, by table (None: everywhere) and group."""
    return choices_of_many(session, [person_id])[person_id]


def choices_of_many(session: Session, person_ids: Collection[int]) -> Mapping[int, Choices]:
    """What each of many has chosen, as `choices_of` has it."""
    own, columns = NoticeSetting.person_id, (NoticeSetting.table_id, NoticeSetting.group)
    query = select(own, *columns, NoticeSetting.channel).where(among(own, person_ids))
    found: dict[int, dict[tuple[int | None, Group], Channel]] = {one: {} for one in person_ids}
    for person_id, table_id, group, channel in session.execute(query):
        found[person_id][table_id, group] = channel
    return found


def effective(chosen: Choices, group: Group, table_id: int | None) -> Channel:
    """The channel that follows from what somebody chose, at a table or, for None, everywhere."""
    everywhere = chosen.get((None, group), USUAL[group])
    return chosen.get((table_id, group), everywhere)


def channel_for(group: Group, table_id: int | None) -> ColumnElement[Channel]:
    """The channel of each person of a query on persons: an expression of it.

    Nobody gets mail before their address is confirmed: until then they are told on the site.
    """
    chosen = func.coalesce(_chosen(group, table_id), _chosen(group, None), _word(USUAL[group]))
    unmailed = and_(Person.email_confirmed_at.is_(None), chosen.in_(MAILED))
    return case((unmailed, _word(Channel.SITE)), else_=chosen)


def is_told(person: type[Person] = Person) -> ColumnElement[bool]:
    """Whether an account is told anything: not if it is blocked or erased."""
    return and_(person.blocked_at.is_(None), person.email.is_not(None))


def _chosen(group: Group, table_id: int | None) -> Any:
    setting = aliased(NoticeSetting)
    return (
        select(setting.channel)
        .where(setting.person_id == Person.id, setting.group == group)
        .where(setting.table_id.is_not_distinct_from(table_id))
        .scalar_subquery()
    )


def _word(channel: Channel) -> Any:
    return literal(channel, NoticeSetting.channel.type)
