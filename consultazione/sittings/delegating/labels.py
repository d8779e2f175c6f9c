"""Words for proxies."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.sittings.proxies.models import ProxyEnd

ENDS: Mapping[ProxyEnd, Sentence] = {
    ProxyEnd.WITHDRAWN: _("withdrawn"),
    ProxyEnd.CAME: _("ended: who gave it, or somebody for their organisation, came in"),
}
