"""The kinds of the security log, named for the administrator."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

KIND_NAMES = {
    "sign_in.done": _("Signed in"),
    "sign_in.failed": _("Wrong address or password"),
    "sign_in.delayed": _("Too many passwords: not looked at"),
    "proof.failed": _("Wrong password when asked again"),
    "proof.delayed": _("Too many passwords when asked again: not looked at"),
    "sign_in.not_counted": _("Passwords could not be counted: not looked at"),
    "token.refused": _("A key that does not count"),
    "token.used": _("A key in use"),
    "request.forbidden": _("Not allowed"),
    "request.too_many": _("Too many requests"),
    "request.forged": _("A form without its mark"),
    "file.infected": _("An infected file"),
    "person.registered": _("An account was opened"),
    "person.password_changed": _("A password was changed"),
    "person.blocked": _("An account was blocked"),
    "person.unblocked": _("An account was unblocked"),
    "password_link.created": _("A link for a forgotten password was made"),
    "password_link.confirmed": _("A link for a forgotten password was confirmed"),
    "password_link.withdrawn": _("A link for a forgotten password was withdrawn"),
    "password_link.used": _("A forgotten password was replaced"),
    "passkey.added": _("A passkey was added"),
    "passkey.removed": _("A passkey was removed"),
    "token.created": _("A key was made"),
    "token.deleted": _("A key was withdrawn"),
    "role.given": _("A role was given"),
    "role.taken_back": _("A role was taken back"),
    "mandate.given": _("A mandate was given"),
    "mandate.proposed": _("A mandate was proposed"),
    "mandate.confirmed": _("A mandate was confirmed"),
    "mandate.turned_down": _("A mandate was turned down"),
    "mandate.ended": _("A mandate was ended"),
    "job.revived": _("A job was tried again"),
}
