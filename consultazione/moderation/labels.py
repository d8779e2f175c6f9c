"""What pages call kinds of text, actions and outcomes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.moderation.models import Action, Outcome, Signal, TextKind
from consultazione.tables.holding.models import HeldKind, HeldState

TEXT_NAMES = {
    TextKind.PROPOSAL: _("Proposal"),
    TextKind.COMMENT: _("Comment"),
    TextKind.QUESTION: _("Written question"),
    TextKind.STATEMENT: _("Statement"),
    TextKind.CHAT_MESSAGE: _("Message of a chat"),
}
SIGNAL_NAMES = {
    Signal.LINKS: _("Many links"),
    Signal.FLOOD: _("Many texts in a short time"),
    Signal.COPY: _("Almost the same as another text of the author"),
    Signal.WORDS: _("A word that the zone looks at"),
}
HELD_NAMES = {HeldKind.PROPOSAL: _("Proposal"), HeldKind.COMMENT: _("Comment")}
HELD_STATES = {
    HeldState.WAITING: _("Waits to be read"),
    HeldState.RELEASED: _("Published"),
    HeldState.TURNED_DOWN: _("Not published"),
}
HELD_TONES = {
    HeldState.WAITING: "warning",
    HeldState.RELEASED: "success",
    HeldState.TURNED_DOWN: "danger",
}
ACTION_NAMES = {
    Action.LEAVE: _("Leave it as it is"),
    Action.ASK_CHANGE: _("Ask the author to change it"),
    Action.HIDE: _("Hide it"),
    Action.ERASE: _("Erase it for good"),
}
DONE_NAMES = {
    Action.LEAVE: _("Left as it is"),
    Action.ASK_CHANGE: _("Author asked to change it"),
    Action.HIDE: _("Hidden"),
    Action.ERASE: _("Erased for good"),
}
DONE_TONES = {
    Action.LEAVE: "neutral",
    Action.ASK_CHANGE: "warning",
    Action.HIDE: "danger",
    Action.ERASE: "danger",
}
OUTCOME_NAMES = {
    Outcome.UPHELD: _("The ruling stays"),
    Outcome.OVERTURNED: _("The ruling is cancelled"),
}
