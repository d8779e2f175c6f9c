"""What a backup holds, what it refuses, and what goes from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres
from consultazione.upkeep import backup_cli
from consultazione.upkeep.backup.files import mirror, mirrored_in
from consultazione.upkeep.backup.keys import mirror_keys, signed
from consultazione.upkeep.backup.manifest import Manifest
from consultazione.upkeep.backup.places import Backups
from consultazione.upkeep.backup.pruning import prune
from consultazione.upkeep.errors import Refused
from consultazione.upkeep.restore_cli import main as restore
from consultazione.upkeep.restoring.choosing import choose

NOON = datetime(2026, 11, 30, 12, tzinfo=clock.ROME)


@pytest.fixture
def own(settings: Settings, place: Path) -> Settings:
    """Settings of an installation of its own, with some uploads and a key."""
    own = replace(
        settings,
        data_dir=place / "data",
        secrets_dir=place / "secrets",
        security_log=place / "data" / "security.log",
        database_url=None,
        redis_url=None,
    )
    for number in range(30):
        upload(own, f"File {number}.".encode())
    own.secrets_dir.mkdir(mode=0o700)
    (own.secrets_dir / "text-keys-a").write_bytes(b"root")
    (own.secrets_dir / "log-checkpoint-a").write_text("of 7 entries")
    return own


def upload(settings: Settings, content: bytes) -> Path:
    name = sha256(content).hexdigest()
    path = settings.uploads_dir / name[:2] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def base_of(backups: Backups, ended: datetime, wal: str | None, segment: str) -> None:
    """A base as far as choosing and pruning look at it."""
    folder = backups.new_base(ended)
    folder.mkdir()
    Manifest(
        version="0",
        server="18",
        system="1",
        text_keys="a",
        began=ended,
        ended=ended,
        wal=wal,
        first_segment=segment,
        entries=0,
        last=None,
        base="",
        files={},
    ).write(folder)


@pytest.mark.parametrize(
    ("to", "keys_to", "why"),
    [
        ("data/backups", None, "takes the backup with it"),
        ("secrets/backups", None, "must not hold the keys"),
        ("backups", "backups", "must not hold the keys"),
        ("backups", "backups/keys", "must not hold the keys"),
        ("backups/here", "backups", "must not hold the keys"),
        ("backups", "secrets", "takes the copy with it"),
    ],
)
def test_what_must_lie_apart_is_refused_together(
    own: Settings, place: Path, to: str, keys_to: str | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        backup_cli.main(own, place / to, place / keys_to if keys_to else None, None, False)
    assert not (place / to / "bases").exists()


def test_files_are_copied_once_and_destroyed_with_their_originals(
    own: Settings, place: Path
) -> None:
    copies = place / "copies"
    assert mirror(own, copies).copied == 30
    more = upload(own, b"One more.")
    assert mirror(own, copies).copied == 1
    more.unlink()
    assert mirror(own, copies).destroyed == 1
    assert more.name not in mirrored_in(copies)
    for path in list(own.uploads_dir.glob("??/*"))[:25]:
        path.unlink()
    found = mirror(own, copies)
    assert (found.missing, found.destroyed) == (25, 0)
    assert len(mirrored_in(copies)) == 30


def test_a_file_that_is_not_what_was_uploaded_is_named(own: Settings, place: Path) -> None:
    damaged = upload(own, b"Whole.")
    damaged.write_bytes(b"Not w.")
    assert mirror(own, place / "copies").damaged == [damaged.name]
    assert damaged.name not in mirrored_in(place / "copies")


def test_keys_are_those_of_now_and_checkpoints_those_of_before(own: Settings, place: Path) -> None:
    copies, before = place / "keys", signed(own)
    (own.secrets_dir / "log-checkpoint-a").write_text("of 9 entries")
    (own.secrets_dir / "text-keys-a").write_bytes(b"punctured")
    assert mirror_keys(own, copies, before) == 2
    assert (copies / "log-checkpoint-a").read_text() == "of 7 entries"
    assert (copies / "text-keys-a").read_bytes() == b"punctured"
    assert mirror_keys(own, copies, before) == 0
    assert {path.name for path in copies.iterdir()} == {"log-checkpoint-a", "text-keys-a"}
    assert (copies / "text-keys-a").stat().st_mode & 0o077 == 0


def test_older_backups_go_with_the_log_that_only_they_need(place: Path) -> None:
    backups = Backups(place / "backups")
    backups.make()
    first, second = (backups.new_wal(NOON + timedelta(days=n)) for n in range(2))
    segments = [f"00000001000000000000000{n}" for n in range(1, 5)]
    for folder in (first, second):
        for segment in segments:
            (folder / segment).touch()
    (second / f"{segments[3]}.partial").touch()
    base_of(backups, NOON, first.name, segments[0])
    base_of(backups, NOON + timedelta(days=1), second.name, segments[1])
    base_of(backups, NOON + timedelta(days=2), second.name, segments[2])
    assert vars(prune(backups, 2)) == {"bases": 1, "segments": 5}
    assert backups.wals() == [second]
    assert vars(prune(backups, 1)) == {"bases": 1, "segments": 1}
    left = {path.name for path in second.iterdir()}
    assert left == {segments[2], segments[3], f"{segments[3]}.partial"}


def test_the_newest_backup_before_a_moment_is_chosen(place: Path) -> None:
    backups = Backups(place / "backups")
    with pytest.raises(Refused, match="holds no backup"):
        choose(backups, None)
    backups.make()
    base_of(backups, NOON, "kept", "1" * 24)
    base_of(backups, NOON + timedelta(days=1), None, "2" * 24)
    assert choose(backups, None).manifest.ended == NOON + timedelta(days=1)
    assert choose(backups, NOON + timedelta(hours=1)).manifest.ended == NOON
    with pytest.raises(Refused, match="The oldest backup was whole at 30/11/2026 12:00:00"):
        choose(backups, NOON - timedelta(hours=1))
    with pytest.raises(Refused, match="was not kept"):
        choose(backups, NOON + timedelta(days=2))


def test_a_backup_that_nobody_follows_is_restored_as_it_was(
    own: Settings, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own.secrets_dir / "text-keys-a").unlink()
    backups, keys = place / "backups", place / "keys"
    with Postgres(own.data_dir / "postgres") as server:
        schema.migrate(server.owner_url, server.url, own.secrets_dir)
        assert backup_cli.main(own, backups, keys, None, False) == 0
        with psycopg.connect(server.owner_url.replace("+psycopg", "")) as later:
            later.execute("CREATE TABLE too_late ()")
    said = capsys.readouterr().out
    assert "0 entries, 30 files; verified; what comes after is in no backup" in said
    new = replace(own, data_dir=place / "new", secrets_dir=place / "new-secrets")
    with pytest.raises(Refused, match="holds a database"):
        restore(own, backups, keys, None)
    with pytest.raises(Refused, match="does not hold the keys of this backup"):
        restore(new, backups, place / "nothing", None)
    assert not (new.data_dir / "postgres").exists()
    assert restore(new, backups, keys, None) == 0
    assert len(list(new.uploads_dir.glob("??/*"))) == 30
    with (
        Postgres(new.data_dir / "postgres") as server,
        psycopg.connect(server.url.replace("+psycopg", "")) as there,
    ):
        assert there.execute("SELECT to_regclass('too_late')").fetchone() == (None,)
