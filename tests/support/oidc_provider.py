"""A real OpenID provider as a process of its own, which says of people what a test wants.

`oidc-provider-mock` stands on Authlib's server side. Claims of a person stand in their id_token
as they were given, so a test can have it lie about its time, its audience or its nonce.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.support.stack import free_port
from tests.support.waiting import wait_until

CLIENT = {"OIDC_CLIENT_ID": "consultazione", "OIDC_CLIENT_SECRET": "a secret of the tests"}
SPID = "https://www.spid.gov.it/SpidL"


class Provider:
    """The provider at an address."""

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which the product knows it."""
        return {"OIDC_DISCOVERY_URL": f"{self.url}/.well-known/openid-configuration", **CLIENT}

    def knows(self, sub: str, level: int = 2, **claims: object) -> None:
        """Let there be a person, whom it lets in at a level of SPID."""
        told = {"acr": f"{SPID}{level}"} | claims
        requests.put(f"{self.url}/users/{sub}", json=told, timeout=10).raise_for_status()

    def lets_in(self, address: str, sub: str) -> str:
        """Where a browser is led back to, which came to an address and is a person's."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.is_redirect, answer.text
        return str(answer.headers["Location"])

    def denies(self, address: str) -> str:
        """Where a browser is led back to whose person said no."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
        assert answer.is_redirect, answer.text
        return str(answer.headers["Location"])


@contextmanager
def running_provider(log: Path) -> Iterator[Provider]:
    """A provider on a port of its own; what it says goes to a file."""
    port = free_port()
    words = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT)
        provider = Provider(f"http://localhost:{port}")
        try:
            wait_until(lambda: _answers(provider), within=30, what="the provider")
            yield provider
        finally:
            process.terminate()
            process.wait(10)


def _answers(provider: Provider) -> bool:
    try:
        return requests.get(provider.settings["OIDC_DISCOVERY_URL"], timeout=2).ok
    except requests.ConnectionError:
        return False
