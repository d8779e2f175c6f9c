"""Stock phrases of minutes; in Italian like the minutes, whatever the reader's language."""

from __future__ import annotations

STOCK = (
    "Constatata la presenza dei partecipanti, si dà avvio ai lavori.",
    "Il verbale della seduta precedente è approvato senza osservazioni.",
    "Viene illustrata la proposta, il cui testo è agli atti.",
    "Si apre la discussione.",
    "Non essendovi altri interventi, la discussione è chiusa.",
    "Si mette ai voti la proposta.",
    "Il tavolo prende atto.",
    "Il tavolo concorda all’unanimità.",
    "Il tavolo esprime parere favorevole.",
    "Il tavolo esprime parere favorevole con osservazioni.",
    "Emergono posizioni diverse, riportate di seguito.",
    "Si chiede all’ufficio di piano un approfondimento.",
    "Si invitano i partecipanti a far pervenire osservazioni scritte.",
    "Il documento è allegato al verbale.",
    "Il punto è rinviato alla prossima seduta.",
    "Null’altro essendovi da discutere, la seduta è tolta.",
)
