"""What the settings say of the public log: its key under its name, and who cosigns it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.config import BadSetting, Settings
from consultazione.keys.log_key import kept_log_key
from consultazione.transparency.notes import COSIGNATURE, BadNote, Signer, parse_key
from consultazione.transparency.witness.asking import Witness


def log_signer(settings: Settings) -> Signer:
    """The log's private key under its origin; made in SECRETS_DIR at the first start."""
    private = Ed25519PrivateKey.from_private_bytes(kept_log_key(settings.secrets_dir))
    return Signer(settings.log_origin, private)


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
