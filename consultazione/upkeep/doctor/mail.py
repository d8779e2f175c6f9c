"""Mail: the server answers, and mails go out. Nothing is sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from datetime import timedelta

from consultazione.mail_server import MailServer
from consultazione.upkeep.doctor.case import Case, Finding, advice

_SECONDS = 5.0
_LATE = timedelta(minutes=30)


def mail_server_answers(case: Case) -> Iterator[Finding]:
    """The server of SMTP_URL lets us in; without one, whether anybody misses mails."""
    server = case.settings.mail_server
    if server is None:
        if not case.settings.is_local and case.is_ours:
            yield advice(
                "There is no mail server: nobody is told anything, and no password is reset.",
                "Set SMTP_URL and MAIL_FROM (docs/mail.md).",
            )
        return
    why = refusal(server)
    if why:
        yield Finding(
            f"The mail server {server.host}:{server.port} does not take mail ({why}).",
            "Correct SMTP_URL, or let this machine reach the server; mails wait meanwhile.",
        )


def mails_go_out(case: Case) -> Iterator[Finding]:
    """No mail has been owed for long, and few were given up."""
    owed = case.row(
        "SELECT count(*) AS count FROM mail WHERE state = 'owed' AND owed_at < :since",
        since=case.now - _LATE,
    )["count"]
    if owed:
        yield Finding(
            f"{owed} mails have been waiting for more than half an hour.",
            "Start 'consultazione worker', and see /amministrazione/posta for what failed.",
        )
    failed = case.row(
        "SELECT count(*) AS count FROM mail WHERE state = 'failed' AND settled_at > :since",
        since=case.now - timedelta(days=1),
    )["count"]
    if failed:
        yield advice(
            f"{failed} mails of the last day were not delivered.",
            "See /amministrazione/posta: addresses may be wrong.",
        )


def refusal(server: MailServer) -> str:
    """Why a server would take no mail of ours; empty if it would."""
    context = ssl.create_default_context()
    try:
        if server.tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_SECONDS, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        with smtp:
            return _refusal_of(smtp, server, context)
    except (OSError, smtplib.SMTPException) as error:
        return str(getattr(error, "strerror", None) or type(error).__name__)


def _refusal_of(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> str:
    smtp.ehlo()
    if not server.tls and not server.is_here:
        if not smtp.has_extn("starttls"):
            return "it offers no encryption"
        smtp.starttls(context=context)
    if server.user is not None and server.password is not None:
        smtp.login(server.user, server.password)
    code, _said = smtp.noop()
    return "" if code < 400 else f"code {code}"
