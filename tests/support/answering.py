"""Mails as people answer them, and the reports of servers that could not deliver one."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

REPLIES = "risposte@partecipa.example"


def plain(message: EmailMessage) -> str:
    """The plain text of a mail."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def answer_to(message: EmailMessage, text: str, *, sender: str, **headers: str) -> EmailMessage:
    """An answer as Gmail writes it in Italian, with the mail quoted below."""
    quoted = "\n".join(f"> {line}" for line in plain(message).splitlines())
    answer = EmailMessage(policy=SMTP)
    answer["From"] = sender
    answer["To"] = message["Reply-To"]
    answer["Subject"] = f"Re: {message['Subject']}"
    answer["Message-ID"] = headers.pop("message_id", "<anna-1@mail.example>")
    answer["In-Reply-To"] = message["Message-ID"]
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    answer.set_content(
        f"{text}\n\nIl giorno lun 30 nov 2026 alle ore 10:12 Distretto di prova\n"
        f"<partecipa@example.org> ha scritto:\n\n{quoted}\n"
    )
    return answer


def report(recipient: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/plain\r\n\r\nNon è stato possibile consegnare.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "--B\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n--B--\r\n"
    ).encode()
