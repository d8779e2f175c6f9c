"""REST: hands, the floor and the list of speakers."""

from __future__ import annotations

from consultazione.sittings.floor.commands.floor import end_floor, give_floor, withdraw_hand
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.floor.commands.speakers import (
    choose_order,
    extend_floor,
    limit_time,
    move_hand,
    set_speaking_quotas,
)
from consultazione.sittings.floor.schemas import (
    ExtensionSchema,
    HandSchema,
    LimitSchema,
    OrderSchema,
    QuotasSchema,
)
from consultazione.sittings.rest import offer_post, offer_put
from consultazione.sittings.schemas import PlaceSchema

_SITTING, _HAND = "/sittings/<int:sitting_id>", "/hands/<int:hand_id>"

offer_post(f"{_SITTING}/hands", raise_hand, "Ask for the floor.")
offer_put(f"{_SITTING}/hand", raise_hand, HandSchema, "Ask for the floor.")
offer_post(f"{_HAND}/withdraw", withdraw_hand, "No longer ask for the floor.")
offer_post(f"{_HAND}/give-floor", give_floor, "Give the floor.")
offer_post(f"{_HAND}/end-floor", end_floor, "End the floor.")
offer_put(f"{_HAND}/time", extend_floor, ExtensionSchema, "Give more time.")
offer_put(f"{_HAND}/place", move_hand, PlaceSchema, "Put a hand before another.")
offer_put(
    f"{_SITTING}/speaking-order", choose_order, OrderSchema, "Choose how hands are put in order."
)
offer_put(f"{_SITTING}/speaking-time", limit_time, LimitSchema, "Say how long each may speak.")
offer_put(
    f"{_SITTING}/speaking-quotas",
    set_speaking_quotas,
    QuotasSchema,
    "Say how long each category may speak in all.",
)
