"""What people may do with accounts, keys, organisations, mandates, roles and dead jobs."""

from __future__ import annotations

from consultazione.people.commands.accounts import (
    change_password,
    confirm_identity,
    register,
    sign_in,
    sign_out,
    sign_out_elsewhere,
    start_sign_in,
)
from consultazione.people.commands.jobs import revive_job
from consultazione.people.commands.mandates import end_mandate, give_mandate
from consultazione.people.commands.organisations import register_organisation
from consultazione.people.commands.roles import GIVEN_ROLES, give_role, take_role_back
from consultazione.people.commands.tokens import create_token, delete_token

__all__ = [
    "GIVEN_ROLES",
    "change_password",
    "confirm_identity",
    "create_token",
    "delete_token",
    "end_mandate",
    "give_mandate",
    "give_role",
    "register",
    "register_organisation",
    "revive_job",
    "sign_in",
    "sign_out",
    "sign_out_elsewhere",
    "start_sign_in",
    "take_role_back",
]
