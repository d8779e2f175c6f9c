"""The index follows the log; what it holds of comments is nothing that anybody could read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from redis import Redis
from sqlalchemy import select, text

from consultazione.comments.commands.moderating import erase_comment, hide_comment, show_comment
from consultazione.core import clock, job_outbox
from consultazione.core.actor import SYSTEM, Role
from consultazione.core.events import field_names, registry
from consultazione.core.text_keys import KeyDestroyed, keys_of
from consultazione.proposals.commands.editing import edit_proposal
from consultazione.search.indexing.dictionary import (
    count_words,
    due_dictionaries,
    forget_words,
)
from consultazione.search.indexing.following import CURSOR, follow
from consultazione.search.indexing.rebuilding import rebuild
from consultazione.search.indexing.rekeying import change_key, end_old_keys, leaves
from consultazione.search.kinds import KINDS
from consultazione.search.models import SearchEntry, SearchWord
from tests.support.factories import Factory
from workers import job_runner
from workers.loops.search import SearchIndex, SearchWords
from workers.queue import open_queue
from workers.reminder_job import reminder_of

Index = Callable[[], None]


def entries(make: Factory, kind: str) -> dict[int, SearchEntry]:
    """What the index holds of a kind."""
    with make.session() as session:
        found = session.scalars(select(SearchEntry).filter_by(kind=kind))
        return {entry.object_id: entry for entry in found}


def test_an_object_is_read_again_whenever_the_log_tells_of_it(make: Factory, index: Index) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author, title="Prima")
    index()
    assert "prim" in (entries(make, "proposal")[proposal.id].words or "")
    with make.database.transaction(author) as tx:
        edit_proposal(
            tx, proposal_id=proposal.id, version=1, title="Seconda", body="Testo.", reason="Meglio."
        )
    index()
    assert "second" in (entries(make, "proposal")[proposal.id].words or "")


def test_a_hidden_comment_leaves_the_index_and_comes_back(make: Factory, index: Index) -> None:
    comment, facilitator = make.comment(), make.holder(Role.FACILITATOR)
    for command, there in ((hide_comment, False), (show_comment, True)):
        with make.database.transaction(facilitator) as tx:
            command(tx, comment_id=comment.id, reason="Una ragione.")
        index()
        assert (comment.id in entries(make, "comment")) is there


def test_following_is_at_least_once_and_harmless_twice(make: Factory, index: Index) -> None:
    proposal = make.proposal()
    index()
    before = entries(make, "proposal")[proposal.id]
    with make.database.transaction(SYSTEM) as tx:
        job_outbox.advance(tx.session, CURSOR, 0)
    index()
    after = entries(make, "proposal")[proposal.id]
    assert (after.words, after.title, after.at) == (before.words, before.title, before.at)


def test_a_rehearsal_is_not_followed(make: Factory, index: Index) -> None:
    index()
    with make.database.transaction(SYSTEM) as tx:
        assert follow(tx.session, at=tx.now, limit=10) == 0


def test_a_comment_stands_in_the_index_in_no_words(make: Factory, index: Index) -> None:
    comment = make.comment(body="Una frantumaglia riconoscibile.")
    index()
    entry = entries(make, "comment")[comment.id]
    assert (entry.words, entry.title) == (None, None)
    assert len(entry.stems or ()) == 2
    with make.session() as session:
        row = session.scalar(text("SELECT CAST(e AS text) FROM search_entry e WHERE band = 2"))
    assert "frantum" not in row


def test_after_an_erasure_everything_is_under_another_key(make: Factory, index: Index) -> None:
    stays, goes = make.comment(body="Resta qui."), make.comment(body="Sparisce.")
    index()
    old = entries(make, "comment")[stays.id]
    with make.database.transaction(make.holder(Role.ADMINISTRATOR)) as tx:
        erase_comment(tx, comment_id=goes.id, ground="Dati personali.")
    index()
    end_old_keys(make.database)
    now = entries(make, "comment")
    assert goes.id not in now
    assert now[stays.id].leaf != old.leaf
    assert now[stays.id].stems != old.stems
    with make.session() as session:
        assert leaves(session) == [now[stays.id].leaf]
        with pytest.raises(KeyDestroyed):
            keys_of(session).tree(session).key(old.leaf or 0)


def test_rebuilding_makes_the_same_and_takes_out_what_is_gone(make: Factory, index: Index) -> None:
    proposal = make.proposal(make.table(), title="Ludoteca")
    make.comment(proposal)
    index()
    before = {kind: set(entries(make, kind)) for kind in KINDS}
    with make.database.transaction(SYSTEM) as tx:
        row = tx.session.get_one(SearchEntry, ("proposal", proposal.id))
        row.title = "Altro"
        ghost = {name: getattr(row, name) for name in ("band", "zone_id", "at", "words")}
        tx.session.add(SearchEntry(kind="proposal", object_id=proposal.id + 999, **ghost))
    told: list[tuple[str, int, int]] = []
    rebuild(make.database, tell=lambda *step: told.append(step))
    assert {kind: set(entries(make, kind)) for kind in KINDS} == before
    assert entries(make, "proposal")[proposal.id].title == "Ludoteca"
    assert told[-1][1] == told[-1][2] or told[-1] == ("archive", 0, 0)


# Entries that name an object of a kind, and leave what is searched of it as it was.
NOT_ABOUT_IT = {
    "table": ("comment.", "role.", "proposal.", "provincial_", "seat.", "person.accredited",
              "accreditation.", "material.", "sitting.", "amendment.", "cosigner.", "opinion_map.",
              "evaluation.", "evaluation_note.", "answer_batch.", "survey.",
              "person.invited", "ruling", "text.", "paper_text."),
    "proposal": ("comment.", "minutes.", "agenda.", "amendment.", "cosigner.",
                 "evaluation.", "evaluation_note."),
    "comment": ("promise.", "block"),
    "material": ("agenda.",),
    "minutes": ("outcome.",),
    "outcome": ("decision.",),
    "plan": ("block_comment.", "change."),
    "norm": (),
    "archive": ("mandate.",),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_whatever_names_an_object_has_it_read_again(name: str) -> None:
    """A new kind of entry is one of the kind's families, or is named above."""
    kind = KINDS[name]
    naming = {
        told for told, event in registry().items() if set(kind.fields) & set(field_names(event))
    }
    ours = {told for told in naming if told.startswith(kind.families)}
    assert ours
    assert kind.silent <= ours
    assert {told for told in naming - ours if not told.startswith(NOT_ABOUT_IT[name])} == set()


def test_the_dispatchers_loop_does_it_all(make: Factory) -> None:
    """What is written is there after a turn; an old key ends once nothing is under it."""
    loop, comment = SearchIndex(make.database), make.comment()
    while loop.every() < 0.5 or comment.id not in entries(make, "comment"):
        loop.turn()
    with make.database.transaction(SYSTEM) as tx:
        change_key(tx.session, at=tx.now + timedelta(seconds=1))
    for _turn in range(3):
        loop.turn()
    with make.session() as session:
        assert leaves(session) == [entries(make, "comment")[comment.id].leaf]


def words(make: Factory) -> set[str]:
    with make.session() as session:
        return set(session.scalars(select(SearchWord.word)))


def test_a_dictionary_is_counted_by_a_worker_and_rests_and_keeps_no_word_that_is_gone(
    make: Factory, valkey_url: str
) -> None:
    author = make.citizen()
    proposal = make.proposal(author=author, title="Ludoteca", body="Uno scivolo.")
    other = Factory(make.database, name="Altrove")
    other.proposal(title="Ludoteca", body="Un dondolo.")
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()
        queue = open_queue(redis)
        for loop in (SearchIndex(make.database), SearchWords(make.database, queue)):
            for _turn in range(3):
                loop.turn()
        asked = {tuple(reminder_of(job)) for job in queue.jobs}
    assert asked == {("count_words", make.zone.id), ("count_words", other.zone.id)}
    for reaction, zone_id in asked:
        assert job_runner.perform(make.database, reaction, zone_id)
    assert {"ludoteca", "scivolo", "dondolo"} <= words(make)
    with make.database.transaction(author) as tx:
        edit_proposal(
            tx, proposal_id=proposal.id, version=1, title="Parco", body="Testo.", reason="Meglio."
        )
    SearchIndex(make.database).turn()
    with make.session() as session:
        now = clock.now()
        assert due_dictionaries(session, at=now) == []  # it rests
        assert due_dictionaries(session, at=now + timedelta(minutes=2)) == [make.zone.id]
    count_words(make.database, make.zone.id)
    assert words(make) & {"ludoteca", "scivolo", "dondolo"} == {"ludoteca", "dondolo"}
    with make.database.transaction(SYSTEM) as tx:
        forget_words(tx.session, other.zone.id)
    assert words(make) & {"ludoteca", "parco"} == {"parco"}
