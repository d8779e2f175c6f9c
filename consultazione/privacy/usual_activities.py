"""Activities that every zone has, as a text to begin from: whoever answers for data corrects it.

Data in Italian, as the register is. The law: Regulation (EU) 2016/679, art. 6 par. 1 e and art. 30;
D.Lgs. 196/2003, art. 2-ter; L. 328/2000, art. 19; L. 241/1990.
"""

from __future__ import annotations

from collections.abc import Mapping

_MEASURES = (
    "Accesso con password o passkey, ruoli limitati per zona e tavolo, testi cifrati, registro "
    "delle operazioni verificabile, copie di sicurezza, connessioni cifrate."
)
_BASIS = (
    "Esecuzione di un compito di interesse pubblico (art. 6, par. 1, lett. e, Reg. UE 2016/679; "
    "art. 2-ter D.Lgs. 196/2003; art. 19 L. 328/2000)."
)

USUAL: Mapping[str, Mapping[str, str]] = {
    "partecipazione": {
        "name": "Partecipazione al piano di zona",
        "purpose": "Raccogliere proposte, osservazioni e voti per il piano sociale di zona.",
        "basis": _BASIS,
        "subjects": "Cittadini, delegati di associazioni e sindacati, operatori degli enti.",
        "data": "Nome, indirizzo e-mail, organizzazione, testi scritti, voti palesi, presenze.",
        "recipients": "Chiunque, per quanto è pubblico; uffici della zona; fornitore del servizio.",
        "kept": "Account: finché la persona non lo cancella. Atti e verbali: senza limite.",
        "measures": _MEASURES,
    },
    "moderazione": {
        "name": "Segnalazioni e moderazione",
        "purpose": "Trattare le segnalazioni di testi e i ricorsi degli autori.",
        "basis": _BASIS,
        "subjects": "Chi segnala, chi ha scritto, chi modera.",
        "data": "Segnalazione, testo segnalato, decisione, ricorso.",
        "recipients": "Chi modera. Il registro pubblico non contiene nomi né testi.",
        "kept": "Per la durata del ciclo del piano.",
        "measures": _MEASURES,
    },
    "sicurezza": {
        "name": "Registro degli accessi",
        "purpose": "Proteggere il sito e ricostruire gli abusi.",
        "basis": "Obbligo di sicurezza (art. 32 Reg. UE 2016/679) e interesse pubblico.",
        "subjects": "Chi usa il sito.",
        "data": "Numero dell’account, indirizzo IP, operazione, data e ora.",
        "recipients": "Amministratori della zona; fornitore del servizio.",
        "kept": "Il tempo scritto nelle impostazioni della privacy.",
        "measures": _MEASURES,
    },
}
