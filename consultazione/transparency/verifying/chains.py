"""Which streams do not hold: looked for in a sweep, named by looking at them one by one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.log import Stream
from consultazione.core.log.verify import Fault, verify_stream
from consultazione.transparency.verifying.sweep import Swept


def chain_faults(session: Session, swept: Swept) -> Iterator[Fault]:
    """What is wrong with the streams: each named by `verify_stream`."""
    for name in sorted(swept.suspects | _wrong_heads(session, swept)):
        faults = verify_stream(session, name)
        yield from faults or [Fault(name, 0, "does not read as it was written")]


def _wrong_heads(session: Session, swept: Swept) -> set[str]:
    heads = session.execute(select(Stream.name, Stream.number, Stream.digest))
    said = {name: (number, digest) for name, number, digest in heads}
    found = {name: (span.last, span.digest) for name, span in swept.spans.items()}
    return {name for name in said.keys() | found.keys() if said.get(name) != found.get(name)}
