"""Whom a site trusts: roots (PEM) and EU trusted lists (XML, ETSI TS 119 612), as files.

In the folder lie `*.pem` or `*.crt` (any number of certificates each) and `XX.xml`, the list of
the country XX, whose own signature was checked when it was fetched
(`documents/signatures/trusted_lists.py`). A folder `zone/<slug>/` has roots that count in that zone
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.sign.validation.qualified.assess import QualificationAssessor
from pyhanko.sign.validation.qualified.eutl_parse import trust_list_to_registry_unsafe
from pyhanko.sign.validation.qualified.tsp import TSPRegistry, TSPTrustManager
from pyhanko_certvalidator.authority import Authority, TrustAnchor
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleTrustManager, TrustManager

from consultazione.documents.validation.list_scheme import Scheme, scheme_of
from consultazione.documents.validation.told import Told

# Trusted lists name some countries as the Union does, certificates as ISO 3166-1.
_TERRITORIES = {"GR": "EL", "GB": "UK"}


@dataclass
class Trust(TrustManager):
    """The roots and the list that a certificate is judged by.

    listed: what the list of its issuer's country says of itself; None if there is none. is_empty:
    True if nothing at all is trusted, so that no chain can be judged.
    """

    roots: SimpleTrustManager
    registry: TSPRegistry | None
    listed: Scheme | None
    is_empty: bool

    def as_trust_anchor(self, authority: Authority) -> TrustAnchor | None:
        """The authority as a trust anchor, if it is one."""
        for manager in self._managers():
            if (anchor := manager.as_trust_anchor(authority)) is not None:
                return anchor
        return None

    def find_potential_issuers(self, cert: x509.Certificate) -> Iterator[TrustAnchor]:
        """Anchors that may have issued a certificate."""
        for manager in self._managers():
            yield from manager.find_potential_issuers(cert)

    def qualified(self, path: ValidationPath | None, moment: datetime) -> bool | None:
        """Whether a certificate is qualified (eIDAS); None if no list says."""
        if self.registry is None or path is None:
            return None
        assessor = QualificationAssessor(self.registry)
        return bool(assessor.check_entity_cert_qualified(path, moment).status.qualified)

    def _managers(self) -> list[TrustManager]:
        listed = [TSPTrustManager(self.registry)] if self.registry else []
        return [self.roots, *listed]


def trust_for(signer: x509.Certificate, told: Told) -> Trust:
    """Whom a signer's certificate is judged by; one list is read, that of its issuer's country."""
    folder = Path(told.trust) if told.trust else None
    roots = list(_roots(folder, told.zone)) if folder else []
    country = str(signer.issuer.native.get("country_name", "")).upper()
    content = _list_of(folder, country) if folder and country.isalpha() else ""
    return Trust(
        roots=SimpleTrustManager.build(trust_roots=roots),
        registry=_registry(content) if content else None,
        listed=scheme_of(content) if content else None,
        is_empty=not roots and not (folder and any(folder.glob("*.xml"))),
    )


def _list_of(folder: Path, country: str) -> str:
    """The trusted list of a country, empty if there is none."""
    path = folder / f"{_TERRITORIES.get(country, country)}.xml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _roots(folder: Path, zone: str) -> Iterator[x509.Certificate]:
    own = [folder / "zone" / zone] if zone else []
    for place in (folder, *own):
        for path in sorted([*place.glob("*.pem"), *place.glob("*.crt")]):
            content = path.read_bytes()
            if not pem.detect(content):
                yield x509.Certificate.load(content)
                continue
            for _kind, _headers, der in pem.unarmor(content, multiple=True):
                yield x509.Certificate.load(der)


def _registry(content: str) -> TSPRegistry:
    registry, _errors = trust_list_to_registry_unsafe(content)
    return registry
