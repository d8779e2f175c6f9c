"""The words of the plan's documents, which are Italian as the plan is."""

from __future__ import annotations

from consultazione.plan.models import PlanState

STATES = {
    PlanState.DRAFT: "Bozza",
    PlanState.PUBLIC_DRAFT: "Bozza pubblica",
    PlanState.READY: "Pronto per l’approvazione",
    PlanState.APPROVED: "Approvato",
}
HEADINGS = {
    "contents": "Indice",
    "empty": "In questo capitolo non è ancora scritto nulla.",
    "demo": "Dati dimostrativi: quanto non ha una fonte è inventato.",
    "invented": "Inventato per la dimostrazione.",
    "page": "Pagina",
    "updated": "Testo aggiornato al",
    "approved": "Approvato con",
    "in_words": "In parole:",
    "file": "File della figura, impronta (SHA-256):",
}
