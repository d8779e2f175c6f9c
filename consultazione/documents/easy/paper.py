"""An easy-to-read summary as a document: its page, its PDF and its ODT.

After *Information for all* (Inclusion Europe, 2009): a new line for each sentence, large letters.
"""

from __future__ import annotations

from consultazione.documents.easy.queries import Explained
from consultazione.documents.paper.model import Paper, Seal
from consultazione.documents.paper.prose import prose
from consultazione.documents.paper.wording import day_at

KIND = "easy_summary"
TITLE = "Versione facile da leggere"
_NOTICE = (
    "Questo testo spiega un documento con parole semplici. Il documento ufficiale è un altro: se "
    "hai dubbi, vale quello."
)
_STALE = (
    "Attenzione: il documento ufficiale è cambiato dopo che questo testo è stato scritto, il "
    "{day}. Questo testo può non essere più giusto."
)
_DIGEST = "Impronta del documento spiegato (SHA-256)"


def paper_of(found: Explained) -> Paper:
    """A summary as it stands; Italian, as the document is that it explains."""
    original = found.original
    stale = _STALE.format(day=day_at(found.row.written_at))
    return Paper(
        kind=KIND,
        zone=original.zone,
        plan=original.plan,
        title=TITLE,
        subject=f"{original.title}. {original.about}",
        notice=f"{stale} {_NOTICE}" if found.is_stale else _NOTICE,
        demo=original.demo,
        blocks=prose(line_by_line(found.row.body)),
    )


def seal_of(found: Explained, *, address: str) -> Seal:
    """What is said from outside: which document it explains. address: of the summary's page."""
    return Seal(address, digests=((_DIGEST, found.row.digest),))


def line_by_line(text: str) -> str:
    """The same Markdown, in which each line that was written stays a line."""
    return "  \n".join(text.splitlines())
