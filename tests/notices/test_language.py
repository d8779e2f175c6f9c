"""A worker, which has no site, says everything in the language of whoever reads the mail."""

from __future__ import annotations

import subprocess
import sys

_SAYS = """
from consultazione.core.actor import Role
from consultazione.core.permissions import ROLE_NAMES
from consultazione.italian import speaking
for language in ("it", "en"):
    with speaking(language):
        print(ROLE_NAMES[Role.ADMINISTRATOR])
"""


def test_a_role_has_its_name_in_the_language_of_the_mail() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _SAYS], capture_output=True, text=True, check=True
    ).stdout
    assert said.split("\n")[:2] == ["amministratore della zona", "administrator of the zone"]
