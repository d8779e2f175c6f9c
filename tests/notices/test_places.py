"""The addresses that notices name, with and without a request, are those of the pages."""

from __future__ import annotations

import pytest
from flask import Flask, url_for

from consultazione.notices import places
from consultazione.notices.models import SubjectKind
from consultazione.notices.subjects import find_subject
from tests.support.factories import Factory


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        (places.NOTICES, "notices.index"),
        (places.SETTINGS, "notices.settings"),
        (places.STOP, "notices.stop"),
        (places.PROFILE, "people.profile"),
        ("/osservazioni/7", "comments.show"),
        ("/proposte/7", "proposals.show"),
        ("/proposte/7/versioni/2", "proposals.version"),
        ("/sedute/7", "sittings.show"),
        ("/verbali/7", "minutes.show"),
        ("/esiti/7", "outcomes.show"),
        ("/piano/paragrafi/7", "plan.paragraph"),
        ("/piano/contributi/7", "plan.contribution"),
    ],
)
def test_a_path_is_that_of_its_page(app: Flask, path: str, endpoint: str) -> None:
    found, _values = app.url_map.bind("site.example").match(path)
    assert found == endpoint


def test_what_can_be_followed_is_found_where_its_page_is(app: Flask, make: Factory) -> None:
    outcome = make.outcome("Si apra uno sportello.")
    with make.session() as session, app.test_request_context(make.here):
        ids = {
            SubjectKind.TABLE: outcome.table_id,
            SubjectKind.PROPOSAL: make.proposal().id,
            SubjectKind.OUTCOME: outcome.id,
            SubjectKind.CHAPTER: outcome.items[0].chapter_id,
        }
        for kind, number in ids.items():
            assert (
                app.test_client().get(find_subject(session, kind, number).path).status_code == 200
            )
        assert set(ids) == set(SubjectKind)
        assert url_for("notices.index") == places.NOTICES
