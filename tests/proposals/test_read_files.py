"""The text of a file that is attached to a proposal: read by a job, found by searches."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from consultazione.core.actor import SYSTEM
from consultazione.core.incoming.uploads import store
from consultazione.core.log import read_stream
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.attaching import (
    MOST_FOUND,
    keep_file_text,
    withdraw_proposal_file,
)
from consultazione.proposals.events import ProposalFileAttached
from consultazione.proposals.history import files_of
from consultazione.proposals.models import Proposal, ProposalFile
from consultazione.proposals.search import Filter, find_proposals
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from workers import proposals, reactions


def attached(make: Factory, directory: Path, content: bytes, name: str = "lampade.txt") -> Proposal:
    return make.proposal(files=[store(directory, name, content)])


def read(make: Factory, proposal: Proposal, directory: Path, patch: pytest.MonkeyPatch) -> None:
    """Do what the dispatcher owes for the file that was attached."""
    settings = SimpleNamespace(uploads_dir=directory)
    patch.setattr(proposals, "read_settings", lambda: settings)
    with make.database.transaction(SYSTEM) as tx:
        entries = read_stream(tx.session, table_stream(proposal.table_id))
        entry = next(one for one in entries if isinstance(one.event, ProposalFileAttached))
        assert "read_proposal_file" in reactions.REACTIONS[ProposalFileAttached]
        proposals.read_file(tx, entry)


def found(make: Factory, words: str) -> list[int]:
    with make.session() as session:
        listed = find_proposals(session, Filter(cycle_id=make.cycle.id, words=words))
    return [one.proposal.id for one in listed]


def file_of(make: Factory, proposal: Proposal) -> ProposalFile:
    with make.session() as session:
        return files_of(session, proposal.id)[0]


def test_the_words_of_a_file_are_found_until_it_is_withdrawn(
    make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = attached(make, tmp_path, b"Cento lampadine parlanti.")
    read(make, proposal, tmp_path, monkeypatch)
    assert found(make, "lampadina") == [proposal.id]
    with make.session() as session:
        author = actor_of(session, proposal.author_id)
    with make.database.transaction(author) as tx:
        withdraw_proposal_file(
            tx, proposal_file_id=file_of(make, proposal).id, reason="Dati di una persona."
        )
    assert found(make, "lampadina") == []
    assert file_of(make, proposal).text is None


def test_what_cannot_be_read_is_left_alone(
    make: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = attached(make, tmp_path, b"Cento lampadine.")
    place = next(path for path in tmp_path.rglob("*") if path.is_file())
    place.write_bytes(b"")
    read(make, proposal, tmp_path, monkeypatch)
    place.unlink()
    read(make, proposal, tmp_path, monkeypatch)
    assert (file_of(make, proposal).text or "") == ""


def test_a_long_text_is_cut_and_a_second_reading_changes_nothing(
    make: Factory, tmp_path: Path
) -> None:
    proposal = attached(make, tmp_path, b"Breve.")
    number = file_of(make, proposal).id
    for expected in (["proposal.file_indexed"], []):
        with make.database.transaction(SYSTEM) as tx:
            kept = keep_file_text(tx, proposal_file_id=number, text="a" * (MOST_FOUND + 1))
        assert [entry.kind for entry in tx.entries] == expected
    assert len(kept.text or "") == MOST_FOUND


def test_who_cannot_see_a_file_reads_what_is_in_it(
    client: FlaskClient, make: Factory, tmp_path: Path
) -> None:
    proposal = make.proposal()
    with make.session() as session:
        author = actor_of(session, proposal.author_id)
    make.sign_in(client, author)
    sent = {"files": (BytesIO(b"Una pianta."), "pianta.txt"), "description": "La pianta del piano"}
    url = f"/proposte/{proposal.id}/allegati"
    answer = client.post(url, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert "La pianta del piano" in client.get(f"/proposte/{proposal.id}").text
