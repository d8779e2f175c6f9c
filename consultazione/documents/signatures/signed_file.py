"""What signing by a file has in common, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.sentences import LazySentence as _
from consultazione.documents.signatures.base import Confirmed, Given
from consultazione.documents.signatures.models import SigningCopy
from consultazione.documents.signatures.reauthenticated import Reauthenticated
from consultazione.documents.signatures.report import Report, names_fit
from consultazione.documents.validation.process import validated
from consultazione.documents.validation.told import Told
from consultazione.people.credentials.identity_proof import Credentials, IdentityProof
from consultazione.people.models import Person


@dataclass(frozen=True)
class Found:
    """The frozen copy of the document, and who hands a file in."""

    credentials: Credentials | None
    name: str
    sha256: str | None
    size: int


@dataclass(frozen=True)
class FileProof:
    """A file that was found in order for a digest, and the password of who handed it in."""

    identity: IdentityProof
    report: Report
    file: bytes = field(repr=False)


class SignedFile:
    """The actor hands in the copy to be signed, signed with a certificate; and their password.

    The password says that it is they who hand it in: a file can be had from somebody else.
    """

    name: ClassVar[str]
    signs_text: ClassVar[bool] = True
    ending: ClassVar[str]

    def found(self, session: Session, *, person_id: int, digest: str) -> Found:
        """The copy to be signed, and the person."""
        copy = session.get(SigningCopy, digest)
        return Found(
            credentials=Reauthenticated().found(session, person_id=person_id, digest=digest),
            name=session.get_one(Person, person_id).display_name,
            sha256=copy.sha256 if copy else None,
            size=copy.size if copy else 0,
        )

    def prove(
        self, found: Found, given: Given, *, digest: str, at_the_front: Callable[[], None]
    ) -> FileProof:
        """The file's report; FileRefused on `file`, which says what is wrong and what helps.

        Invalid on `password` for another one; Conflict while there is no copy to be signed.
        """
        if found.sha256 is None:
            raise Conflict(_("The copy to be signed is still being written: wait a moment."))
        identity = Reauthenticated().prove(
            found.credentials, given, digest=digest, at_the_front=at_the_front
        )
        told = Told(
            format=self.ending,
            sha256=found.sha256,
            size=found.size,
            at=clock.now().isoformat(),
            trust=str(given.site.trust or ""),
            zone=given.site.zone,
        )
        facts = validated(given.file, told)
        fits = names_fit(facts["signer"], found.name)
        report = Report(method=self.name, covers="file", name_fits=fits, **facts)
        return FileProof(identity, report, given.file)

    def confirm(self, tx: Transaction, *, digest: str, proof: FileProof) -> Confirmed:
        """Spend the password's proof, and keep the file."""
        Reauthenticated().confirm(tx, digest=digest, proof=proof.identity)
        return Confirmed(proof.report, proof.file)
