"""A trusted list of one issuer, as ETSI TS 119 612 shapes it, without its signature."""

from __future__ import annotations

from datetime import datetime

_ISSUES = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
_GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
_LIST = """<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" TSLTag="tag">
<SchemeInformation>
  <TSLVersionIdentifier>6</TSLVersionIdentifier>
  <TSLSequenceNumber>{number}</TSLSequenceNumber>
  <TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType>
  <SchemeTerritory>IT</SchemeTerritory>
  <ListIssueDateTime>2018-01-02T00:00:00Z</ListIssueDateTime>
  <NextUpdate><dateTime>{until}</dateTime></NextUpdate>
</SchemeInformation>
<TrustServiceProviderList><TrustServiceProvider>
  <TSPInformation><TSPName><Name xml:lang="it">Prova</Name></TSPName></TSPInformation>
  <TSPServices><TSPService><ServiceInformation>
    <ServiceTypeIdentifier>{issues}</ServiceTypeIdentifier>
    <ServiceName><Name xml:lang="it">Prova</Name></ServiceName>
    <ServiceDigitalIdentity><DigitalId>
      <X509Certificate>{certificate}</X509Certificate>
    </DigitalId></ServiceDigitalIdentity>
    <ServiceStatus>{granted}</ServiceStatus>
    <StatusStartingTime>2017-01-01T00:00:00Z</StatusStartingTime>
  </ServiceInformation></TSPService></TSPServices>
</TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>
"""


def trusted_list(certificate: str, *, number: int, until: datetime) -> str:
    """A list as XML. certificate: of the issuer, in Base64; until: when the next list is due."""
    return _LIST.format(
        certificate=certificate,
        number=number,
        until=until.isoformat(),
        issues=_ISSUES,
        granted=_GRANTED,
    )
