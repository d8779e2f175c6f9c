"""Labels of opinion maps."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.opinions.mapping.matrix import AGREE, DISAGREE, PASS

# In the order of the buttons.
ANSWERS = {AGREE: _("I agree"), DISAGREE: _("I disagree"), PASS: _("I pass")}
# What a group or everybody thinks, by the names of the picture.
STANDS = {"agree": _("agree"), "disagree": _("disagree")}
# Each group has a shape of its own in the drawing, so that no colour has to be told apart.
SHAPES = {"A": "circle", "B": "square", "C": "triangle", "D": "diamond", "E": "cross"}
