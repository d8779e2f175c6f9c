"""What a search finds, in what order, and what it does with whatever is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from consultazione.comments.commands.moderating import hide_comment
from consultazione.core.actor import SYSTEM, Role
from consultazione.people.models import Category
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.search.asking import finding
from consultazione.search.asking.correcting import distance
from consultazione.search.asking.finding import Criteria, place_at
from consultazione.search.asking.results import Results, search
from consultazione.search.indexing.file_texts import keep_text
from consultazione.search.models import SearchWord
from consultazione.tables.materials.commands import withdraw_material
from consultazione.tables.models import Material
from tests.support.factories import Factory

Index = Callable[[], None]


def asked(
    make: Factory, words: str, after: str = "", limit: int = 20, **criteria: object
) -> Results:
    """A page of a search in the zone."""
    where = Criteria(zone_id=make.zone.id, **criteria)  # type: ignore[arg-type]
    with make.session() as session:
        return search(session, words, where, after=place_at(after), limit=limit)


def titles(found: Results) -> list[str]:
    return [one.text.title for one in found.items]


@pytest.mark.parametrize(
    "typed",
    [
        "assistenza domiciliare", "domiciliari ASSISTENZE", "assist", "assistenza domicil",
        "città", "citta", "CITTÀ", "dell'assistenza, in città!",
        "assistenza\u202e\u200b domiciliare",
    ],
)  # fmt: skip
def test_stems_accents_and_beginnings(make: Factory, index: Index, typed: str) -> None:
    make.table(name="Anziani", remit="L’assistenza domiciliare in città.")
    index()
    assert titles(asked(make, typed)) == ["Anziani"]


def test_every_word_has_to_be_there(make: Factory, index: Index) -> None:
    make.proposal(title="Uno sportello", body="In ogni quartiere.")
    index()
    assert titles(asked(make, "sportelli quartieri")) == ["Uno sportello"]
    assert asked(make, "sportello lavanderia").is_near


@pytest.mark.parametrize("few", [400, 1])
def test_a_rare_word_and_the_beginning_of_one_are_both_there(
    make: Factory, index: Index, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """However many have the rare word, for which the index may be asked alone."""
    monkeypatch.setattr(finding, "FEW", few)
    for title in ("Lavanderia e stireria", "Lavanderia e stiratura", "Lavanderia", "Stireria"):
        make.proposal(title=title)
    index()
    assert sorted(titles(asked(make, "lavanderia stir"))) == [
        "Lavanderia e stiratura",
        "Lavanderia e stireria",
    ]


def test_papers_stand_before_proposals_and_these_before_comments(
    make: Factory, index: Index
) -> None:
    table = make.table(name="Trasporto sociale")
    proposal = make.proposal(table, title="Navette", body="Il trasporto la sera.")
    make.comment(proposal, body="Serve il trasporto!")
    index()
    found = asked(make, "trasporto")
    assert [one.kind.name for one in found.items] == ["table", "proposal", "comment"]
    assert [piece for piece, is_hit in found.items[2].passage if is_hit] == ["trasporto"]


def test_one_wrong_letter_finds_what_is_near(make: Factory, index: Index) -> None:
    make.proposal(title="Trasporto per gli anziani")
    index()
    found = asked(make, "trasporo")
    assert (found.is_corrected, titles(found)) == (True, ["Trasporto per gli anziani"])
    assert found.meant == "trasporto"
    assert asked(make, "trasporto per anzani oggi").is_near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("asistenza", "assistenza"), ("assitenza", "assistenza"), ("ASSISTENZZA", "assistenza"),
        ("assistnza domiciliare", "assistenza domiciliare"), ("asssitenza", "assistenza"),
        ("assistenza domicilliare", "assistenza domiciliare"), ("perchè asistenza", "assistenza"),
        ("quotidiano", ""), ("assistenze", ""), ("asstnz", ""), ("domiciliari", ""),
        ("vechi", "vecchi"), ("Rossini", ""),
    ],
)  # fmt: skip
def test_a_wrong_letter_in_a_text_is_put_right_and_searched_for_at_once(
    make: Factory, index: Index, typed: str, meant: str
) -> None:
    make.proposal(title="Per gli anziani", body="L’assistenza domiciliare perché vecchi, ogni dì.")
    make.comment(make.proposal(title="Altro", body="Nulla."), body="Il signor Rossino.")
    index()
    found = asked(make, typed)
    assert found.is_corrected == bool(meant)
    if meant:
        assert meant in found.meant
        assert titles(found) == ["Per gli anziani"]


def test_pages_of_what_was_put_right_follow_each_other(
    make: Factory, index: Index, client: FlaskClient
) -> None:
    table = make.table()
    for number in range(25):
        make.proposal(table, title=f"Numero {number}", body="Una ludoteca.")
    index()
    page = client.get("/cerca?q=ludotca").text
    assert 'Forse cercavi: <strong lang="it">ludoteca</strong>. Ecco i risultati.' in page
    assert "/cerca?q=ludoteca&amp;dopo=" in page
    first = client.get("/api/v1/search?q=ludotca").get_json()
    assert (first["corrected"], first["meant"], len(first["items"])) == (True, "ludoteca", 20)
    second = client.get(first["next"]).get_json()
    assert (second["corrected"], len(second["items"])) == (False, 5)


def test_a_suggestion_says_no_word_that_nobody_may_read_now(
    make: Factory, index: Index, tmp_path: Path
) -> None:
    """Neither one that was taken away since it was counted, nor one that stands in a comment."""
    table = make.table()
    make.comment(make.proposal(table, title="Altro"), body="Una camarilla.")
    hidden = make.material(table, tmp_path, title="La frantumaglia")
    make.proposal(table, title="Frantumare", body="Si frantuma, la camera.")
    index()
    assert asked(make, "frantumalia").meant == "frantumaglia"
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        withdraw_material(tx, material_id=hidden.id, reason="Errato.")
    assert "frantumaglia" not in asked(make, "frantumalia").meant
    assert asked(make, "camarila").meant == ""
    index()
    with make.session() as session:
        words = set(session.scalars(select(SearchWord.word)))
    assert "frantumare" in words
    assert words.isdisjoint({"frantumaglia", "camarilla"})


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_the_distance_of_two_words_is_one(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert distance(f"x{one}", f"x{other}") == distance(one, other)


@pytest.mark.parametrize(
    "typed", ["", "  ", "il la dei", "!?% & | <-> :*", "'\\", "\u202e\u200f", "\ue000"]
)
def test_what_holds_no_word_is_said_so(make: Factory, index: Index, typed: str) -> None:
    make.proposal()
    index()
    assert asked(make, typed) == Results("") or not asked(make, typed).items


@pytest.mark.parametrize("typed", ["x" * 10_000, "parola " * 2_000, "((((" * 2_500, "日本語 ŝ 🙂"])
def test_whatever_is_typed_is_answered(make: Factory, index: Index, typed: str) -> None:
    make.proposal()
    index()
    assert titles(asked(make, typed)) == []


def test_pages_follow_each_other_without_gap_or_double(
    make: Factory, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = make.table(name="Lavanderie", remit="Una lavanderia.")
    proposals = [make.proposal(table, title=f"Lavanderia {n}") for n in range(5)]
    for _comment in range(4):
        make.comment(proposals[0], body="Una lavanderia, sì.")
    index()
    for few in (400, 2):  # the best first, and the newest first where there are many
        monkeypatch.setattr(finding, "FEW", few)
        seen, after = [], ""
        while True:
            found = asked(make, "lavanderia", after, limit=3)
            seen += [(one.kind.name, one.text.object_id) for one in found.items]
            after = found.next_key
            if not after:
                break
        assert len(seen) == len(set(seen)) == 10
        assert [kind for kind, _ in seen] == ["table", *["proposal"] * 5, *["comment"] * 4]


def test_filters(make: Factory, index: Index) -> None:
    first, second = make.table(), make.table()
    union = make.delegate(Category.UNION)
    ours = make.proposal(first, title="Mensa una")
    theirs = make.proposal(second, author=union, title="Mensa due")
    make.comment(ours, body="La mensa!")
    with make.database.transaction(union) as tx:
        withdraw_proposal(tx, proposal_id=theirs.id)
    index()
    assert len(asked(make, "mensa").items) == 3
    assert titles(asked(make, "mensa", kind="proposal", table_id=first.id)) == ["Mensa una"]
    assert titles(asked(make, "mensa", category=Category.UNION)) == ["Mensa due"]
    assert titles(asked(make, "mensa", state="withdrawn")) == ["Mensa due"]
    assert [one.kind.name for one in asked(make, "mensa", kind="comment").items] == ["comment"]
    tomorrow = ours.submitted_at + timedelta(days=1)
    assert asked(make, "mensa", since=tomorrow).is_near
    assert len(asked(make, "mensa", until=tomorrow).items) == 3
    assert asked(make, "mensa", cycle_id=make.cycle.id + 999).is_near


def test_what_was_hidden_meanwhile_is_in_no_list(
    make: Factory, index: Index, tmp_path: Path
) -> None:
    """The index does not know yet; what is shown is asked for once more."""
    table = make.table()
    comment = make.comment(make.proposal(table), body="Una frantumaglia.")
    material = make.material(table, tmp_path, title="Frantumaglia")
    index()
    assert len(asked(make, "frantumaglia").items) == 2
    with make.database.transaction(make.holder(Role.FACILITATOR)) as tx:
        hide_comment(tx, comment_id=comment.id, reason="Fuori luogo.")
        withdraw_material(tx, material_id=material.id, reason="Errato.")
    assert asked(make, "frantumaglia").items == []
    index()
    assert asked(make, "frantumaglia").is_near


def test_another_zone_is_not_searched(make: Factory, index: Index) -> None:
    other = Factory(make.database, name="Altrove")
    other.proposal(title="Il mulino")
    index()
    assert titles(asked(make, "mulino")) == []
    assert titles(asked(other, "mulini")) == ["Il mulino"]


def test_a_document_is_found_by_the_words_of_its_file(
    make: Factory, index: Index, tmp_path: Path
) -> None:
    material = make.material(make.table(), tmp_path, title="Sintesi")
    with make.database.transaction(SYSTEM) as tx:
        keep_text(tx, tx.session.get_one(Material, material.id), "Gli affitti calmierati.")
    index()
    found = asked(make, "affitto calmierato")
    assert titles(found) == ["Sintesi"]
    assert "affitti" in "".join(piece for piece, _ in found.items[0].passage)


@pytest.mark.parametrize(
    "key", ["", "x", "0.n.1", "9.n.1.table.1", "0.n.99999999999999999.table.1"]
)
def test_a_key_that_is_none_starts_over(make: Factory, index: Index, key: str) -> None:
    make.proposal(title="Ludoteca")
    index()
    assert titles(asked(make, "ludoteca", key)) == ["Ludoteca"]
