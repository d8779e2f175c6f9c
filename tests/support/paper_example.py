"""A document with a block of each kind."""

from __future__ import annotations

from consultazione.documents.paper.model import (
    Break,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Quote,
    Run,
    Seal,
    Signatures,
    Table,
    text,
)

EXAMPLE = Paper(
    kind="outcome",
    zone="Unione di prova",
    plan="Piano di zona 2018-2020",
    title="Esito di prova",
    subject="Cura e domiciliarità. Primo incontro",
    notice="Copia di lavoro al 5 marzo 2018.",
    demo=True,
    blocks=(
        Facts((("Luogo", "Sala Rossa"), ("Inizio", "5 marzo 2018, ore 17:00"))),
        Heading(2, "Che cosa si conclude"),
        Heading(3, "1. Uno sportello"),
        Paragraph((Run("Si apra "), Run("subito", ("strong",)), Run(" uno sportello."))),
        text("Da un voto del tavolo.", "quiet"),
        text("Nessuno ha votato contro.", "stressed"),
        Items(True, ((text("Primo passo"),), (text("Secondo passo"),))),
        Items(False, ((text("un ente"), Items(False, ((text("il suo ufficio"),),))),)),
        Table(("Ente", "Ore"), (("Unione", "10"), ("Azienda sanitaria", "20")), (3, 1)),
        Quote("Organizzazione di prova", (text("Non ci sono i fondi."),)),
        Break(),
        Heading(2, "Firme"),
        Signatures(
            (("Chi presiede", "per la zona"), ("Organizzazione di prova", "per i lavoratori"))
        ),
    ),
)
SEAL = Seal(
    "https://zona.example/esiti/9", "Registro dei documenti: Esito n. 3/2018",
    (("Impronta di questo documento (SHA-256)", "a" * 64),),
)  # fmt: skip
