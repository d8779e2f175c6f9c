"""Who may do what in Valkey: one user for each role, in the words of its access lists.

The default user is switched off. No role may read or change the server's configuration, list
or empty the keys, stop the server, or see what others send. Their passwords are kept as
digests. `docker/valkey-users.acl` says the same for containers. (OWASP ASVS 5.0, 13.2.2.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

OPERATOR = "operator"
# Reading, writing and the scripts of the limits and of RQ; then without all that @dangerous
# (CONFIG, DEBUG, FLUSHALL, KEYS, SHUTDOWN, MONITOR ...) and @admin (ACL, MODULE ...) have.
_COMMANDS = (
    "+@read +@write +@transaction +@connection -@scripting -@dangerous -@admin -scan -randomkey "
    "+publish +subscribe +unsubscribe +eval +evalsha +script|load +script|exists"
)
# The channel of `live.engine.manager`; the keys of presence, of limits on how often, of
# translations, and of RQ.
_CHANNEL = "resetchannels &consultazione"
RULES: Mapping[str, str] = {
    "web": f"~here:* ~applause:* ~LIMITS* ~brake:* ~security ~translation:* {_CHANNEL} {_COMMANDS}",
    "dispatcher": f"~here:* ~applause:* ~rq:* {_CHANNEL} {_COMMANDS} +scan +info",
    "worker": f"~rq:* ~jobs:refused {_CHANNEL} {_COMMANDS} +info",
}
# For whoever starts the server; handed to no role.
_OPERATOR_RULES = "~* &* +@all"


def access_list(passwords: Mapping[str, str]) -> str:
    """The lines of Valkey's file of users, for the passwords of the roles and the operator."""
    rules = {**RULES, OPERATOR: _OPERATOR_RULES}
    lines = [f"user {user} on #{_digest(passwords[user])} {rules[user]}" for user in rules]
    return "\n".join(["user default off resetkeys resetchannels -@all", *lines, ""])


def _digest(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()
