"""A signature's report in plain words: what is known, and what could not be judged."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date, format_datetime
from flask_babel import get_locale
from flask_babel import gettext as _

from consultazione.core import clock
from consultazione.core.errors import Sentence
from consultazione.documents.signatures.report import Report


def sentences(report: Report) -> list[str]:
    """The report as sentences, in the reader's language; empty if it was erased."""
    if not report:
        return []
    said = [_covered(report)]
    if "signer" in report:
        said += [_certificate(report), _qualified(report), *_list(report)]
        said += [_chain(report), _time(report)]
        said += [_revocation(report), *_name(report)]
    return [str(one) for one in said]


def _covered(report: Report) -> Sentence:
    if report["covers"] == "file":
        return _("The signed file is this very document, whole, and was not changed afterwards.")
    return _("The signature stands over the digest of this very document.")


def _certificate(report: Report) -> Sentence:
    return _(
        "Signed with the certificate of %(signer)s, issued by %(issuer)s, valid from %(start)s to "
        "%(end)s.",
        signer=report["signer"],
        issuer=report["issuer"],
        start=_day(report["valid_from"]),
        end=_day(report["valid_to"]),
    )


def _qualified(report: Report) -> Sentence:
    if report["qualified"] is None:
        return _(
            "Whether the certificate is qualified (eIDAS) could not be judged: this site has no "
            "trusted list of its country."
        )
    if report["qualified"]:
        return _("The certificate is qualified (eIDAS), by the trusted list of its country.")
    return _("The certificate is not a qualified one.")


def _list(report: Report) -> list[Sentence]:
    issued = report.get("lists_of")
    if not issued:
        return []
    if report.get("list_expired"):
        return [
            _(
                "Take care: this site's copy of that list is of %(day)s, and the next one was due. "
                "What changed since is not known here.",
                day=_day(issued),
            )
        ]
    return [_("The list is of %(day)s.", day=_day(issued))]


def _chain(report: Report) -> Sentence:
    if report["chain"] == "good":
        return _("Its issuer is among those that this site trusts.")
    return _(
        "Whether its issuer can be trusted could not be judged: this site has no trusted lists. "
        "So the name in the certificate is the certificate's own claim."
    )


def _time(report: Report) -> Sentence:
    if stamped := report.get("stamped_at"):
        return _("A trusted time stamp says when it was signed: %(moment)s.", moment=_at(stamped))
    if claimed := report.get("claimed_at"):
        return _(
            "The signer's computer said that it was signed on %(moment)s; no time stamp proves it. "
            "The certificate was valid when the file was handed in.",
            moment=_at(claimed),
        )
    return _("The file does not say when it was signed; the certificate was valid when it came.")


def _revocation(report: Report) -> Sentence:
    if report["revocation"] == "good":
        return _("The certificate was not revoked: the proof is in the file.")
    return _(
        "Whether the certificate was revoked could not be judged: the file has no proof of it."
    )


def _name(report: Report) -> list[Sentence]:
    if report["name_fits"]:
        return []
    return [_("Take care: the name in the certificate is not that of the person who handed it in.")]


def _day(moment: str) -> str:
    return format_date(clock.in_rome(datetime.fromisoformat(moment)), "d MMMM y", get_locale())


def _at(moment: str) -> str:
    return format_datetime(
        clock.in_rome(datetime.fromisoformat(moment)), "d MMMM y, HH:mm", locale=get_locale()
    )
