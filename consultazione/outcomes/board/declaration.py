"""The declaration by which an organisation adheres to an outcome, as a document of the register."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy.orm import Session

from consultazione.documents.colophon import number_of
from consultazione.documents.paper.model import Heading, Paper, Signatures, facts, text
from consultazione.documents.paper.wording import moment_of
from consultazione.documents.register import registration_of
from consultazione.minutes.compose.wording import CATEGORIES
from consultazione.outcomes.grounds import grounds_behind
from consultazione.outcomes.kind import ADHESION, OUTCOME, UNION_RECORD
from consultazione.outcomes.labels import METHOD_NAMES
from consultazione.outcomes.models import Adherent
from consultazione.outcomes.paper import conclusions

TITLE = "Dichiarazione di adesione"
_DECLARES = (
    "L’organizzazione indicata qui sotto non è tra quelle chiamate a sottoscrivere l’esito, e vi "
    "aderisce per intero."
)


def adhesion_of(session: Session, adherent: Adherent) -> Paper:
    """The declaration of an adherent, with who made it for the organisation and when."""
    outcome, organisation = adherent.outcome, adherent.organisation
    document, mandate = outcome.document, adherent.mandate
    grounds = grounds_behind(session, [item.id for item in outcome.items])
    with force_locale("it"):
        return Paper(
            kind=ADHESION.name,
            zone=document["zone"],
            plan=document["plan"],
            title=TITLE,
            subject=f"{organisation.name}: {document['table']['name']}. {document['title']}",
            demo=document["demo"],
            blocks=(
                text(_DECLARES),
                facts(
                    (
                        ("Organizzazione", organisation.name),
                        ("Categoria", CATEGORIES[organisation.category]),
                        ("Chi dichiara", f"{mandate.person.shown_name} ({mandate.act})"),
                        ("Data", moment_of(adherent.adhered_at)),
                        (
                            "Modalità di firma",
                            str(METHOD_NAMES.get(adherent.method, adherent.method)),
                        ),
                        ("Esito", _cited(session, outcome.id)),
                        ("Impronta dell’esito", adherent.digest),
                    )
                ),
                Heading(2, "Conclusioni a cui l’organizzazione aderisce"),
                *conclusions(outcome, grounds, with_answers=False),
                Signatures(((organisation.name, "per l’organizzazione aderente"),)),
            ),
        )


def _cited(session: Session, outcome_id: int) -> str:
    """The outcome and, if the sign-off is over, the record of it, by their numbers."""
    rows = [registration_of(session, kind, outcome_id) for kind in (OUTCOME, UNION_RECORD)]
    return "; ".join(number_of(row) for row in rows if row is not None)
