"""Labels for what somebody has answered who was invited to sign a proposal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.proposals.cosigners.models import CosignerState

STATES = {
    CosignerState.INVITED: _("Has not answered yet"),
    CosignerState.SIGNED: _("Has signed"),
    CosignerState.DECLINED: _("Does not sign"),
    CosignerState.WITHDRAWN: _("Has taken the signature back"),
}
TONES = {
    CosignerState.INVITED: "info",
    CosignerState.SIGNED: "success",
    CosignerState.DECLINED: "neutral",
    CosignerState.WITHDRAWN: "neutral",
}
