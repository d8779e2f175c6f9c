"""What zones usually begin with: chapters, tables and phases.

The wording is ours; the headings follow the sources named beside each. Everything can be
changed, so that nothing here is an assertion about a real zone.
"""

from __future__ import annotations

from enum import StrEnum

from consultazione.tables.models import TableKind
from consultazione.zones.commands.setting_up import NewChapter, NewPhase
from consultazione.zones.models import PhaseKind


class ChapterPreset(StrEnum):
    """Where the chapters of a new plan come from."""

    LAW_328 = "law_328"
    EMILIA_ROMAGNA = "emilia_romagna"
    PARMA = "parma"
    OWN = "own"


class TablePreset(StrEnum):
    """Where the tables of a new cycle come from."""

    RENO = "reno"
    PARMA = "parma"
    OWN = "own"


def _chapters(*pairs: tuple[str, str]) -> tuple[NewChapter, ...]:
    return tuple(NewChapter(title=title, description=text) for title, text in pairs)


CHAPTERS: dict[ChapterPreset, tuple[NewChapter, ...]] = {
    # Law 328 of 8 November 2000, article 19, paragraph 1, letters a to g.
    ChapterPreset.LAW_328: _chapters(
        (
            "Obiettivi e priorità",
            "Che cosa si vuole ottenere, in quale ordine e con quali strumenti.",
        ),
        (
            "Organizzazione, risorse e qualità",
            "Come sono organizzati i servizi, con quali risorse finanziarie, strutturali e"
            " professionali, e quali requisiti di qualità rispettano.",
        ),
        (
            "Raccolta dei dati",
            "Come si rilevano i dati per il sistema informativo dei servizi sociali.",
        ),
        (
            "Integrazione tra servizi e prestazioni",
            "Come i diversi servizi lavorano insieme attorno alla stessa persona.",
        ),
        (
            "Coordinamento con le amministrazioni statali",
            "Come ci si coordina con gli uffici dello Stato, il carcere e la giustizia.",
        ),
        (
            "Collaborazione con la solidarietà locale",
            "Come i servizi collaborano con il volontariato e le altre risorse della comunità.",
        ),
        (
            "Concertazione con l’Azienda USL e gli altri soggetti",
            "In quali forme il Piano è stato concordato, con chi e con quale esito.",
        ),
    ),
    # The six contents that the province of Ravenna names.
    ChapterPreset.EMILIA_ROMAGNA: _chapters(
        (
            "Obiettivi, priorità e organizzazione",
            "Che cosa si vuole ottenere, in quale ordine e con quale organizzazione.",
        ),
        (
            "Risorse finanziarie, strutturali e umane",
            "Con quali mezzi e con quali persone si raggiungono gli obiettivi.",
        ),
        ("Rilevazione dei dati", "Come si raccolgono i dati del sistema informativo."),
        (
            "Integrazione tra servizi e prestazioni",
            "Come i diversi servizi lavorano insieme attorno alla stessa persona.",
        ),
        (
            "Coordinamento tra i servizi pubblici del territorio",
            "Come collaborano e si coordinano i servizi pubblici.",
        ),
        (
            "Concertazione con l’Azienda USL e i distretti",
            "Come si concorda l’integrazione tra il sociale e la sanità.",
        ),
    ),
    # The sections of the plan of Parma for 2018-2020.
    ChapterPreset.PARMA: _chapters(
        ("Fotografia del territorio", "Chi vive qui, di che cosa ha bisogno, quali servizi trova."),
        ("Scelte strategiche e priorità", "Che cosa viene prima, e perché."),
        (
            "Schede d’intervento per area",
            "Gli interventi, area per area, con gli indicatori del distretto.",
        ),
        ("Povertà", "Che cosa si fa contro la povertà e l’esclusione."),
        (
            "Percorso di costruzione e monitoraggio",
            "Come è nato il Piano, e come si seguirà ciò che promette.",
        ),
        ("Preventivo", "Quanto costa, e chi paga."),
    ),
}

TABLES: dict[TablePreset, tuple[tuple[TableKind, str, str], ...]] = {
    # The six places of discussion of Reno, Lavino e Samoggia in 2018.
    TablePreset.RENO: (
        (
            TableKind.PLENARY,
            "Tavolo Welfare",
            "Il tavolo generale: tiene insieme ciò che emerge dagli altri.",
        ),
        (
            TableKind.UNION_CONSULTATION,
            "Tavolo di Concertazione Sindacale",
            "Il confronto con le organizzazioni sindacali.",
        ),
        (
            TableKind.THEMATIC,
            "Domiciliarità e prossimità",
            "Restare a casa propria con i sostegni giusti, e trovare servizi vicini.",
        ),
        (
            TableKind.THEMATIC,
            "Prevenzione disuguaglianze, promozione salute e dell’autonomia",
            "Ridurre le distanze tra le persone, promuovere salute e autonomia.",
        ),
        (
            TableKind.THEMATIC,
            "Qualificazione Servizi",
            "La qualità dei servizi e di chi ci lavora.",
        ),
        (
            TableKind.CROSS_CUTTING,
            "Povertà e Vulnerabilità",
            "Il tavolo trasversale: guarda le proposte degli altri con gli occhi di chi ha meno.",
        ),
    ),
    # The four tables of Parma's Programma attuativo 2020.
    TablePreset.PARMA: (
        (TableKind.THEMATIC, "Fragilità", "Povertà, casa, dipendenze, carcere."),
        (
            TableKind.THEMATIC,
            "Nuove Generazioni e Responsabilità familiari",
            "Bambini, ragazzi e famiglie.",
        ),
        (
            TableKind.THEMATIC,
            "Riconoscere e valorizzare il contesto multiculturale",
            "Persone di origini diverse che vivono insieme.",
        ),
        (TableKind.THEMATIC, "Non Autosufficienza", "Anziani e persone con disabilità."),
    ),
}

# The tables that a zone may want beside thematic ones, whatever these are.
BESIDE: dict[TableKind, tuple[str, str]] = {
    TableKind.PLENARY: ("Tavolo generale", "Tiene insieme ciò che emerge dagli altri tavoli."),
    TableKind.UNION_CONSULTATION: (
        "Tavolo di concertazione sindacale",
        "Il confronto con le organizzazioni sindacali, che firmano gli esiti dei tavoli.",
    ),
}

PHASES: dict[PhaseKind, NewPhase] = {
    PhaseKind.INFORMATION: NewPhase(
        kind=PhaseKind.INFORMATION,
        title="Informazione",
        description="Si raccolgono e si pubblicano i dati, i bisogni e gli indirizzi.",
    ),
    PhaseKind.PARTICIPATION: NewPhase(
        kind=PhaseKind.PARTICIPATION,
        title="Percorso partecipato",
        description="I tavoli raccolgono proposte e ne discutono in seduta.",
    ),
    PhaseKind.DEFINITION: NewPhase(
        kind=PhaseKind.DEFINITION,
        title="Scrittura del Piano",
        description="L’ufficio di piano risponde a ogni contributo e compone i capitoli.",
    ),
    PhaseKind.APPROVAL: NewPhase(
        kind=PhaseKind.APPROVAL,
        title="Approvazione",
        description="Gli enti approvano il Piano e firmano l’accordo di programma.",
    ),
}
