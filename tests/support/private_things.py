"""What somebody has in the zone that is nobody else's affair."""

from __future__ import annotations

from consultazione.core.actor import Actor
from consultazione.notices.commands.choosing import choose_channels
from consultazione.notices.commands.following import follow
from consultazione.notices.models import Channel, Group, SubjectKind
from consultazione.opinions.commands.opinions import answer_opinion
from consultazione.opinions.queries import get_map
from consultazione.proposals.drafts.commands import begin_proposal_draft
from consultazione.site.calendars.commands import make_calendar_address
from tests.support.factories import Factory
from tests.support.opinion_things import opened_map


def private_things(make: Factory, who: Actor) -> None:
    """A draft, an answer to an opinion map, something followed, and a calendar of one's own."""
    opened = opened_map(make)
    with make.session() as session:
        opinion_id = get_map(session, opened.id).opinions[0].id
    with make.database.transaction(who) as tx:
        begin_proposal_draft(tx, cycle_id=make.cycle.id, answers={"title": "Una bozza"})
        answer_opinion(tx, opinion_id=opinion_id, value=-1)
        follow(tx, kind=SubjectKind.TABLE, subject_id=opened.table_id)
        choose_channels(tx, channels={Group.SITTINGS: Channel.DAILY})
        make_calendar_address(tx)
