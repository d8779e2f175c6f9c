"""REST: running notes, phrases, statements and commitments."""

from __future__ import annotations

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
from consultazione.sittings.record.schemas import (
    NoteSchema,
    PhraseSchema,
    StatementSchema,
    UndertakingSchema,
)
from consultazione.sittings.rest import offer_create, offer_post, offer_put
from consultazione.sittings.schemas import ReasonSchema

_SITTING, _POINT = "/sittings/<int:sitting_id>", "/points/<int:point_id>"
_STATEMENT, _COMMITMENT = "/statements/<int:statement_id>", "/commitments/<int:commitment_id>"

offer_put(f"{_POINT}/note", write_running_note, NoteSchema, "Write the note of a point.")
offer_put(f"{_SITTING}/phrases", add_phrase, PhraseSchema, "Add a phrase to the table's.")
offer_post("/phrases/<int:phrase_id>/remove", remove_phrase, "Take a phrase away.")

offer_create(f"{_SITTING}/statements", make_statement, StatementSchema, "Have it recorded.")
offer_post(f"{_STATEMENT}/withdraw", withdraw_statement, "Withdraw one's statement.")
offer_post(f"{_STATEMENT}/show", show_statement, "Let the words stand after all.")
offer_put(f"{_STATEMENT}/hidden", hide_statement, ReasonSchema, "Leave the words out.")

offer_create(f"{_SITTING}/commitments", make_commitment, UndertakingSchema, "Take it down.")
offer_put(_COMMITMENT, revise_commitment, UndertakingSchema, "Put a commitment down anew.")
offer_post(f"{_COMMITMENT}/cancel", cancel_commitment, "Strike a commitment out.")
offer_post(f"{_COMMITMENT}/complete", complete_commitment, "Say that it is done.")
