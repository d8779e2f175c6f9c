"""REST: running notes, phrases, statements and commitments."""

from __future__ import annotations

from typing import TypedDict

from flask.views import MethodView

from consultazione.sittings.blueprint import rest
from consultazione.sittings.record.commands.commitments import (
    cancel_commitment,
    complete_commitment,
    make_commitment,
    revise_commitment,
)
from consultazione.sittings.record.commands.notes import (
    add_phrase,
    remove_phrase,
    write_running_note,
)
from consultazione.sittings.record.commands.statements import (
    hide_statement,
    make_statement,
    show_statement,
    withdraw_statement,
)
from consultazione.sittings.record.commands.zone_phrases import (
    add_zone_phrase,
    change_zone_phrase,
    retire_zone_phrase,
)
from consultazione.sittings.record.models import ZonePhrase
from consultazione.sittings.record.queries import zone_phrases
from consultazione.sittings.record.schemas import (
    ChangedPhraseSchema,
    NoteSchema,
    PhraseSchema,
    StatementSchema,
    UndertakingSchema,
    ZonePhraseOut,
)
from consultazione.sittings.rest import offer_create, offer_post, offer_put, writes
from consultazione.sittings.schemas import ReasonSchema
from consultazione.web.current_zone import current_zone
from consultazione.web.request_db import snapshot, transaction

_SITTING, _POINT = "/sittings/<int:sitting_id>", "/points/<int:point_id>"
_ZONE_PHRASE = "/zone-phrases/<int:zone_phrase_id>"
_STATEMENT, _COMMITMENT = "/statements/<int:statement_id>", "/commitments/<int:commitment_id>"

offer_put(f"{_POINT}/note", write_running_note, NoteSchema, "Write the note of a point.")
offer_put(f"{_SITTING}/phrases", add_phrase, PhraseSchema, "Add a phrase to the table's.")
offer_post("/phrases/<int:phrase_id>/remove", remove_phrase, "Take a phrase away.")

offer_put(_ZONE_PHRASE, change_zone_phrase, ChangedPhraseSchema, "Put it in other words.")
offer_post(f"{_ZONE_PHRASE}/retire", retire_zone_phrase, "Offer it no more.")

offer_create(f"{_SITTING}/statements", make_statement, StatementSchema, "Have it recorded.")
offer_post(f"{_STATEMENT}/withdraw", withdraw_statement, "Withdraw one's statement.")
offer_post(f"{_STATEMENT}/show", show_statement, "Let the words stand after all.")
offer_put(f"{_STATEMENT}/hidden", hide_statement, ReasonSchema, "Leave the words out.")

offer_create(f"{_SITTING}/commitments", make_commitment, UndertakingSchema, "Take it down.")
offer_put(_COMMITMENT, revise_commitment, UndertakingSchema, "Put a commitment down anew.")
offer_post(f"{_COMMITMENT}/cancel", cancel_commitment, "Strike a commitment out.")
offer_post(f"{_COMMITMENT}/complete", complete_commitment, "Say that it is done.")


class _Given(TypedDict):
    """What `PhraseSchema` reads."""

    body: str


@rest.route("/zone-phrases")
class ZonePhrases(MethodView):
    """The stock phrases that a zone keeps for its minutes."""

    @rest.response(200, ZonePhraseOut(many=True))
    @rest.takes_place
    def get(self) -> list[ZonePhrase]:
        """Every phrase of the zone that is offered, by id."""
        return zone_phrases(snapshot(), current_zone().id)

    @writes(ZonePhraseOut, refusals={403: "Not for this person."}, body=PhraseSchema)
    @rest.takes_place
    def post(self, values: _Given) -> ZonePhrase:
        """Add a phrase to those of the zone."""
        zone_id = current_zone().id
        with transaction() as tx:
            return add_zone_phrase(tx, zone_id=zone_id, **values)
