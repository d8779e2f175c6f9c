"""Files of a proposal: attached by its author, open to everybody, withdrawn with a reason."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultazione.config import Settings
from consultazione.core.actor import Actor, Role
from consultazione.core.errors import Conflict, Invalid, NotAllowed
from consultazione.core.incoming.uploads import StoredFile, path_of
from consultazione.core.log import read_stream
from consultazione.people.queries import actor_of
from consultazione.proposals.commands.attaching import (
    attach_to_proposal,
    withdraw_proposal_file,
)
from consultazione.proposals.commands.lifecycle import withdraw_proposal
from consultazione.proposals.events import ProposalFileAttached, ProposalFileWithdrawn
from consultazione.proposals.history import files_of
from consultazione.proposals.keeping import MOST_FILES, MOST_MEGABYTES
from consultazione.proposals.models import Proposal, ProposalFile
from consultazione.tables.events import table_stream
from tests.support.factories import Factory
from tests.support.upload_samples import HTML, PDF

REASON = "Contiene dati personali."


def file(name: str = "pianta.pdf", size: int = 100) -> StoredFile:
    return StoredFile(name=name, media_type="application/pdf", size=size, sha256="ab" * 32)


def author_of(make: Factory, proposal: Proposal) -> Actor:
    with make.session() as session:
        return actor_of(session, proposal.author_id)


def attach(
    make: Factory, proposal: Proposal, *files: StoredFile, who: Actor | None = None
) -> list[ProposalFile]:
    with make.database.transaction(who or author_of(make, proposal)) as tx:
        return attach_to_proposal(tx, proposal_id=proposal.id, files=files)


def withdraw(make: Factory, file_id: int, who: Actor) -> ProposalFile:
    with make.database.transaction(who) as tx:
        return withdraw_proposal_file(tx, proposal_file_id=file_id, reason=REASON)


def test_files_come_with_a_proposal_and_later(make: Factory) -> None:
    proposal = make.proposal(files=[file("prima.pdf")])
    attach(make, proposal, file("poi.pdf"), file("ancora.pdf"))
    with make.session() as session:
        names = [row.file_name for row in files_of(session, proposal.id)]
        events = [entry.event for entry in read_stream(session, table_stream(proposal.table_id))]
    assert names == ["prima.pdf", "poi.pdf", "ancora.pdf"]
    assert [e.file_name for e in events if isinstance(e, ProposalFileAttached)] == names


def test_files_have_a_number_and_a_size(make: Factory) -> None:
    proposal = make.proposal(files=[file()] * (MOST_FILES - 1))
    with pytest.raises(Invalid, match="4 MB"):
        attach(make, proposal, file(size=MOST_MEGABYTES * 1_000_000 + 1))
    with pytest.raises(Invalid, match="Choose a file"):
        attach(make, proposal)
    (last,) = attach(make, proposal, file())
    with pytest.raises(Invalid, match="5 files at most"):
        attach(make, proposal, file())
    withdraw(make, last.id, author_of(make, proposal))
    attach(make, proposal, file())


def test_only_the_author_attaches_and_only_while_it_is_discussed(make: Factory) -> None:
    proposal = make.proposal()
    with pytest.raises(NotAllowed, match="Only the author"):
        attach(make, proposal, file(), who=make.holder(Role.FACILITATOR))
    author = author_of(make, proposal)
    with make.database.transaction(author) as tx:
        withdraw_proposal(tx, proposal_id=proposal.id)
    with pytest.raises(Conflict, match="not under discussion"):
        attach(make, proposal, file())


def test_the_author_or_who_runs_the_table_withdraws_a_file_once(make: Factory) -> None:
    table = make.table()
    proposal = make.proposal(table, files=[file(), file()])
    with make.session() as session:
        first, second = (row.id for row in files_of(session, proposal.id))
    for stranger in (make.citizen(), make.holder(Role.FACILITATOR, make.table().id)):
        with pytest.raises(NotAllowed, match="who runs the table"):
            withdraw(make, first, stranger)
    withdraw(make, first, author_of(make, proposal))
    withdrawn = withdraw(make, second, make.holder(Role.FACILITATOR, table.id))
    assert withdrawn.withdrawn_reason == REASON
    with pytest.raises(Conflict, match="withdrawn already"):
        withdraw(make, second, author_of(make, proposal))
    with make.session() as session:
        last = read_stream(session, table_stream(table.id))[-1].event
    assert isinstance(last, ProposalFileWithdrawn)
    assert (last.file_id, last.reason) == (second, REASON)


def send(client: FlaskClient, url: str, *sent: tuple[bytes, str], **fields: Any) -> TestResponse:
    files = [(BytesIO(content), name) for content, name in sent]
    return client.post(url, data={**fields, "files": files}, content_type="multipart/form-data")


def test_files_are_sent_with_the_form_and_opened_by_everybody(
    client: FlaskClient, make: Factory
) -> None:
    table, author = make.table(), make.citizen()
    make.sign_in(client, author)
    written = {"title": "Sportello unico", "body": "Uno sportello in ogni Comune, la sera."}
    url = f"/tavoli/{table.slug}/proposte/nuova"
    bad = send(client, url, (HTML, "pianta.pdf"), **written)
    assert bad.status_code == 422
    assert "Sportello unico" in bad.text
    assert 'href="#field-files"' in bad.text
    page = send(client, url, (PDF, "../pianta <b>.pdf"), **written).location
    visitor = client.application.test_client()
    assert "pianta b.pdf" in visitor.get(page).text
    with make.session() as session:
        (row,) = files_of(session, int(page.rpartition("/")[2]))
    address = f"/allegati/{row.id}/{row.file_name}"
    answer = visitor.get(address)
    sent = answer.data
    answer.close()
    assert (answer.status_code, sent) == (200, PDF)
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert visitor.get(f"/allegati/{row.id}/altro.pdf").status_code == 404
    away = f"/allegati/{row.id}/ritira"
    assert client.post(away, data={"reason": "Breve"}).status_code == 422
    assert client.post(away, data={"reason": REASON}).status_code == 302
    assert REASON in visitor.get(page).text
    gone = visitor.get(address)
    assert gone.status_code == 404
    assert REASON in gone.text


def test_the_author_attaches_on_a_page_of_its_own(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal()
    url = f"/proposte/{proposal.id}/allegati"
    make.sign_in(client, make.citizen())
    assert url not in client.get(f"/proposte/{proposal.id}").text
    assert client.get(url).status_code == 403
    make.sign_in(client, author_of(make, proposal))
    assert url in client.get(f"/proposte/{proposal.id}").text
    assert send(client, url).status_code == 422
    assert send(client, url, (PDF, "a.pdf"), (PDF, "b.pdf")).status_code == 302
    listed = client.get(f"/api/v1/proposals/{proposal.id}/files").json
    assert isinstance(listed, list)
    assert [one["file_name"] for one in listed] == ["a.pdf", "b.pdf"]


def test_too_many_files_are_refused_before_any_is_stored(
    client: FlaskClient, make: Factory, settings: Settings
) -> None:
    proposal = make.proposal()
    make.sign_in(client, author_of(make, proposal))
    content = PDF + b"% one too many"
    sent = [(content, f"{number}.pdf") for number in range(MOST_FILES + 1)]
    answer = send(client, f"/proposte/{proposal.id}/allegati", *sent)
    assert answer.status_code == 422
    assert 'href="#field-files"' in answer.text
    assert not path_of(settings.uploads_dir, hashlib.sha256(content).hexdigest()).exists()
