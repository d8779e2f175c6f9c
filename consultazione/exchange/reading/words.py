"""The words of the closed lists in a file: each value by its name, and by others in use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from consultazione.exchange.reading.headings import Column, key_of
from consultazione.programme.kinds import AreaOfUse, InterventionKind, MacroLevel, PolicyArea

# The first name of each is the one that we write.
NAMES: dict[Column, Mapping[StrEnum, tuple[str, ...]]] = {
    Column.KIND: {
        InterventionKind.SERVICE: ("Servizio", "Intervento"),
        InterventionKind.PROJECT: ("Progetto",),
        InterventionKind.TRAINING: ("Formazione", "Iniziativa di formazione"),
    },
    Column.LEVEL: {
        MacroLevel.ACCESS: (
            "Accesso e presa in carico",
            "Accesso",
            "Presa in carico",
            "Pronto intervento sociale",
        ),
        MacroLevel.HOME: (
            "Permanenza a domicilio",
            "Domicilio",
            "Assistenza domiciliare",
            "Prossimità",
        ),
        MacroLevel.COMMUNITY: (
            "Servizi territoriali comunitari",
            "Servizi territoriali",
            "Centri diurni",
            "Centri diurni e altri",
        ),
        MacroLevel.RESIDENTIAL: (
            "Servizi residenziali per le fragilità",
            "Servizi residenziali",
        ),
        MacroLevel.INCLUSION: (
            "Inclusione e sostegno al reddito",
            "Inclusione",
            "Inclusione e autonomia",
            "Sostegno al reddito",
        ),
    },
    Column.AREA: {
        AreaOfUse.FAMILIES: (
            "Infanzia, adolescenza e responsabilità familiari",
            "Infanzia e adolescenza",
            "Famiglia e minori",
            "Famiglie",
            "Minori",
        ),
        AreaOfUse.DISABILITY: (
            "Disabilità e non autosufficienza",
            "Disabilità",
            "Non autosufficienza",
        ),
        AreaOfUse.POVERTY: (
            "Povertà ed esclusione sociale",
            "Povertà",
            "Esclusione sociale",
        ),
    },
    Column.POLICIES: {
        PolicyArea.HOUSING: ("Casa", "Abitare", "Politiche abitative"),
        PolicyArea.WORK: ("Lavoro", "Politiche del lavoro"),
        PolicyArea.TRAINING: ("Formazione", "Politiche formative"),
        PolicyArea.EDUCATION: ("Istruzione", "Educazione", "Scuola", "Politiche educative"),
    },
}

_VALUES = {
    column: {key_of(n): value.value for value, names in listed.items() for n in names}
    | {key_of(value.value): value.value for value in listed}
    for column, listed in NAMES.items()
}
YES = frozenset({"si", "s", "x", "vero", "true", "1", "yes"})
NO = frozenset({"no", "n", "falso", "false", "0", ""})


def value_of(column: Column, word: str) -> str | None:
    """The value that a word means in a column with a closed list; None if it means none."""
    return _VALUES[column].get(key_of(word))


def name_of(column: Column, value: str) -> str:
    """The word that we write for a value of a closed list."""
    return next(names[0] for v, names in NAMES[column].items() if v.value == value)


def names_of(column: Column) -> str:
    """All words that we write in a column with a closed list, for a sentence."""
    return "; ".join(names[0] for names in NAMES[column].values())
