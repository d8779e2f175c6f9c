"""What is said of the archive's steps while it is made."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

STEPS = {
    "entries": _("entries of the log"),
    "pages": _("pages and documents"),
    "data": _("data"),
    "pack": _("packing"),
    "done": _("done"),
}
