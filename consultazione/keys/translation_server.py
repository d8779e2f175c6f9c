"""The service that translates texts, as TRANSLATION_URL names it; none unless it is set."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from consultazione.bad_setting import BadSetting

_NAMES = ("TRANSLATION_URL", "TRANSLATION_API_KEY")


@dataclass(frozen=True)
class TranslationServer:
    """Where a service speaks the protocol of LibreTranslate, and the key that it asks for."""

    url: str
    api_key: str | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        """The name of its machine, as pages say who translates."""
        return urlsplit(self.url).hostname or ""


def read_translation_server(env: Mapping[str, str]) -> TranslationServer | None:
    """The two settings; None if there is no service.

    BadSetting for an address that is no `https://host`; `http` is taken in one's own network: an
    address of it, or a name without a dot, as containers have.
    """
    url, key = (env.get(name) or None for name in _NAMES)
    if url is None:
        if key is not None:
            raise BadSetting("TRANSLATION_API_KEY is set, but not TRANSLATION_URL.")
        return None
    address = urlsplit(url)
    is_whole = bool(address.hostname) and not (
        address.username or address.password or address.query or address.fragment
    )
    if not is_whole or not _is_private_enough(address):
        raise BadSetting(
            "TRANSLATION_URL: write https://host, or http://host in a network of your own,"
            " without a name and password."
        )
    return TranslationServer(url.rstrip("/"), key)


def _is_private_enough(address: SplitResult) -> bool:
    if address.scheme == "https":
        return True
    host = address.hostname or ""
    try:
        return address.scheme == "http" and ipaddress.ip_address(host).is_private
    except ValueError:
        return address.scheme == "http" and "." not in host
