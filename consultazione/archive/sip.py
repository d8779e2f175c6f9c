"""The index of a *pacchetto di versamento*, after UNI 11386 (SInCRO): each file with its hash."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from consultazione.archive.bag import Bag
from consultazione.archive.papers import Kept
from consultazione.archive.reading import Source

INDEX = "data/IndiceSIP.xml"


def write_index(bag: Bag, source: Source, kept: Sequence[Kept], *, at: str) -> None:
    """Write the index over the documents and their metadata. at: the newest entry's moment."""
    files = "\n".join(_file(bag, one) for one in kept)
    bag.write(
        INDEX,
        f"""<?xml version="1.0" encoding="UTF-8"?>
<PIndex xmlns="http://www.uni.com/U3011/sincro-v2/" version="2.0">
  <SelfDescription>
    <ID>{escape(f"{source.zone}/{source.years}")}</ID>
    <CreatingApplication><Name>consultazione</Name></CreatingApplication>
  </SelfDescription>
  <PVolume>
    <ID>{escape(f"{source.zone}/{source.years}/versamento")}</ID>
    <Label>{escape(f"{source.zone_name}, Piano di zona {source.years}")}</Label>
  </PVolume>
  <FileGroup>
{files}
  </FileGroup>
  <Process>
    <Submitter><AgentName><FormalName>{escape(source.lead_body)}</FormalName></AgentName></Submitter>
    <TimeReference><TimeInfo>{at}</TimeInfo></TimeReference>
  </Process>
</PIndex>
""".encode(),
    )


def _file(bag: Bag, kept: Kept) -> str:
    digest = bag.digests[kept.metadata]
    return f"""    <File encoding="binary" format={quoteattr(kept.media_type)}>
      <ID>{escape(kept.file)}</ID>
      <Path>{escape(kept.file)}</Path>
      <Hash hashFunction="SHA-256">{kept.sha256}</Hash>
      <MoreInfo>
        <ExternalMetadata format="application/xml">
          <ID>{escape(kept.metadata)}</ID>
          <Path>{escape(kept.metadata)}</Path>
          <Hash hashFunction="SHA-256">{digest}</Hash>
        </ExternalMetadata>
      </MoreInfo>
    </File>"""
