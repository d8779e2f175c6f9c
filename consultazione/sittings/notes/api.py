"""REST: what is written down in a sitting; the same commands as over Socket.IO."""

from __future__ import annotations

from consultazione.sittings import commands
from consultazione.sittings.notes.schemas import (
    NoteSchema,
    PhraseSchema,
    StatementSchema,
    UndertakingSchema,
)
from consultazione.sittings.papers.schemas import PaperSchema
from consultazione.sittings.questions.api import make
from consultazione.sittings.questions.schemas import ReasonSchema
from consultazione.sittings.roll.api import blueprint
from consultazione.sittings.room_api import act_on
from consultazione.sittings.speakers.api import put

_SITTING, _POINT = "/sittings/<int:sitting_id>", "/points/<int:point_id>"
_STATEMENT, _COMMITMENT = "/statements/<int:statement_id>", "/commitments/<int:commitment_id>"

put(f"{_POINT}/note", commands.write_running_note, NoteSchema, "Write the note of a point.")
put(f"{_POINT}/materials", commands.attach_material, PaperSchema, "Put a material there.")
act_on(
    f"{_POINT}/materials/<int:material_id>/detach",
    commands.detach_material,
    "Take a material away from a point.",
)
put(f"{_SITTING}/phrases", commands.add_phrase, PhraseSchema, "Add a phrase to the table's.")
act_on("/phrases/<int:phrase_id>/remove", commands.remove_phrase, "Take a phrase away.")

make(f"{_SITTING}/statements", commands.make_statement, StatementSchema, "Have it recorded.")
act_on(f"{_STATEMENT}/withdraw", commands.withdraw_statement, "Withdraw one's statement.")
act_on(f"{_STATEMENT}/show", commands.show_statement, "Let the words stand after all.")
put(f"{_STATEMENT}/hidden", commands.hide_statement, ReasonSchema, "Leave the words out.")

make(f"{_SITTING}/commitments", commands.make_commitment, UndertakingSchema, "Take it down.")
put(_COMMITMENT, commands.revise_commitment, UndertakingSchema, "Put a commitment down anew.")
act_on(f"{_COMMITMENT}/cancel", commands.cancel_commitment, "Strike a commitment out.")
act_on(f"{_COMMITMENT}/complete", commands.complete_commitment, "Say that it is done.")

__all__ = ["blueprint"]
