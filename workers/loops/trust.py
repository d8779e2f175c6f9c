"""Renews the EU trusted lists once a day, in a thread of its own: a network may be slow."""

from __future__ import annotations

import threading

import structlog

from consultazione.config import Settings
from consultazione.core import clock
from consultazione.documents.signatures.trusted_lists import Fetch, fetched, refresh

_EVERY = 3600.0
_DAY = 86_400.0
_log = structlog.get_logger()


class TrustLists:
    """The lists of the configured countries; nothing to do without TRUST_DIR and TRUST_LISTS.

    Idempotent: whoever leads next finds the lists' own dates, and fetches what is a day old.
    """

    def __init__(self, settings: Settings | None, fetch: Fetch | None = None) -> None:
        self._settings = settings
        self._fetch = fetch or fetched
        self._running: threading.Thread | None = None

    def every(self) -> float:
        """An hour."""
        return _EVERY

    def turn(self) -> None:
        """Begin a renewal, if one is due and none goes on."""
        if self._is_due() and (self._running is None or not self._running.is_alive()):
            self._running = threading.Thread(target=self.renew, daemon=True)
            self._running.start()

    def renew(self) -> dict[str, str]:
        """Fetch the lists, and return what became of each; nothing if there was no list of lists.

        What fails stays as it was, and is said in the log of the process.
        """
        settings = self._settings
        if settings is None or settings.trust_dir is None or settings.trust_lists is None:
            return {}
        try:
            became = refresh(
                settings.trust_dir, settings.trust_lists, settings.trust_countries, self._fetch
            )
        except Exception as error:
            _log.warning("the trusted lists were not renewed", reason=type(error).__name__)
            return {}
        _log.info("trusted lists", **became)
        return became

    def _is_due(self) -> bool:
        settings = self._settings
        if settings is None or settings.trust_dir is None or settings.trust_lists is None:
            return False
        paths = [settings.trust_dir / f"{code}.xml" for code in settings.trust_countries]
        limit = clock.now().timestamp() - _DAY
        return any(not path.exists() or path.stat().st_mtime < limit for path in paths)
