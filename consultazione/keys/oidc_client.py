"""How this site is known at the gateway of SPID and CIE: OIDC_DISCOVERY_URL and its credentials."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from consultazione.bad_setting import BadSetting

_NAMES = ("OIDC_DISCOVERY_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


@dataclass(frozen=True)
class OidcClient:
    """The address at which the gateway describes itself, and as whom this site asks it."""

    discovery_url: str
    client_id: str
    client_secret: str = field(repr=False)


def read_oidc_client(env: Mapping[str, str]) -> OidcClient | None:
    """The three settings; None if there is no gateway. BadSetting if they are not all there.

    Its address is https, but on this machine, where a trial may speak http.
    """
    url, name, secret = (env.get(setting) for setting in _NAMES)
    if not (url and name and secret):
        if url or name or secret:
            raise BadSetting(f"{', '.join(_NAMES)}: set all three for SPID and CIE, or none.")
        return None
    address = urlsplit(url)
    if address.scheme != "https" and not (address.scheme == "http" and _is_here(address.hostname)):
        raise BadSetting(
            f"OIDC_DISCOVERY_URL={url!r}: write the gateway's https:// address that ends with"
            " /.well-known/openid-configuration"
        )
    return OidcClient(url, name, secret)


def _is_here(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
