"""The documents of a cycle in an archive, each with its metadata, its number and its proof."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from consultazione.archive.agid import Kept, Number, metadata_of
from consultazione.archive.bag import Bag
from consultazione.archive.crawl import Paper
from consultazione.archive.entries import Published
from consultazione.archive.reading import Source
from consultazione.archive.tree import Tree, proof_in
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.seals.models import DocumentSeal

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
    ("/sigilli/", "Documento sigillato"),
)
_REGISTERED = re.compile(r"/documenti/(\d+)\.pdf")


def write_papers(
    bag: Bag,
    source: Source,
    papers: Sequence[Paper],
    published: Published,
    tree: Tree | None,
) -> list[Kept]:
    """Write the metadata of documents that are in the bag, and the list of them.

    tree: in which it is proved that the entries of the documents stand, if there is one.
    """
    numbers = _numbers(source)
    kept = [_write(bag, source, paper, published, numbers) for paper in papers]
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


def _numbers(source: Source) -> dict[str, Number]:
    """The numbers of files in the registers of the zone, by SHA-256: sealed, and before."""
    query = (
        select(Registration, DocumentSeal.sha256)
        .outerjoin(DocumentSeal, DocumentSeal.document_digest == Registration.digest)
        .where(Registration.zone_id == source.zone_id)
    )
    return {
        digest: Number(f"{one.kind} {one.year}", one.number, one.registered_at)
        for one, sealed in source.session.execute(query)
        for digest in (one.file_digest, sealed)
        if digest
    }


def _write(
    bag: Bag, source: Source, paper: Paper, published: Published, numbers: Mapping[str, Number]
) -> Kept:
    metadata = f"{_METADATA}/{paper.file.removeprefix('data/documenti/')}.xml"
    kept = Kept(
        file=paper.file,
        metadata=metadata,
        sha256=paper.sha256,
        title=paper.title,
        kind=_kind(source, paper.path),
        media_type=paper.media_type,
        entry=published.sealed.get(paper.sha256),
        size=paper.size,
        sealed=paper.sealed,
        number=numbers.get(paper.sha256),
    )
    bag.write(metadata, metadata_of(source, kept).encode())
    return kept


def _proved(bag: Bag, kept: Kept, tree: Tree | None) -> str | None:
    """The file with the proof of a document's entry; None if there is nothing to prove it by."""
    proof = proof_in(tree, kept.entry) if tree and kept.entry else None
    if proof is None:
        return None
    file = f"{kept.file}.tlog-proof"
    bag.write(file, proof.encode())
    return file


def _kind(source: Source, path: str) -> str:
    """What a document is, in Italian: one of the register, by the name that its kind has there."""
    path = path.removeprefix(source.base)
    if path.endswith("/facile.pdf"):
        return "Versione facile da leggere di un documento"
    if found := _REGISTERED.fullmatch(path):
        registration = source.session.get_one(Registration, int(found[1]))
        return str(kind_of(registration.kind).label)
    return next((name for start, name in _TYPES if path.startswith(start)), "Documento")
