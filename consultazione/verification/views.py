"""The verify page, for anybody: a file's digest, computed in the browser, or the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consultazione.archive.queries import archive_by_digest
from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.errors import Invalid, NotFound, Refusal
from consultazione.documents.events import register_stream
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.queries import number_in_log
from consultazione.documents.reach import require_open
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import registration_sealed_by, seal_by_digest
from consultazione.documents.signatures.report import Report
from consultazione.documents.signatures.sentences import sentences
from consultazione.documents.validation.faults import told_of
from consultazione.documents.validation.process import FileRefused, validated
from consultazione.documents.validation.told import Told
from consultazione.transparency.queries import index_of, published_size
from consultazione.verification.blueprint import pages
from consultazione.verification.finding import (
    What,
    base_of,
    copy_of,
    found_by,
    replaced_by_digests,
)
from consultazione.verification.revisions import MOST, revisions
from consultazione.web.files.made import inline
from consultazione.web.files.stored import sent_content
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import actor, release_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much

_HEX = frozenset("0123456789abcdef")


@pages.get("/verifica")
@without_foot
def verify() -> ResponseReturnValue:
    """Choose a file, or type a digest."""
    if digest := request.args.get("impronta", "").strip().lower():
        return redirect(url_for("verification.result", digest=digest))
    return render_template("verification/verify.html", fault=None)


@pages.get("/verifica/<digest>")
@reads_much()
@without_foot
def result(digest: str) -> ResponseReturnValue:
    """What is known of a file with that digest; `revisioni` are those of its revisions."""
    if not _is_digest(digest):
        return _again(
            _("A digest has 64 signs, from 0 to 9 and from a to f: check what you typed.")
        )
    given = request.args.get("revisioni", "").split(",")[:MOST]
    return _result(digest, [one for one in given if _is_digest(one)], report=None)


@pages.post("/verifica")
@limiter.limit(WRITING)
@without_foot
def upload() -> ResponseReturnValue:
    """Check a file that is sent here, its signature too; it is not kept."""
    try:
        content = sent_content()
    except Invalid as refusal:
        return _again(str(refusal.detail))
    digest, digests = hashlib.sha256(content).hexdigest(), revisions(content)
    return _result(digest, digests, report=_report(content, digest, digests))


@pages.get("/sigilli/<sealed_digest>.pdf")
@reads_much()
def sealed(sealed_digest: str) -> ResponseReturnValue:
    """A sealed document, by the digest of the sealed file; of a replaced edition, what it was."""
    seal = seal_by_digest(snapshot(), sealed_digest)
    if seal is not None and seal.sha256 == sealed_digest:
        return _sealed_file(seal)
    if replaced_by_digests(snapshot(), [sealed_digest]) is not None:
        return redirect(url_for("verification.result", digest=sealed_digest))
    raise NotFound(_("There is no such document."))


def _sealed_file(seal: DocumentSeal) -> Response:
    row = registration_sealed_by(snapshot(), seal)
    if row is not None:
        require_open(snapshot(), row, actor())
    name = seal.subject.replace(":", "-")
    return inline(seal.content, "application/pdf", f"{name}-sigillato.pdf", etag=seal.sha256)


def _report(content: bytes, digest: str, digests: Sequence[str]) -> list[str] | None:
    """What is found of the signature on a copy to be signed, as sentences; None for other files.

    digest, digests: of the content, and of its revisions.
    """
    copies = (copy_of(snapshot(), one) for one in digests)
    copy = next((one for one in copies if one is not None), None)
    if copy is None or copy.sha256 == digest:
        return None
    told = _told(content, copy.sha256, copy.size)
    release_snapshot()
    try:
        facts = validated(content, told)
    except FileRefused as refusal:
        return [str(told_of(refusal.fault) if refusal.fault else refusal.detail)]
    except Refusal as refusal:
        return [str(refusal.detail)]
    # Nobody says here who the file is from, so there is no name to compare.
    return sentences(Report(method="", covers="file", name_fits=True, **facts))


def _told(content: bytes, sha256: str, size: int) -> Told:
    settings: Settings = current_app.extensions["settings"]
    return Told(
        format="pdf" if content.lstrip()[:5] == b"%PDF-" else "p7m",
        sha256=sha256,
        size=size,
        at=clock.now().isoformat(),
        trust=str(settings.trust_dir or ""),
    )


def _result(
    digest: str, digests: Sequence[str], *, report: list[str] | None
) -> ResponseReturnValue:
    session = snapshot()
    exact = found_by(session, digest)
    base = None if exact else base_of(session, digests)
    found = exact or base
    whole = None if found else replaced_by_digests(session, [digest])
    begun = None if found or whole else replaced_by_digests(session, digests[::-1])
    archived = None if found or whole or begun else archive_by_digest(session, digest)
    if report is None and found is not None and found.signature is not None:
        report = sentences(found.signature.report)
    number = found.subject.registration if found else None
    return render_template(
        "verification/result.html",
        digest=digest,
        exact=exact,
        found=found,
        number=number,
        stream=register_stream(number.zone_id) if number else "",
        logged=_number_in_tree(session, number) if number else None,
        kind=kind_of(number.kind).label if number else "",
        replaced=whole or begun,
        is_whole=whole is not None,
        archived=archived,
        is_copy=base is not None and base.what is What.COPY,
        report=report,
    )


def _number_in_tree(session: Session, row: Registration) -> int | None:
    """Which entry of its register says that a document got its number; None before it is signed."""
    number = number_in_log(session, row)
    index = None if number is None else index_of(session, register_stream(row.zone_id), number)
    return number if index is not None and index < (published_size(session) or 0) else None


def _again(fault: str) -> ResponseReturnValue:
    return render_template("verification/verify.html", fault=fault), 422


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX
