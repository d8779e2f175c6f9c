"""Labels and colours for the positions of comments."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.comments.models import Position
from consultazione.comments.queries import Order

POSITIONS = {
    Position.IN_FAVOUR: _("In favour"),
    Position.AGAINST: _("Against"),
    Position.NEUTRAL: _("Remark"),
}

ORDERS = {
    Order.MIXED: _("Mixed, differently every day"),
    Order.NEWEST: _("The newest first"),
    Order.OLDEST: _("The oldest first"),
}

TONES = {
    Position.IN_FAVOUR: "success",
    Position.AGAINST: "danger",
    Position.NEUTRAL: "neutral",
}
