"""The sentences of the room, which its scripts fill in; {names} stand for what they fill."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from consultazione.people.labels import CATEGORY_NAMES
from consultazione.sittings.labels import CHOICES, GROUNDS, TALLIES
from consultazione.sittings.polls import KINDS

CHRONICLE = {
    "somebody": _("somebody"),
    "convened": _("The sitting has been convened."),
    "point_added": _("On the agenda: {rank}. {title}"),
    "opened": _("The sitting is open. {name} presides."),
    "closed": _("The sitting is closed."),
    "point_started": _("Under discussion now: {rank}. {title}"),
    "point_closed": _("The discussion is over: {rank}. {title}"),
    "hand_raised": _("{name} asks for the floor."),
    "hand_withdrawn": _("{name} no longer asks for the floor."),
    "floor_given": _("{name} has the floor."),
    "floor_ended": _("{name} has finished speaking."),
    "poll_opened": _("A poll is open: {question}"),
    "carried": _("Carried: {grounds} {counts}; entitled to vote: {electorate}."),
    "not_carried": _("Not carried: {grounds} {counts}; entitled to vote: {electorate}."),
}
CONNECTION = {
    "connected": _("You are connected."),
    "disconnected": _("The connection is interrupted. It comes back by itself."),
    "missed": _("You are up to date again. New since then: {count}."),
    "not_sent": _("Not sent: waiting for the connection."),
}
PANELS = {
    "sitting_title": _("The sitting"),
    "is_convened": _("The sitting has not begun yet."),
    "is_open": _("The sitting is open. {name} presides."),
    "is_closed": _("The sitting is closed."),
    "open_sitting": _("Open the sitting"),
    "open_sitting_ask": _("Open the sitting and preside over it?"),
    "close_sitting": _("Close the sitting"),
    "close_sitting_ask": _("Close the sitting? It cannot be opened again."),
    "leave": _("Leave the sitting"),
    "only_watching": _("You are watching as a visitor. To speak and to vote you need an account."),
    "sign_in": _("Sign in"),
    "minutes_follow": _("The minutes are written from what has happened here."),
    "minutes_link": _("Go to the minutes"),
    "minutes_news": _("The minutes are there."),
    "step": _("Step {step} of {of}: {label}"),
    "minutes_working": _("How far the minutes have come"),
    "now_title": _("Now"),
    "go_to_poll": _("Go to the poll that is open"),
    "show_all": _("Show the whole chronicle ({count})"),
    "no_point": _("No point of the agenda is under discussion."),
    "nobody_speaks": _("Nobody has the floor."),
    "speaks": _("{name} has the floor since {time}."),
    "end_floor": _("End the floor"),
    "end_my_floor": _("I have finished"),
    "hands_title": _("Asking for the floor"),
    "no_hands": _("Nobody is asking for the floor."),
    "raise_hand": _("Ask for the floor"),
    "withdraw_hand": _("Withdraw the request"),
    "give_floor": _("Give the floor"),
    "poll_title": _("Poll"),
    "turnout": _("{cast} of {electorate} have voted"),
    "vote_now": _("Choose an answer. It can be changed while the poll is open."),
    "voted": _("Vote recorded: {choice}. It can be changed while the poll is open."),
    "no_vote": _("Those who are present with an account can vote."),
    "is_carried": _("Carried."),
    "is_not_carried": _("Not carried."),
    "electorate": _("Entitled to vote: {electorate}."),
    "close_poll": _("Close the poll"),
    "close_poll_ask": _("Close the poll and count the votes?"),
    "earlier_polls": _("Earlier polls: {count}"),
    "agenda_title": _("Agenda"),
    "no_agenda": _("The agenda is empty."),
    "point_current": _("under discussion"),
    "point_done": _("done"),
    "minutes_planned": _("{minutes} minutes"),
    "start_point": _("Start"),
    "close_point": _("Finish"),
    "present_title": _("Present"),
    "present_names": _("By name"),
    "nobody_present": _("Nobody has come in yet."),
}


def room_words() -> dict[str, Any]:
    """Sentences, and the names of closed lists, in the reader's language and ready for JSON."""
    sentences = CHRONICLE | CONNECTION | PANELS
    return {
        "sentences": {name: str(sentence) for name, sentence in sentences.items()},
        "categories": {code.value: str(name) for code, name in CATEGORY_NAMES.items()},
        "grounds": {word: str(sentence) for word, sentence in GROUNDS.items()},
        "tallies": {choice: str(name) for choice, name in TALLIES.items()},
        "choices": {
            name: [[choice, str(CHOICES[choice])] for choice in kind.choices]
            for name, kind in KINDS.items()
        },
    }
