"""REST: the digest of a long discussion."""

from __future__ import annotations

from flask.views import MethodView
from flask_babel import gettext as _

from consultazione.comments.blueprint import rest
from consultazione.comments.digests.queries import Digest, digest_of
from consultazione.comments.digests.schemas import DigestOut
from consultazione.core.errors import NotFound
from consultazione.proposals.queries import get_proposal
from consultazione.web.request_db import snapshot


@rest.route("/proposals/<int:proposal_id>/digest")
class DiscussionDigestResource(MethodView):
    """The digest of the comments on a proposal."""

    @rest.response(200, DigestOut)
    @rest.alt_response(404, description="There is no such proposal, or too few comments.")
    def get(self, proposal_id: int) -> Digest:
        """Sentences that stand for each position, chosen by a program from 15 comments on."""
        found = digest_of(snapshot(), get_proposal(snapshot(), proposal_id).id)
        if found is None:
            raise NotFound(_("A digest is made of long discussions only."))
        return found
