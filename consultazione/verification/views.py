"""The verify page, for anybody: a file's digest, computed in the browser, or the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.core.errors import Invalid, NotFound, Refusal
from consultazione.documents.seals.keeping import seal_by_digest
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.signatures.report import Report
from consultazione.documents.signatures.sentences import sentences
from consultazione.documents.validation.process import FileRefused, validated
from consultazione.documents.validation.told import Told
from consultazione.verification.blueprint import pages
from consultazione.verification.finding import base_of, copy_of, found_by, replaced_by_digests
from consultazione.verification.revisions import MOST, revisions
from consultazione.web.files.stored import sent_content
from consultazione.web.last_update import without_foot
from consultazione.web.request_db import release_snapshot, snapshot
from consultazione.web.security import WRITING, limiter, reads_much

_HEX = frozenset("0123456789abcdef")


@pages.get("/verifica")
@without_foot
def verify() -> str:
    """Choose a file, or type a digest."""
    if digest := request.args.get("impronta", "").strip().lower():
        return redirect(url_for("verification.result", digest=digest))  # type: ignore[return-value]
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
    digests = revisions(content)
    return _result(hashlib.sha256(content).hexdigest(), digests, report=_report(content, digests))


@pages.get("/sigilli/<digest>.pdf")
@reads_much()
def sealed(digest: str) -> ResponseReturnValue:
    """A sealed document, by the digest of the sealed file; of a replaced edition, what it was."""
    seal = seal_by_digest(snapshot(), digest)
    if seal is not None and seal.sha256 == digest:
        return _sealed_file(seal)
    if replaced_by_digests(snapshot(), [digest]) is not None:
        return redirect(url_for("verification.result", digest=digest))
    raise NotFound(_("There is no such document."))


def _sealed_file(seal: DocumentSeal) -> Response:
    response = make_response(seal.content)
    response.mimetype = "application/pdf"
    name = seal.subject.replace(":", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{name}-sigillato.pdf"'
    response.set_etag(seal.sha256)
    return response


def _report(content: bytes, digests: Sequence[str]) -> list[str] | None:
    """What is found of the signature on a copy to be signed, as sentences; None for other files."""
    copies = (copy_of(snapshot(), digest) for digest in digests)
    copy = next((one for one in copies if one is not None), None)
    if copy is None or copy.sha256 == hashlib.sha256(content).hexdigest():
        return None
    told = _told(content, copy.sha256, copy.size)
    release_snapshot()
    try:
        facts = validated(content, told)
    except (FileRefused, Refusal) as refusal:
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
    exact = found_by(snapshot(), digest)
    base = None if exact else base_of(snapshot(), digests)
    found = exact or (base[1] if base else None)
    replaced = replaced_by_digests(snapshot(), [digest, *reversed(digests)]) if not found else None
    if report is None and found is not None and found.signature is not None:
        report = sentences(found.signature.report)
    return render_template(
        "verification/result.html",
        digest=digest,
        exact=exact,
        found=found,
        replaced=replaced,
        is_whole=bool(replaced and replaced_by_digests(snapshot(), [digest])),
        is_copy=bool(base and base[1].what == "copy"),
        report=report,
    )


def _again(fault: str) -> ResponseReturnValue:
    return render_template("verification/verify.html", fault=fault), 422


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= _HEX
