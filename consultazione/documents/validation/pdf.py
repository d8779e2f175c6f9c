"""A signed PDF: the frozen copy is its first revision, and only one signature was added."""

from __future__ import annotations

import hashlib
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.rules.form_field_rules import (
    SigFieldCreationRule,
    SigFieldModificationRule,
)
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from consultazione.documents.validation.facts import Proofs, facts_of
from consultazione.documents.validation.told import Facts, Fault, Refused, Told

_HEADER_WITHIN = 1024
# What a signature may add: pyHanko's own rules, and the flag that says that there is one.
_UP_TO_THE_SIGNATURE = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)


async def check_pdf(content: bytes, told: Told) -> Facts:
    """The facts of a PDF's one signature; Refused for the first thing that is wrong.

    Beyond the signature itself only what keeps it checkable may have been added (ETSI EN 319
    142-1: validation data and document time stamps).
    """
    if b"%PDF-" not in content[:_HEADER_WITHIN]:
        raise Refused(Fault.NOT_PDF)
    reader = PdfFileReader(BytesIO(content))
    _refuse_outright(reader)
    if hashlib.sha256(content[: told.size]).hexdigest() != told.sha256:
        raise Refused(Fault.OTHER_DOCUMENT)
    signature = _only(reader)
    status = await _status(signature, ValidationContext(trust_roots=[], allow_fetching=False))
    base = PdfFileReader(BytesIO(content[: told.size])).xrefs.total_revisions - 1
    _refuse_changes(reader, base, signature, status)

    async def ask(context: ValidationContext) -> PdfSignatureStatus:
        return await _status(signature, context)

    return await facts_of(signature.signer_cert, told, ask, proofs=_proofs(reader))


async def _status(
    signature: EmbeddedPdfSignature, context: ValidationContext
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        signature, signer_validation_context=context, ts_validation_context=context
    )


def _refuse_outright(reader: PdfFileReader) -> None:
    """Refused if the PDF is encrypted, or runs a script when it is opened."""
    if reader.encrypted:
        raise Refused(Fault.ENCRYPTED)
    root = reader.root
    names = root.get("/Names", DictionaryObject())
    opened = root.get("/OpenAction", None)
    runs = isinstance(opened, DictionaryObject) and opened.get("/S") == "/JavaScript"
    if runs or "/JavaScript" in names or "/AA" in root:
        raise Refused(Fault.SCRIPTS)


def _only(reader: PdfFileReader) -> EmbeddedPdfSignature:
    signatures: list[EmbeddedPdfSignature] = reader.embedded_regular_signatures
    if not signatures:
        raise Refused(Fault.UNSIGNED)
    if len(signatures) > 1:
        raise Refused(Fault.SEVERAL)
    return signatures[0]


def _refuse_changes(
    reader: PdfFileReader,
    base: int,
    signature: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
) -> None:
    """Refused unless the signature is all that was added. base: the copy's last revision."""
    if not (status.intact and status.valid):
        raise Refused(Fault.BROKEN)
    coverage = status.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused(Fault.NOT_WHOLE)
    level = status.modification_level
    if level is None or level > ModificationLevel.LTA_UPDATES:
        raise Refused(Fault.CHANGED_AFTER)
    found = _UP_TO_THE_SIGNATURE.review_file(reader, base, doc_mdp=MDPPerm.FILL_FORMS)
    if (
        isinstance(found, SuspiciousModification)
        or found.modification_level > ModificationLevel.FORM_FILLING
        or found.changed_form_fields - {signature.field_name}
    ):
        raise Refused(Fault.CHANGED_BEFORE)


def _proofs(reader: PdfFileReader) -> Proofs:
    """What the PDF brings along on revocation (its Document Security Store)."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return {}
    return {
        "crls": [ref.get_object().data for ref in store.crls],
        "ocsps": [ref.get_object().data for ref in store.ocsps],
        "other_certs": list(store.load_certs()),
    }
