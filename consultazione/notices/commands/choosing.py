"""Choosing how one is told; and stopping all mails, by a link and without signing in."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.notices.choices import USUAL, choices_of, effective
from consultazione.notices.groups import group_of
from consultazione.notices.models import MAILED, Channel, Group, Notice, NoticeSetting
from consultazione.notices.unsubscribing import person_of_token
from consultazione.tables.queries import get_table


def choose_channels(
    tx: Transaction, *, channels: Mapping[Group, Channel | None], table_id: int | None = None
) -> None:
    """Have the actor told so of each group from now on, everywhere or at one table.

    channels: None for what is told as everywhere. What waits for a mail follows the choice.
    NotFound if there is no such table.
    """
    if table_id is not None:
        get_table(tx.session, table_id)
    require(tx.actor, Permission.CHOOSE_CHANNELS)
    person_id = acting_person(tx.actor)
    for group, channel in channels.items():
        _choose(tx, person_id, table_id, group, channel)
    _move_waiting(tx, person_id)


def stop_mails(tx: Transaction, *, token: str) -> None:
    """Mail a person no notices any more: they are told on the site. Idempotent.

    Whoever has the token may, which stands in each mail (RFC 8058). NotFound if it is nobody's.
    """
    require(tx.actor, Permission.STOP_MAILS)
    person_id = person_of_token(tx.session, token)
    chosen = choices_of(tx.session, person_id)
    for group in Group:
        if chosen.get((None, group), USUAL[group]) in MAILED:
            _choose(tx, person_id, None, group, Channel.SITE)
    mailed = (NoticeSetting.table_id.is_not(None), NoticeSetting.channel.in_(MAILED))
    tx.session.execute(delete(NoticeSetting).where(NoticeSetting.person_id == person_id, *mailed))
    _move_waiting(tx, person_id)


def _choose(
    tx: Transaction, person_id: int, table_id: int | None, group: Group, channel: Channel | None
) -> None:
    if channel is None:
        own = (NoticeSetting.person_id == person_id, NoticeSetting.group == group)
        there = NoticeSetting.table_id.is_not_distinct_from(table_id)
        tx.session.execute(delete(NoticeSetting).where(*own, there))
        return
    row = {"person_id": person_id, "table_id": table_id, "group": group, "channel": channel}
    key = [NoticeSetting.person_id, NoticeSetting.table_id, NoticeSetting.group]
    tx.session.execute(
        insert(NoticeSetting)
        .values(row)
        .on_conflict_do_update(index_elements=key, set_={"channel": channel})
    )


def _move_waiting(tx: Transaction, person_id: int) -> None:
    """Have what waits for a mail mailed as its person wants it now, or never."""
    chosen = choices_of(tx.session, person_id)
    waits = (Notice.person_id == person_id, Notice.mail_id.is_(None), Notice.channel.in_(MAILED))
    query = select(Notice.topic, Notice.table_id).where(*waits).distinct()
    for topic, table_id in tx.session.execute(query).all():
        group = group_of(topic)
        wanted = Channel.SITE if group is None else effective(chosen, group, table_id)
        channel = wanted if wanted in MAILED else Channel.SITE
        same = (Notice.topic == topic, Notice.table_id.is_not_distinct_from(table_id))
        tx.session.execute(update(Notice).where(*waits, *same).values(channel=channel))
