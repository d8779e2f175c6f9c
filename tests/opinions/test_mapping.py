"""Groups and consensus out of answers, against red-dwarf, another implementation of the method."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultazione.core.canonical import canonical_json
from consultazione.opinions.mapping.groups import Labels, groups_of, silhouette
from consultazione.opinions.mapping.matrix import Matrix, as_csv, from_csv, matrix_of, shuffled
from consultazione.opinions.mapping.measures import measures_of
from consultazione.opinions.mapping.picture import picture_of
from consultazione.opinions.mapping.places import places_of


def planted(people: int, statements: int, groups: int) -> tuple[Matrix, Labels]:
    """Answers of groups that agree on the first statements, with some noise and many gaps."""
    random = np.random.default_rng(7)
    centres = random.choice([-1, 1], size=(groups, statements))
    centres[:, : max(2, statements // 10)] = 1
    members = random.integers(groups, size=people)
    values = centres[members].astype(float)
    values = np.where(random.random(values.shape) < 0.05, -values, values)
    values = np.where(random.random(values.shape) < 0.1, 0, values)
    values = np.where(random.random(values.shape) < 0.6, values, np.nan)
    return Matrix(tuple(range(1, statements + 1)), values), members


def same(one: Labels, other: Labels) -> bool:
    """True if two partings put the same people together, whatever the groups are called."""
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@pytest.mark.slow
@pytest.mark.parametrize(("people", "statements", "groups"), [(120, 12, 2), (400, 40, 3)])
def test_it_is_what_another_implementation_finds(people: int, statements: int, groups: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from reddwarf.implementations.polis import run_pipeline

        matrix, _members = planted(people, statements, groups)
        votes = [
            {
                "participant_id": row,
                "statement_id": number,
                "vote": int(matrix.values[row, column]),
            }
            for row in range(people)
            for column, number in enumerate(matrix.statements)
            if not np.isnan(matrix.values[row, column])
        ]
        theirs = run_pipeline(votes=votes, random_state=1)
    places = places_of(matrix)
    their_places = np.array([theirs.participant_projections[row] for row in range(people)])
    assert np.abs(np.abs(places) - np.abs(their_places)).max() < 1e-6
    their_labels = theirs.participants_df["cluster_id"].to_numpy(dtype=float)
    placed = ~np.isnan(their_labels)
    labels = groups_of(places[placed], least=5)
    assert labels is not None
    assert same(labels, their_labels[placed].astype(int))
    ours = measures_of(
        Matrix(matrix.statements, matrix.values[placed]), their_labels[placed].astype(int), 1
    )
    table = theirs.group_comment_stats
    for column, measured in (("pa", ours.share), ("pat", ours.sure), ("rat", ours.distinct)):
        assert np.abs(table[column].to_numpy().reshape(measured.shape) - measured).max() < 1e-9
    common = [theirs.group_aware_consensus["agree"][number] for number in matrix.statements]
    assert np.abs(np.array(common) - ours.common).max() < 1e-9


def test_planted_groups_come_back_with_what_they_share_and_what_divides_them() -> None:
    matrix, members = planted(150, 30, 3)
    picture = picture_of(matrix, least_group=5)
    assert picture is not None
    labels = groups_of(places_of(matrix), least=5)
    assert labels is not None
    together = [np.bincount(members[labels == group]).max() for group in range(3)]
    assert sum(together) >= 147
    assert [group["size"] for group in picture["groups"]] == np.bincount(labels).tolist()
    agreed = {stand["statement"] for stand in picture["common"] if stand["answer"] == "agree"}
    assert len(agreed) > 1
    assert not agreed & set(picture["dividing"])
    first = picture["statements"][0]["groups"]
    assert all(tally["agree"] > 3 * tally["disagree"] for tally in first)
    assert sum(cell["count"] for cell in picture["cells"]) == picture["placed"] == 150


def test_the_order_of_people_tells_nothing() -> None:
    matrix, _members = planted(150, 30, 3)
    order = np.random.default_rng(1).permutation(150)
    first, second = (
        picture_of(matrix, least_group=5),
        picture_of(shuffled(matrix, order), least_group=5),
    )
    assert first is not None
    assert second is not None
    assert first["statements"] == second["statements"]
    assert first["common"] == second["common"]


def test_equal_answers_give_equal_bytes() -> None:
    matrix, _members = planted(90, 10, 2)
    drawn = [canonical_json(picture_of(from_csv(as_csv(matrix)), least_group=5)) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_nothing_is_told_of_few() -> None:
    matrix, _members = planted(9, 10, 2)
    assert picture_of(matrix, least_group=5) is None


def test_no_group_is_smaller_than_the_least() -> None:
    matrix, _members = planted(60, 12, 2)
    odd = Matrix(matrix.statements, np.vstack([matrix.values, -np.ones((3, 12))]))
    picture = picture_of(odd, least_group=20)
    assert picture is not None
    assert all(group["size"] >= 20 for group in picture["groups"])


def test_people_who_all_say_the_same_are_one() -> None:
    picture = picture_of(Matrix((1, 2, 3), np.ones((30, 3))), least_group=5)
    assert picture is not None
    assert picture["groups"] == []
    assert [stand["statement"] for stand in picture["common"]] == [1, 2, 3]


def test_who_answered_little_stands_in_no_group_but_counts() -> None:
    matrix, _members = planted(60, 12, 2)
    little = np.full((10, 12), np.nan)
    little[:, 0] = 1
    picture = picture_of(
        Matrix(matrix.statements, np.vstack([matrix.values, little])), least_group=5
    )
    assert picture is not None
    assert (picture["participants"], picture["placed"] <= 60) == (70, True)
    tally = picture["statements"][0]
    assert tally["agree"] == int((matrix.values[:, 0] == 1).sum()) + 10


def test_a_silhouette_is_one_where_groups_are_points() -> None:
    places = np.array([[0.0, 0.0]] * 4 + [[9.0, 9.0]] * 4)
    assert silhouette(places, np.array([0] * 4 + [1] * 4)) == pytest.approx(1)


_ROWS = st.lists(st.lists(st.sampled_from([-1, 0, 1, None]), min_size=4, max_size=4), max_size=40)


@settings(max_examples=60, deadline=None)
@given(_ROWS)
def test_whatever_is_answered_a_picture_adds_up(rows: list[list[int | None]]) -> None:
    given = [
        ([n for n, v in enumerate(row, 1) if v is not None], [v for v in row if v is not None])
        for row in rows
    ]
    matrix = matrix_of([1, 2, 3, 4], given)
    again = from_csv(as_csv(matrix))
    assert again.statements == matrix.statements
    assert np.array_equal(again.values, matrix.values, equal_nan=True)
    picture = picture_of(matrix, least_group=2)
    assert (picture is None) == (len(matrix.values) < 4)
    if picture is not None:
        sizes = [group["size"] for group in picture["groups"]]
        assert sum(sizes) in {0, picture["placed"]}
        assert all(size >= 2 for size in sizes)
        for column, tally in enumerate(picture["statements"]):
            told = tally["agree"] + tally["disagree"] + tally["passed"]
            assert told == int(matrix.given[:, column].sum())
