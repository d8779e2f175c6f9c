"""The link by which somebody stops their mails: it says for whom, signed with their own key.

It opens nothing and shows nothing: who has it can stop the mails of that person, and no more.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Collection
from hashlib import sha256
from hmac import compare_digest, digest

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.columns import LARGEST_ID, among
from consultazione.core.errors import NotFound
from consultazione.notices.models import UnsubscribeKey

_MEANT_FOR = b"stop the mails of"
_NOBODYS = _("This link is not whole. Copy all of it from the mail, or change it in your profile.")


def tokens_of(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """The tokens of persons to whom mails are owed, and who therefore have keys."""
    query = select(UnsubscribeKey.person_id, UnsubscribeKey.key)
    rows = session.execute(query.where(among(UnsubscribeKey.person_id, person_ids)))
    return {person_id: _signed(person_id, key) for person_id, key in rows}


def person_of_token(session: Session, token: str) -> int:
    """Whose token it is; NotFound if it is nobody's."""
    number = token.partition(".")[0]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise NotFound(_NOBODYS)
    person_id = int(number)
    row = session.get(UnsubscribeKey, person_id) if 0 < person_id <= LARGEST_ID else None
    if row is None or not compare_digest(token.encode(), _signed(person_id, row.key).encode()):
        raise NotFound(_NOBODYS)
    return person_id


def _signed(person_id: int, key: bytes) -> str:
    mark = digest(key, _MEANT_FOR + b" %d" % person_id, sha256)
    return f"{person_id}.{urlsafe_b64encode(mark[:18]).decode()}"
