"""The documents of a cycle, and for each the metadata that a public body keeps with it.

Names of the metadata: AgID, Linee guida sul documento informatico, annex 5 (*documento
amministrativo informatico*).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from consultazione.archive.bag import Bag
from consultazione.archive.crawl import Paper
from consultazione.archive.entries import Published
from consultazione.archive.reading import Source
from consultazione.archive.tree import Tree, proof_in

LIST = "data/documenti.json"
_METADATA = "data/metadati"
# What a document is, by the first part of its address.
_TYPES = (
    ("/verbali/", "Verbale di seduta"),
    ("/esiti/", "Esito della consultazione"),
    ("/atti/", "Atto"),
    ("/documenti/", "Allegato"),
    ("/materiali/", "Materiale di lavoro"),
    ("/allegati/", "Allegato di una proposta"),
    ("/archivio/", "Documento di archivio"),
    ("/sedute/", "Avviso di convocazione"),
    ("/piano/", "Piano di zona"),
)
_ENTITY_OF_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Kept:
    """A document of the archive. entry: the entry of the log that holds its digest, if one does."""

    file: str
    metadata: str
    sha256: str
    title: str
    kind: str
    media_type: str
    entry: str | None
    size: int


def write_papers(
    bag: Bag,
    source: Source,
    papers: Sequence[Paper],
    published: Published,
    tree: Tree | None,
) -> list[Kept]:
    """Write documents with their metadata, and the list of them.

    tree: in which it is proved that the entries of the documents stand, if there is one.
    """
    kept = [_write(bag, source, paper, published) for paper in papers]
    rows = [
        {
            "file": one.file, "metadati": one.metadata, "sha256": one.sha256, "titolo": one.title,
            "tipo": one.kind, "formato": one.media_type, "voce": one.entry,
            "prova": _proved(bag, one, tree),
        }
        for one in kept
    ]  # fmt: skip
    bag.write(LIST, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode())
    return kept


def _write(bag: Bag, source: Source, paper: Paper, published: Published) -> Kept:
    digest = bag.write(paper.file, paper.content)
    metadata = f"{_METADATA}/{paper.file.removeprefix('data/documenti/')}.xml"
    kept = Kept(
        file=paper.file,
        metadata=metadata,
        sha256=digest,
        title=paper.title,
        kind=_kind(paper.path, source.base),
        media_type=paper.media_type,
        entry=published.sealed.get(digest),
        size=len(paper.content),
    )
    bag.write(metadata, _xml(source, kept).encode())
    return kept


def _proved(bag: Bag, kept: Kept, tree: Tree | None) -> str | None:
    """The file with the proof of a document's entry; None if there is nothing to prove it by."""
    proof = proof_in(tree, kept.entry) if tree and kept.entry else None
    if proof is None:
        return None
    file = f"{kept.file}.tlog-proof"
    bag.write(file, proof.encode())
    return file


def _kind(path: str, base: str) -> str:
    path = path.removeprefix(base)
    return next((name for start, name in _TYPES if path.startswith(start)), "Documento")


def _xml(source: Source, kept: Kept) -> str:
    """The metadata of a document, in the order of annex 5; what nobody knows is left out."""
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
  <ModalitaDiFormazione>d</ModalitaDiFormazione>
  <TipologiaDocumentale>{kept.kind}</TipologiaDocumentale>
  <Soggetti>
    <Ruolo>
      <TipoRuolo>Produttore</TipoRuolo>
      <PAI><DenominazioneAmministrazione>{_text(source.lead_body)}</DenominazioneAmministrazione></PAI>
    </Ruolo>
  </Soggetti>
  <ChiaveDescrittiva>
    <Oggetto>{_text(kept.title)}</Oggetto>
    <ParoleChiave>Piano di zona {source.years}</ParoleChiave>
  </ChiaveDescrittiva>
  <Riservato>false</Riservato>
  <IdentificativoDelFormato>
    <Formato>{_text(kept.media_type)}</Formato>
  </IdentificativoDelFormato>
  <NomeDelDocumento>{_text(kept.file.rpartition("/")[2])}</NomeDelDocumento>
  <VersioneDelDocumento>1</VersioneDelDocumento>
  <Note>{_text(tail)}</Note>
</DocumentoAmministrativoInformatico>
"""


def _text(words: str) -> str:
    """Words as XML holds them, on one line."""
    return escape(_ENTITY_OF_BLANKS.sub(" ", words).strip())
