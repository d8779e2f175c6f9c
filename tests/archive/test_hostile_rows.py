"""Rows of an archive that somebody wrote by hand: none reads a file, opens an account, or hangs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from consultazione.archive.restoring.bad import BadArchive
from consultazione.archive.restoring.papers import restore_papers
from consultazione.archive.restoring.rows import restore_rows
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.people.models import Person

_AT = "1970-01-01T00:00:00Z"
_PERSON = {"id": 7, "display_name": "—", "demo": False, "created_at": _AT}
_MANDATE = {
    "id": 1, "person_id": 7, "organisation_id": 1, "act": "", "starts_on": "2018-01-01",
    "ends_on": None, "given_at": _AT, "given_by": None, "confirmed_at": _AT, "confirmed_by": None,
    "ended_at": None,
}  # fmt: skip
_COPY = {"document_digest": f"\\x{'00' * 32}", "content": "\\x00"}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked archive with one document, and a file beside it that is not of the archive."""
    (tmp_path / "secret").write_text("key")
    folder = tmp_path / "in"
    (folder / "data/stato").mkdir(parents=True)
    (folder / "data/a.pdf").write_bytes(b"%PDF")
    (folder / "data/unlisted").write_bytes(b"x")
    papers = [{"file": "data/a.pdf", "sha256": "0" * 64}]
    (folder / "data/documenti.json").write_text(json.dumps(papers))
    return folder


def restored(database: Database, folder: Path, rows: Rows, *, last: object = 0) -> list[Person]:
    """Restore some rows; the persons that there are then. last: the last number, as it is said."""
    said = {name: {"righe": len(some), "ultimo": last} for name, some in rows.items()}
    (folder / "data/stato.json").write_text(json.dumps({"schema": "x", "tabelle": said}))
    for name, some in rows.items():
        lines = "".join(json.dumps(row) + "\n" for row in some)
        (folder / f"data/stato/{name}.jsonl").write_text(lines)
    with database.transaction(SYSTEM) as tx:
        restore_rows(tx.session, folder, {}, people=0)
        return list(tx.session.scalars(select(Person).order_by(Person.id)))


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "data/../../secret", "data/unlisted", "data/none", "\0", 7]
)
def test_bytes_come_from_listed_documents_alone(
    database: Database, folder: Path, name: object
) -> None:
    rows = [_COPY | {"content": {"file": name}}]
    with pytest.raises(BadArchive, match="is no document of the archive"):
        restored(database, folder, {"signing_copy": rows})


def test_a_document_is_the_content_of_one_row(database: Database, folder: Path) -> None:
    rows = [_COPY | {"content": {"file": "data/a.pdf"}}] * 2
    with pytest.raises(BadArchive, match="is the content of two rows"):
        restored(database, folder, {"signing_copy": rows})


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "data/none"])
def test_uploads_come_from_within_the_archive(
    database: Database, folder: Path, tmp_path: Path, name: str
) -> None:
    papers = [{"file": name, "sha256": "0" * 64}]
    (folder / "data/documenti.json").write_text(json.dumps(papers))
    with database.snapshot() as session, pytest.raises(BadArchive, match="is no file of the arch"):
        restore_papers(session, folder, tmp_path / "uploads")


def test_a_restored_person_cannot_sign_in(database: Database, folder: Path) -> None:
    (person,) = restored(database, folder, {"person": [_PERSON]})
    assert (person.id, person.display_name) == (7, "—")
    assert person.email is person.password_hash is person.email_confirmed_at is None
    assert person.assurance == 0


@pytest.mark.parametrize(
    "more",
    [
        {"email": "a@example.org"},
        {"password_hash": "x"},
        {"email_confirmed_at": _AT},
        {"assurance": 2},
        {"blocked_at": None},
    ],
)
def test_no_account_comes_of_an_archive(
    database: Database, folder: Path, more: dict[str, Any]
) -> None:
    with pytest.raises(BadArchive, match=r"data/stato/person\.jsonl: .* column"):
        restored(database, folder, {"person": [_PERSON | more]})


@pytest.mark.parametrize(
    "name", ["role_grant", "installer", "passkey", "api_token", "sign_in", "log_entry", "x"]
)
def test_no_other_table_comes_of_an_archive(database: Database, folder: Path, name: str) -> None:
    with pytest.raises(BadArchive, match=f"it has rows of {name}, which"):
        restored(database, folder, {name: [{"id": 1}]})


def test_what_an_archive_withholds_is_not_taken(database: Database, folder: Path) -> None:
    """Such as who entered a mandate."""
    rows = {"person": [_PERSON], "mandate": [_MANDATE | {"given_by": 7}]}
    with pytest.raises(BadArchive, match=r"mandate\.jsonl: has words in given_by, which"):
        restored(database, folder, rows)


@pytest.mark.parametrize("rows", [[{}], [_PERSON, {"id": 8}], [7]])
def test_rows_of_another_shape_are_refused(
    database: Database, folder: Path, rows: list[Any]
) -> None:
    with pytest.raises(BadArchive, match=r"data/stato/person\.jsonl: "):
        restored(database, folder, {"person": rows})


@pytest.mark.parametrize("last", [10**15, -1, "7", None])
def test_numbers_beyond_all_bounds_are_refused(
    database: Database, folder: Path, last: object
) -> None:
    with pytest.raises(
        BadArchive, match=r"person: 10{15} is beyond|tabelle\.person\.value\.ultimo: "
    ):
        restored(database, folder, {"person": [_PERSON]}, last=last)


def test_new_rows_are_numbered_beyond_those_that_came(database: Database, folder: Path) -> None:
    """Whatever the archive says of the last one."""
    restored(database, folder, {"person": [_PERSON | {"id": 100_000}]}, last=3)
    with database.transaction(SYSTEM) as tx:
        new = Person(display_name="x", created_at=tx.now)
        tx.session.add(new)
        tx.flush()
        assert new.id > 100_000
