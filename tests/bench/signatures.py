"""Validating a signed PDF and a .p7m in a process of its own, as a request that hands one in waits.

The baseline is the validation alone, in this process, with every import done.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from io import BytesIO

import pikepdf

from consultazione.core import clock
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.validation.process import validated
from consultazione.documents.validation.program import answer
from consultazione.documents.validation.told import Told
from tests.bench.measure import directory
from tests.bench.report import Report
from tests.support.signing_ca import Authority, sign_p7m, sign_pdf

_PAGES = 20


def run(*, quick: bool) -> Report:
    """The best of some runs; one second is the aim."""
    times, authority, copy = 2 if quick else 5, Authority(), _copy()
    signer = authority.signer("Anna Bianchi")
    ours: dict[str, dict[str, float]] = {}
    baseline: dict[str, dict[str, float]] = {}
    with directory("trust-") as place:
        trust = authority.trusted_in(place)
        for form, signed in (("pdf", sign_pdf(copy, signer)), ("p7m", sign_p7m(copy, signer))):
            told = _told(form, copy, str(trust))
            ours[form] = {"s": _best(lambda s=signed, t=told: validated(s, t), times)}
            baseline[form] = {"s": _best(lambda s=signed, t=told: answer(s, t), times)}
    return Report(
        name="signatures",
        work=f"a signed PDF of {_PAGES} pages, validated",
        ours=ours,
        baseline=baseline,
        ratio=round(baseline["pdf"]["s"] / ours["pdf"]["s"], 3),
    )


def _copy() -> bytes:
    output = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(_PAGES):
            pdf.add_blank_page()
        pdf.save(output)
    return prepared(output.getvalue())


def _told(form: str, copy: bytes, trust: str) -> Told:
    sha256 = hashlib.sha256(copy).hexdigest()
    at = clock.now().isoformat()
    return Told(format=form, sha256=sha256, size=len(copy), at=at, trust=trust)


def _best(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(min(taken), 3)
