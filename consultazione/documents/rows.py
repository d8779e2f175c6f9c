"""The register's rows as cells of a file."""

from __future__ import annotations

from consultazione.core.clock import in_rome
from consultazione.core.text import harmless
from consultazione.documents.kinds import kind_of
from consultazione.documents.queries import Listed

HEADINGS = (
    "tipo", "anno", "numero", "oggetto", "versione", "registrato", "impronta_documento",
    "impronta_pdf", "annullato", "motivo",
)  # fmt: skip


def cells(one: Listed) -> list[str]:
    """A row in the order of HEADINGS; moments in Italian time, as ISO 8601 writes them."""
    row = one.row
    annulled = in_rome(row.annulled_at).isoformat("T", "seconds") if row.annulled_at else ""
    return [
        kind_of(row.kind).word,
        str(row.year),
        str(row.number),
        harmless(one.title),
        str(row.version),
        in_rome(row.registered_at).isoformat("T", "seconds"),
        row.digest,
        row.file_digest or "",
        annulled,
        harmless(row.annulled_reason or ""),
    ]
