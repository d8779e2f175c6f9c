"""The levels of assurance of SPID and CIE, as the gateway says them, and what they mean here.

`acr` has the addresses of the SPID rules (Regole tecniche SPID OIDC, AgID); CIE uses the same.
SPID's levels are low, substantial and high of Regulation (EU) 910/2014, art. 8 (Commission
notices 2018/C 318/02 and 2019/C 309/09). Of the levels by which tables say who votes
(`tables.rules.Assurance`), the lowest of SPID is as sure as an address that answers; from the
second on somebody has seen a document, and that is IDENTIFIED.
"""

from __future__ import annotations

from collections.abc import Mapping

_ACR: Mapping[str, int] = {f"https://www.spid.gov.it/SpidL{level}": level for level in (1, 2, 3)}
# What the gateway is asked for: two factors.
ASKED = "https://www.spid.gov.it/SpidL2"
# From this level on SPID and CIE ask for two factors.
TWO_FACTORS = 2
_ASSURANCE: Mapping[int, int] = {1: 1, 2: 2, 3: 2}


def level_of(acr: object) -> int | None:
    """The level of SPID that an `acr` says, 1 to 3; None if it is none of these."""
    return _ACR.get(acr) if isinstance(acr, str) else None


def assurance_of(level: int) -> int:
    """How sure it is who somebody is, 0 to 2, by the level of SPID."""
    return _ASSURANCE[level]
