"""`consultazione witness`: cosign the checkpoints of public logs, and refuse what forks one."""

from __future__ import annotations

from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultazione.config import BadSetting
from consultazione.keys.log_key import kept_key
from consultazione.transparency.cosignatures import witness_signer
from consultazione.transparency.notes import ED25519, BadNote, Key, Signer, parse_key
from consultazione.transparency.witness.memory import Directory
from consultazione.transparency.witness.server import WitnessServer


def main(name: str, logs: tuple[str, ...], directory: Path, host: str, port: int) -> int:
    """Serve until Ctrl-C; prints the key of the witness first. BadSetting for what is no key."""
    signer = read_signer(name, directory)
    known = read_logs(logs)
    with WitnessServer((host, port), signer, known, Directory(directory)) as server:
        click.echo(f"witness: {signer.key.text}")
        click.echo(f"serves add-checkpoint on http://{host}:{server.server_port}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


def read_signer(name: str, directory: Path) -> Signer:
    """The witness's key under its name, made in its directory at the first start."""
    try:
        private = Ed25519PrivateKey.from_private_bytes(kept_key(directory / "witness_key"))
        return witness_signer(name, private)
    except BadNote as error:
        raise BadSetting(f"--name: {error}.") from None


def read_logs(texts: tuple[str, ...]) -> dict[str, Key]:
    """The keys of the logs to watch, by origin."""
    try:
        keys = [parse_key(text) for text in texts]
    except BadNote as error:
        raise BadSetting(f"--log: {error}.") from None
    if strange := [key.name for key in keys if key.kind != ED25519]:
        raise BadSetting(f"--log: the key of {strange[0]} is not a log's.")
    return {key.name: key for key in keys}
