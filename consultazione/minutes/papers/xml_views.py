"""Minutes as Akoma Ntoso."""

from __future__ import annotations

from functools import partial

from flask import Response
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.core.threadpool import offload
from consultazione.documents.colophon import file_name, named
from consultazione.documents.paper.akn import MEDIA_TYPE, akn_of
from consultazione.documents.register import registration_of
from consultazione.minutes import pdf
from consultazione.minutes.blueprint import pages
from consultazione.minutes.document import document_of
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.papers.single import paper_of, seal_of
from consultazione.minutes.queries import readable_minutes
from consultazione.web.files.made import inline, public_url
from consultazione.web.request_db import actor, release_snapshot, snapshot
from consultazione.web.security import reads_much


@pages.get("/verbali/<int:minutes_id>.xml")
@reads_much()
def xml(minutes_id: int) -> Response:
    """Minutes as Akoma Ntoso; NotFound until they have their number."""
    minutes = readable_minutes(snapshot(), minutes_id, actor())
    row = registration_of(snapshot(), MINUTES, minutes_id)
    if row is None:
        raise NotFound(_("This document has no number in the register."))
    document = document_of(minutes)
    seal = seal_of(document, digest=minutes.digest, address=pdf.address_of(minutes, public_url()))
    make = partial(akn_of, paper_of(document), seal, named(snapshot(), row))
    name = file_name(row, "xml")
    release_snapshot()
    return inline(offload(make), MEDIA_TYPE, name)
