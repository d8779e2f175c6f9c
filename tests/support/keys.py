"""The directory in which the tests of this process keep the keys of texts."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from consultazione.core.text_keys import TextKeys

SECRETS = Path(tempfile.mkdtemp(prefix="secrets-"))
atexit.register(shutil.rmtree, SECRETS, ignore_errors=True)


def text_keys() -> TextKeys:
    """The keys of one database, whichever is worked with first."""
    return TextKeys(SECRETS)
