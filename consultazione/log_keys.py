"""The key of the public log and the last checkpoint that it signed, as files of SECRETS_DIR.

Both are named by the id of the database, as the keys of its texts are: a new database has
another key and is another log, and never meets an old checkpoint. The checkpoint stands outside
of the database, so that whoever rewrites that, or puts an old copy in its place, is found out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.config import BadSetting, Settings
from consultazione.core.durable import replace_durably
from consultazione.core.text_keys import TextKeyState
from consultazione.keys.log_key import kept_key
from consultazione.transparency.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from consultazione.transparency.notes import (
    COSIGNATURE,
    BadNote,
    Signer,
    parse_key,
    parse_note,
)
from consultazione.transparency.witness.asking import Witness


@dataclass(frozen=True)
class LogKeys:
    """Where they lie, and the name under which the log signs."""

    directory: Path
    origin: str

    def signer(self, session: Session) -> Signer:
        """The key of the database's log; made at the first call. BadSetting as `kept_key`."""
        private = Ed25519PrivateKey.from_private_bytes(kept_key(self._file(session, "key")))
        return Signer(self.origin, private)

    def are_here(self, session: Session) -> bool:
        """True if the key was made, and lies here."""
        return self._file(session, "key").is_file()

    def last(self, session: Session) -> str | None:
        """The last checkpoint that was kept, as it was signed; None if there is none."""
        try:
            return self._file(session, "checkpoint").read_text()
        except FileNotFoundError:
            return None

    def known(self, session: Session) -> Checkpoint | None:
        """The last checkpoint, whatever the log was called then. BadNote if it is not ours."""
        if (note := self.last(session)) is None:
            return None
        name = parse_checkpoint(parse_note(note).text).origin
        return open_checkpoint(note, Signer(name, self.signer(session).private).key)[0]

    def keep(self, session: Session, note: str) -> None:
        """Keep a checkpoint in place of the one before; on return it is on the disk."""
        replace_durably(self._file(session, "checkpoint"), note)

    def _file(self, session: Session, what: str) -> Path:
        database = session.scalars(select(TextKeyState.id)).one()
        return self.directory / f"log-{what}-{database}"


def log_keys(settings: Settings) -> LogKeys:
    """The keys of the log that the settings name."""
    return LogKeys(settings.secrets_dir, settings.log_origin)


def read_witnesses(settings: Settings) -> list[Witness]:
    """The witnesses of WITNESSES; BadSetting for a key that is none."""
    try:
        found = [Witness(url, parse_key(key)) for url, key in settings.witnesses]
    except BadNote as error:
        raise BadSetting(f"WITNESSES: {error}.") from None
    for witness in found:
        if witness.key.kind != COSIGNATURE:
            raise BadSetting(f"WITNESSES: the key of {witness.key.name} is not a witness's.")
    return found
