"""Only an empty installation is restored into: nothing that is there is ever lost by it."""

from __future__ import annotations

from pathlib import Path

from consultazione.config import Settings
from consultazione.upkeep.backup.files import uploads_in
from consultazione.upkeep.backup.keys import keys_in
from consultazione.upkeep.errors import Refused

DRAFT = "postgres.restoring"


def refuse_full(settings: Settings, keys: Path) -> None:
    """Refused for an installation that has a database, files or keys of its own.

    keys: from where keys would come; the same keys may be there already.
    """
    if settings.database_url or settings.migration_database_url:
        raise Refused(
            "DATABASE_URL is set: a server of your own is restored with its own means "
            "(docs/operations.md); unset it to restore into DATA_DIR."
        )
    data = settings.data_dir
    if (data / "postgres").exists():
        raise Refused(
            f"{data} holds a database: nothing is restored over it. Choose an empty directory "
            f"with DATA_DIR, or move it away (mv {data} {data}.before) once nothing runs over it."
        )
    if uploads_in(settings.uploads_dir):
        raise Refused(f"{settings.uploads_dir} holds files: move them away, or choose DATA_DIR.")
    for path in keys_in(settings.secrets_dir):
        copy = keys / path.name
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            raise Refused(
                f"{path} is not the key of the backup: move {settings.secrets_dir} away, or "
                "choose an empty directory with SECRETS_DIR."
            )
