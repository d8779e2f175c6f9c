"""Writing and hiding comments."""

from __future__ import annotations

import pytest

from consultazione.comments.commands.moderating import erase_comment, hide_comment
from consultazione.comments.commands.writing import write_comment
from consultazione.comments.events import CommentErased, CommentHidden, CommentWritten
from consultazione.comments.models import Position
from consultazione.comments.queries import get_comment
from consultazione.core.actor import VISITOR, Role
from consultazione.core.errors import Conflict, NotAllowed, NotFound
from consultazione.core.events import FreeText
from consultazione.core.log import read_stream, words
from consultazione.core.log.verify import verify_stream
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import refuse_proposal
from consultazione.proposals.models import Proposal
from consultazione.tables.events import table_stream
from tests.support.factories import Factory


def test_a_comment_takes_a_position_in_a_name(make: Factory) -> None:
    proposal, delegate = make.proposal(), make.delegate(Category.UNION)
    comment = make.comment(proposal, delegate, position=Position.AGAINST, body="Costa troppo.")
    with make.session() as session:
        entry = read_stream(session, table_stream(proposal.table_id))[-1]
    assert entry.event == CommentWritten(
        comment_id=comment.id,
        proposal_id=proposal.id,
        table_id=proposal.table_id,
        mandate_id=comment.mandate_id,
        category=Category.UNION,
        position=Position.AGAINST,
        body=FreeText("Costa troppo."),
    )


def test_comments_need_an_account_and_a_proposal_under_discussion(make: Factory) -> None:
    proposal = make.proposal()
    with pytest.raises(NotAllowed, match="Sign in"):
        make.comment(proposal, VISITOR)
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        refuse_proposal(tx, proposal_id=proposal.id, reason="Fuori tema")
    with pytest.raises(Conflict, match="not under discussion"):
        make.comment(proposal)


def test_there_is_nothing_to_comment_on(make: Factory) -> None:
    with make.database.transaction(make.citizen()) as tx, pytest.raises(NotFound):
        write_comment(tx, proposal_id=0, position=Position.NEUTRAL, body="?")


def test_the_tables_facilitator_hides_a_comment_and_says_why(make: Factory) -> None:
    table = make.table()
    comment, table_id = make.comment(make.proposal(table)), table.id
    with make.database.transaction(make.holder(Role.FACILITATOR, table_id)) as tx:
        hidden = hide_comment(tx, comment_id=comment.id, reason="Offende una persona")
    assert hidden.hidden_at is not None
    with make.session() as session:
        entry = read_stream(session, table_stream(table_id))[-1]
    assert entry.event == CommentHidden(
        comment_id=comment.id,
        proposal_id=comment.proposal_id,
        table_id=table_id,
        reason=FreeText("Offende una persona"),
    )


def test_a_comment_is_hidden_once_and_by_nobody_from_another_table(make: Factory) -> None:
    comment = make.comment()
    elsewhere = make.holder(Role.FACILITATOR, make.table().id)
    with make.database.transaction(elsewhere) as tx, pytest.raises(NotAllowed):
        hide_comment(tx, comment_id=comment.id, reason="Non mi piace")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        hide_comment(tx, comment_id=comment.id, reason="Offende")
        with pytest.raises(Conflict, match="hidden already"):
            hide_comment(tx, comment_id=comment.id, reason="Offende")
        with pytest.raises(NotFound):
            hide_comment(tx, comment_id=0, reason="Offende")


GROUND = "Ordinanza del tribunale del 5 febbraio 2018"


@pytest.mark.parametrize("hidden", [False, True])
def test_an_erased_text_is_gone_from_the_page_and_from_the_log(make: Factory, hidden: bool) -> None:
    comment = make.comment(body="Parole da togliere.")
    other = make.comment(body="Parole che restano.")
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        if hidden:
            hide_comment(tx, comment_id=comment.id, reason="Offende una persona")
        erased = erase_comment(tx, comment_id=comment.id, ground=GROUND)
        table_id = tx.session.get_one(Proposal, comment.proposal_id).table_id
    assert (erased.is_erased, erased.body, erased.hidden_reason) == (True, "", GROUND)
    stream = table_stream(table_id)
    with make.session() as session:
        entries = [entry.event for entry in read_stream(session, stream)]
        assert entries[-1] == CommentErased(
            comment_id=comment.id,
            proposal_id=comment.proposal_id,
            table_id=table_id,
            ground=FreeText(GROUND),
        )
        assert [e.body for e in entries if isinstance(e, CommentWritten)] == [""]
        assert words(session, [comment.leaf, other.leaf]) == {other.leaf: "Parole che restano."}
        assert get_comment(session, comment.id).body == ""
        assert get_comment(session, other.id).body == "Parole che restano."
        assert verify_stream(session, stream) == []


def test_only_an_administrator_erases_and_only_once(make: Factory) -> None:
    table = make.table()
    comment = make.comment(make.proposal(table))
    for role in (Role.FACILITATOR, Role.PLAN_OFFICE):
        who = make.holder(role)
        with make.database.transaction(who) as tx, pytest.raises(NotAllowed):
            erase_comment(tx, comment_id=comment.id, ground=GROUND)
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=comment.id, ground=GROUND)
        with pytest.raises(Conflict, match="erased already"):
            erase_comment(tx, comment_id=comment.id, ground=GROUND)
        with pytest.raises(Conflict, match="hidden already"):
            hide_comment(tx, comment_id=comment.id, reason="Offende")
