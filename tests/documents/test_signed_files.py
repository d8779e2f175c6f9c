"""What is found of signed files: each fault has its sentence, and none passes for another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from consultazione.core import clock
from consultazione.core.incoming.confined import Limits
from consultazione.documents.signatures.prepared import prepared
from consultazione.documents.signatures.report import names_fit
from consultazione.documents.signatures.sentences import sentences
from consultazione.documents.validation.faults import FACTS, SENTENCES
from consultazione.documents.validation.faults import told_of as fact_told
from consultazione.documents.validation.process import FileRefused, validated
from consultazione.documents.validation.program import answer
from consultazione.documents.validation.told import Fault, Told
from tests.support.signing_ca import Authority, in_a_thread, sign_p7m, sign_pdf
from tests.support.spoilt_pdfs import rewritten, with_note, with_script


@pytest.fixture(scope="module")
def copy() -> bytes:
    """A small PDF that is ready to be signed."""
    output = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(output)
    return prepared(output.getvalue())


@pytest.fixture(scope="module")
def authority() -> Authority:
    """The authority that the site trusts."""
    return Authority()


@pytest.fixture(scope="module")
def trust(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with its certificate."""
    return authority.trusted_in(tmp_path_factory.mktemp("trust"))


def told_of(copy: bytes, trust: Path | None, form: str) -> Told:
    """What the program is told of a copy."""
    return Told(
        format=form,
        sha256=hashlib.sha256(copy).hexdigest(),
        size=len(copy),
        at=clock.now().isoformat(),
        trust=str(trust or ""),
        zone="una-zona",
    )


def found_of(file: bytes, told: Told) -> dict[str, Any]:
    """What the program answers, without a process of its own."""
    found: dict[str, Any] = in_a_thread(partial(answer, file, told))
    return found


def altered(copy: bytes, authority: Authority) -> bytes:
    """A signed copy whose signature was tampered with."""
    signed = sign_pdf(copy, authority.signer("A"))
    assert signed.count(b"(Firma)") == 1
    return signed.replace(b"(Firma)", b"(Ferma)")


def nested() -> bytes:
    """An envelope in envelopes, thousands of them."""
    inner = b"\x04\x00"
    for _ in range(9000):
        inner = b"\x30\x84" + len(inner).to_bytes(4, "big") + inner
    return inner


Make = Callable[[bytes, Authority], bytes]
REFUSED: dict[str, tuple[Make, Fault]] = {
    "unsigned": (lambda copy, _: copy, Fault.UNSIGNED),
    "doubly signed": (
        lambda copy, ca: sign_pdf(sign_pdf(copy, ca.signer("A")), ca.signer("B"), field="Altra"),
        Fault.SEVERAL,
    ),
    "commented after": (
        lambda copy, ca: with_note(sign_pdf(copy, ca.signer("A"))),
        Fault.CHANGED_AFTER,
    ),
    "commented before": (
        lambda copy, ca: sign_pdf(with_note(copy), ca.signer("A")),
        Fault.CHANGED_BEFORE,
    ),
    "altered": (altered, Fault.BROKEN),
    "expired": (lambda copy, ca: sign_pdf(copy, ca.signer("A", days=(-30, -1))), Fault.EXPIRED),
    "expired, p7m": (
        lambda copy, ca: sign_p7m(copy, ca.signer("A", days=(-30, -1))),
        Fault.EXPIRED,
    ),
    "unknown authority": (
        lambda copy, _: sign_pdf(copy, Authority("Altra").signer("A")),
        Fault.UNKNOWN_ISSUER,
    ),
    "another of that name": (
        lambda copy, _: sign_pdf(copy, Authority().signer("A")),
        Fault.UNKNOWN_ISSUER,
    ),
    "unknown authority, p7m": (
        lambda copy, _: sign_p7m(copy, Authority("Altra").signer("A")),
        Fault.UNKNOWN_ISSUER,
    ),
    "not for signing": (
        lambda copy, ca: sign_pdf(copy, ca.signer("A", signs=False)),
        Fault.NOT_FOR_SIGNING,
    ),
    "wrong document": (
        lambda copy, ca: sign_pdf(rewritten(copy), ca.signer("A")),
        Fault.OTHER_DOCUMENT,
    ),
    "wrong document, p7m": (
        lambda copy, ca: sign_p7m(copy + b"\n", ca.signer("A")),
        Fault.OTHER_DOCUMENT,
    ),
    "p7m in a p7m": (
        lambda copy, ca: sign_p7m(sign_p7m(copy, ca.signer("A")), ca.signer("A")),
        Fault.OTHER_DOCUMENT,
    ),
    "encrypted": (
        lambda copy, _: rewritten(copy, encryption=pikepdf.Encryption(owner="a", user="b")),
        Fault.ENCRYPTED,
    ),
    "script": (lambda copy, _: with_script(copy), Fault.SCRIPTS),
    "bomb": (lambda *_: nested(), Fault.NOT_P7M),
    "half": (lambda copy, ca: sign_pdf(copy, ca.signer("A"))[:-60], Fault.UNREADABLE),
    "no PDF inside": (lambda *_: b"%PDF-1.7 and nothing", Fault.UNREADABLE),
    "something else": (lambda *_: b"Hello", Fault.NOT_P7M),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_in_order_is_refused(
    name: str, copy: bytes, authority: Authority, trust: Path
) -> None:
    make, fault = REFUSED[name]
    file = make(copy, authority)
    form = "pdf" if file.startswith(b"%PDF-") else "p7m"
    assert found_of(file, told_of(copy, trust, form)) == {"fault": fault.value}


def test_every_fault_has_its_sentence() -> None:
    assert SENTENCES.keys() == set(Fault)


def test_whoever_checks_a_file_reads_facts_and_is_not_told_to_sign() -> None:
    """What is left out of the facts says nothing of a signature: it is no signed file."""
    assert set(Fault) - FACTS.keys() == {Fault.NOT_PDF, Fault.NOT_P7M}
    assert str(fact_told(Fault.WEAK)) == (
        "The signature is not in order: it uses a method that is not safe any more (such as SHA-1)."
    )


@pytest.mark.parametrize(("sign", "form"), [(sign_pdf, "pdf"), (sign_p7m, "p7m")])
def test_a_process_of_its_own_finds_the_facts(
    sign: Callable[..., bytes], form: str, copy: bytes, authority: Authority, trust: Path
) -> None:
    signed, told = sign(copy, authority.signer("Anna Bianchi")), told_of(copy, trust, form)
    facts = validated(signed, told)
    assert facts["signer"] == "Anna Bianchi"
    assert facts["issuer"] == authority.name
    assert (facts["chain"], facts["revocation"], facts["qualified"]) == ("good", "unjudged", None)
    assert found_of(signed, told) == {"facts": facts}


def test_what_costs_too_much_is_given_up(copy: bytes) -> None:
    told = told_of(copy, None, "pdf")
    with pytest.raises(FileRefused, match="too much time or memory"):
        validated(copy + b"0" * (15 << 20), told, Limits(seconds=20, memory=1 << 25))


def test_without_anybody_to_trust_the_chain_is_not_judged(
    copy: bytes, authority: Authority, tmp_path: Path
) -> None:
    signed = sign_pdf(copy, authority.signer("A"))
    for nobody in (None, tmp_path):
        assert found_of(signed, told_of(copy, nobody, "pdf"))["facts"]["chain"] == "unjudged"
    late = sign_pdf(copy, authority.signer("A", days=(-9, -1)))
    assert found_of(late, told_of(copy, None, "pdf")) == {"fault": "expired"}
    to_sign_in = sign_pdf(copy, authority.signer("A", signs=False))
    assert found_of(to_sign_in, told_of(copy, None, "pdf")) == {"fault": "not_for_signing"}


def test_a_zone_has_roots_of_its_own(copy: bytes, authority: Authority, trust: Path) -> None:
    local = Authority("CA della zona")
    local.trusted_in(trust / "zone" / "una-zona")
    signed = sign_pdf(copy, local.signer("A"))
    told = told_of(copy, trust, "pdf")
    assert found_of(signed, told)["facts"]["chain"] == "good"
    elsewhere = Told(**{**vars(told), "zone": "altra"})
    assert found_of(signed, elsewhere) == {"fault": "unknown_issuer"}


def test_no_tax_code_is_kept(copy: bytes, authority: Authority, trust: Path) -> None:
    signed = sign_p7m(copy, authority.signer("BNCNNA80A41F205X/Anna Bianchi"))
    facts = found_of(signed, told_of(copy, trust, "p7m"))["facts"]
    assert facts["signer"] == "Anna Bianchi"


@pytest.mark.parametrize(
    ("certified", "displayed", "fit"),
    [
        ("ROSSI NICCOLÒ MARIA", "Niccolo Rossi", True),
        ("Anna Bianchi", "Bianchi, Anna", True),
        ("Anna Bianchi", "Anna Verdi", False),
        ("", "Anna Verdi", False),
    ],
)
def test_names_that_can_be_one_persons(certified: str, displayed: str, fit: bool) -> None:
    assert names_fit(certified, displayed) is fit


@pytest.mark.parametrize(("days", "expired"), [(9, False), (-9, True)])
def test_an_issuer_of_a_trusted_list_is_trusted(
    copy: bytes, authority: Authority, tmp_path: Path, days: int, *, expired: bool
) -> None:
    until = clock.now() + timedelta(days=days)
    told = told_of(copy, authority.listed_in(tmp_path, number=7, until=until), "pdf")
    facts = found_of(sign_pdf(copy, authority.signer("A")), told)["facts"]
    assert (facts["chain"], facts["qualified"]) == ("good", False)  # it has no QcStatement
    assert facts["lists_of"] == "2018-01-02T00:00:00+00:00"
    assert facts["list_expired"] is expired
    said = " ".join(sentences({"method": "pades", "covers": "file", "name_fits": True, **facts}))
    assert ("the next one was due" in said) is expired
    assert found_of(sign_pdf(copy, Authority("altra").signer("A")), told) == {
        "fault": Fault.UNKNOWN_ISSUER.value
    }
