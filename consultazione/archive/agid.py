"""The metadata that a public body keeps with each document, as XML.

Names and order: AgID, *Linee guida sulla formazione, gestione e conservazione dei documenti
informatici*, annex 5, *documento amministrativo informatico*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from consultazione.archive.reading import Source
from consultazione.core.clock import in_rome

_BLANKS = re.compile(r"\s+")
# What the software composes from data; all else was uploaded.
_COMPOSED = {
    "Verbale di seduta", "Esito della consultazione", "Avviso di convocazione", "Piano di zona",
    "Documento",
}  # fmt: skip
# How a document comes to be: (d) and (b) of the guidelines, 2.1.1.
_FORMED = (
    "generazione o raggruppamento anche in via automatica di un insieme di dati o registrazioni, "
    "provenienti da una o più banche dati, anche appartenenti a più soggetti interoperanti, "
    "secondo una struttura logica predeterminata e memorizzata in forma statica"
)
_ACQUIRED = (
    "acquisizione di un documento informatico per via telematica o su supporto informatico, "
    "acquisizione della copia per immagine su supporto informatico di un documento analogico, "
    "acquisizione della copia informatica di un documento analogico"
)


@dataclass(frozen=True)
class Number:
    """A number in a register of the zone. register: such as `minutes 2018`. at: when given."""

    register: str
    number: int
    at: datetime


@dataclass(frozen=True)
class Kept:
    """A document of the archive.

    entry: the entry of the log that holds its digest, if one does. sealed: whether it has an
    electronic seal or signature inside. number: in the zone's register, if it has one.
    """

    file: str
    metadata: str
    sha256: str
    title: str
    kind: str
    media_type: str
    entry: str | None
    size: int
    sealed: bool
    number: Number | None


def metadata_of(source: Source, kept: Kept) -> str:
    """The metadata of a document, in the order of annex 5; what nobody knows is left out.

    Codes of the IPA and digital addresses of the body, its scheme of classification and how long
    documents are kept are such: the body's own system adds them.
    """
    tail = f"Voce del registro: {kept.entry}" if kept.entry else "Senza voce propria nel registro"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DocumentoAmministrativoInformatico>
  <IdDoc>
    <ImprontaCrittograficaDelDocumento>
      <Impronta>{kept.sha256}</Impronta>
      <Algoritmo>SHA-256</Algoritmo>
    </ImprontaCrittograficaDelDocumento>
    <Identificativo>{_text(f"{source.zone}/{source.years}/{kept.file}")}</Identificativo>
  </IdDoc>
  <ModalitaDiFormazione>{_FORMED if kept.kind in _COMPOSED else _ACQUIRED}</ModalitaDiFormazione>
  <TipologiaDocumentale>{kept.kind}</TipologiaDocumentale>
{_registered(kept.number)}  <Soggetti>
    <Ruolo>
      <Autore>
        <TipoRuolo>Autore</TipoRuolo>
        <PAE><DenominazioneAmministrazione>{_text(source.lead_body)}</DenominazioneAmministrazione></PAE>
      </Autore>
    </Ruolo>
    <Ruolo>
      <Produttore>
        <TipoRuolo>Produttore</TipoRuolo>
        <SW><DenominazioneSistema>consultazione</DenominazioneSistema></SW>
      </Produttore>
    </Ruolo>
  </Soggetti>
  <ChiaveDescrittiva>
    <Oggetto>{_text(kept.title)}</Oggetto>
    <ParoleChiave>Piano di zona {source.years}</ParoleChiave>
  </ChiaveDescrittiva>
  <Allegati>
    <NumeroAllegati>0</NumeroAllegati>
  </Allegati>
  <Riservato>false</Riservato>
  <IdentificativoDelFormato>
    <Formato>{_text(kept.media_type)}</Formato>
  </IdentificativoDelFormato>
  <Verifica>
    <FirmatoDigitalmente>false</FirmatoDigitalmente>
    <SigillatoElettronicamente>{"true" if kept.sealed else "false"}</SigillatoElettronicamente>
    <MarcaturaTemporale>false</MarcaturaTemporale>
    <ConformitaCopieImmagineSuSupportoInformatico>false</ConformitaCopieImmagineSuSupportoInformatico>
  </Verifica>
  <NomeDelDocumento>{_text(kept.file.rpartition("/")[2])}</NomeDelDocumento>
  <VersioneDelDocumento>1</VersioneDelDocumento>
  <Note>{_text(tail)}</Note>
</DocumentoAmministrativoInformatico>
"""


def _registered(number: Number | None) -> str:
    """Where a document stands in a register; nothing for one that stands in none."""
    if number is None:
        return ""
    at = in_rome(number.at)
    return f"""  <DatiDiRegistrazione>
    <TipologiaDiFlusso>I</TipologiaDiFlusso>
    <TipoRegistro>
      <Repertorio_Registro>
        <TipoRegistro>Repertorio\\Registro</TipoRegistro>
        <DataRegistrazioneDocumento>{at:%Y-%m-%d}</DataRegistrazioneDocumento>
        <OraRegistrazioneDocumento>{at:%H:%M:%S}</OraRegistrazioneDocumento>
        <NumeroRegistrazioneDocumento>{number.number}</NumeroRegistrazioneDocumento>
        <CodiceRegistro>{_text(number.register)}</CodiceRegistro>
      </Repertorio_Registro>
    </TipoRegistro>
  </DatiDiRegistrazione>
"""


def _text(words: str) -> str:
    """Words as XML holds them, on one line."""
    return escape(_BLANKS.sub(" ", words).strip())
