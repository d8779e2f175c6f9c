"""The ways to sign a document: one small class a file, registered here by name."""

from __future__ import annotations

from consultazione.documents.signatures.base import SigningMethod
from consultazione.documents.signatures.cades import Cades
from consultazione.documents.signatures.code import ByCode
from consultazione.documents.signatures.pades import Pades
from consultazione.documents.signatures.passkey import ByPasskey
from consultazione.documents.signatures.reauthenticated import Reauthenticated
from consultazione.documents.signatures.remote import Remote
from consultazione.documents.signatures.spid import Spid

_ALL: tuple[SigningMethod, ...] = (
    Reauthenticated(),
    ByPasskey(),
    ByCode(),
    Pades(),
    Cades(),
    Remote(),
    Spid(),
)
METHODS: dict[str, SigningMethod] = {method.name: method for method in _ALL}
DEFAULT = Reauthenticated.name

if len(METHODS) != len(_ALL):
    raise TypeError("two ways to sign have one name")
