"""The index of a *pacchetto di versamento*, after UNI 11386:2020 (SInCRO): each file with its hash.

Its elements are those of the standard's XML Schema, PIndex 2.0, in the order that it demands. Who
submits and who signs is the lead body; its tax code, which this software does not know, is left
out, as the schema admits.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from consultazione.archive.agid import Kept
from consultazione.archive.bag import Bag
from consultazione.archive.reading import Source

INDEX = "data/IndiceSIP.xml"
_SINCRO = "http://www.uni.com/U3011/sincro-v2/"
_GUIDELINES = "Linee guida sulla formazione, gestione e conservazione dei documenti informatici"
_METADATA = f"AgID, {_GUIDELINES}, allegato 5"


def write_index(bag: Bag, source: Source, kept: Sequence[Kept], *, at: str) -> None:
    """Write the index over the documents and their metadata. at: the newest entry's moment.

    Of a cycle without documents there is nothing to submit, and no index.
    """
    if not kept:
        return
    name = f"{source.zone}/{source.years}"
    with bag.opened(INDEX) as file:
        file.write(_BEGINS.format(
            sincro=_SINCRO,
            index=_id(f"{name}/indice"),
            volume=_id(f"{name}/versamento"),
            group=_id(f"{name}/documenti"),
            label=escape(f"{source.zone_name}, Piano di zona {source.years}"),
        ).encode())  # fmt: skip
        for one in kept:
            file.write(_file(bag, one).encode())
        file.write(_ENDS.format(
            body=_agent(source.lead_body), at=escape(at), law=escape(_GUIDELINES)
        ).encode())  # fmt: skip


_BEGINS = """<?xml version="1.0" encoding="UTF-8"?>
<sincro:PIndex xmlns:sincro="{sincro}" sincro:language="it" sincro:sincroVersion="2.0"
    sincro:uri="http://www.uni.com/U3011/sincro-v2/PIndex.xsd">
  <sincro:SelfDescription>
    {index}
    <sincro:CreatingApplication>
      <sincro:Name>consultazione</sincro:Name>
      <sincro:Version>1</sincro:Version>
      <sincro:Producer>consultazione</sincro:Producer>
    </sincro:CreatingApplication>
  </sincro:SelfDescription>
  <sincro:PVolume>
    {volume}
    <sincro:Label>{label}</sincro:Label>
  </sincro:PVolume>
  <sincro:FileGroup>
    {group}
    <sincro:Label>Documenti del ciclo</sincro:Label>
"""
_ENDS = """  </sincro:FileGroup>
  <sincro:Process>
    <sincro:Submitter sincro:agentType="legal person">{body}</sincro:Submitter>
    <sincro:Holder sincro:agentType="legal person"
        sincro:holderRole="soggetto produttore">{body}</sincro:Holder>
    <sincro:AuthorizedSigner sincro:agentType="legal person"
        sincro:signerRole="soggetto produttore">{body}</sincro:AuthorizedSigner>
    <sincro:TimeReference>
      <sincro:TimeInfo sincro:attachedTimeStamp="false">{at}</sincro:TimeInfo>
    </sincro:TimeReference>
    <sincro:LawsAndRegulations>{law}</sincro:LawsAndRegulations>
  </sincro:Process>
</sincro:PIndex>
"""


def _file(bag: Bag, kept: Kept) -> str:
    """A document with the file of its metadata."""
    digest = bag.digests[kept.metadata]
    extension = PurePosixPath(kept.file).suffix.removeprefix(".")
    return f"""    <sincro:File sincro:encoding="binary" sincro:extension={quoteattr(extension)}
        sincro:format={quoteattr(kept.media_type)}>
      {_place(kept.file, kept.sha256)}
      <sincro:MoreInfo sincro:xmlSchema={quoteattr(quote(_METADATA))}>
        <sincro:ExternalMetadata sincro:encoding="8bit" sincro:extension="xml"
            sincro:format="application/xml">
          {_place(kept.metadata, digest)}
        </sincro:ExternalMetadata>
      </sincro:MoreInfo>
    </sincro:File>
"""


def _place(path: str, sha256: str) -> str:
    """Name, place and hash of a file."""
    return (
        f"{_id(path)}<sincro:Path>{escape(quote(path))}</sincro:Path>"
        f'<sincro:Hash sincro:hashFunction="SHA-256">{sha256}</sincro:Hash>'
    )


def _id(name: str) -> str:
    return f'<sincro:ID sincro:scheme="local">{escape(name)}</sincro:ID>'


def _agent(body: str) -> str:
    """A body; the document by which it acts is its agreement with the conservator."""
    return (
        f"<sincro:AgentName><sincro:FormalName>{escape(body)}</sincro:FormalName>"
        "</sincro:AgentName><sincro:RelevantDocument>Manuale di conservazione"
        "</sincro:RelevantDocument>"
    )
