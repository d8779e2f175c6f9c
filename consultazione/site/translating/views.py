"""A proposal or a comment in the language of the page, translated by a service.

Only what every reader may read is sent, without who wrote it: no draft, no text that waits, none
that is hidden, withdrawn or erased.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import structlog
from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from consultazione.comments.queries import get_comment
from consultazione.config import TranslationServer
from consultazione.core.errors import NotFound
from consultazione.core.text import to_html
from consultazione.proposals.queries import get_proposal
from consultazione.site.blueprint import pages
from consultazione.web.request_db import release_snapshot, renew_snapshot, snapshot
from consultazione.web.security import limiter
from consultazione.web.sign_in.site_keys import site_keys
from consultazione.web.translating.cache import Cache
from consultazione.web.translating.service import SOURCE, NotTranslated, translate

# A reader opens few; the visitors of a hall behind one router are counted as one.
TRANSLATING = "20 per minute; 200 per hour"
_PARTS = ("title", "need", "body", "effect")
_log = structlog.get_logger()


@pages.app_context_processor
def _offered() -> dict[str, object]:
    """`translates`: True on pages whose readers may want a translation, if there is a service."""
    return {"translates": _server() is not None and _language() != SOURCE}


@pages.route("/osservazioni/<int:comment_id>/traduzione", methods=["GET", "POST"])
@limiter.limit(TRANSLATING, methods=["POST"])
def translated_comment(comment_id: int) -> ResponseReturnValue:
    """A comment in the language of the page; the address alone leads to the comment."""
    original = url_for("comments.show", comment_id=comment_id)
    comment = get_comment(snapshot(), comment_id)
    if request.method == "GET":
        return redirect(original)
    if not comment.is_shown:
        raise NotFound(_("The text of this comment is not shown any more."))
    parts = _translated({"body": comment.body})
    return _page(comment.proposal_id, comment_id, parts) if parts else redirect(original)


@pages.route("/proposte/<int:proposal_id>/traduzione", methods=["GET", "POST"])
@limiter.limit(TRANSLATING, methods=["POST"])
def translated_proposal(proposal_id: int) -> ResponseReturnValue:
    """The same of a proposal: its title and all its parts."""
    original = url_for("proposals.show", proposal_id=proposal_id)
    proposal = get_proposal(snapshot(), proposal_id)
    if request.method == "GET":
        return redirect(original)
    if proposal.hidden_at is not None:
        raise NotFound(_("The text of this proposal is not shown any more."))
    parts = _translated({part: text for part in _PARTS if (text := getattr(proposal, part))})
    return _page(proposal_id, None, parts) if parts else redirect(original)


def _translated(said: Mapping[str, str]) -> dict[str, str] | None:
    """The texts in the language of the page, by their names; None, with a message, if not."""
    texts = _kept_or_made(list(said.values()))
    return None if texts is None else dict(zip(said, texts, strict=True))


def _kept_or_made(texts: Sequence[str]) -> list[str] | None:
    """What is kept, or is made now. The connection to the database is given back before that."""
    server, to = _server(), _language()
    if server is None or to == SOURCE:
        flash(_("There is no translation here: the text is in the language of the page."), "info")
        return None
    release_snapshot()
    cache = Cache(current_app.extensions["redis"], site_keys()[-1], texts, to=to)
    found = cache.read()
    if found is not None:
        return found
    try:
        found = translate(server, texts, to=to)
    except NotTranslated as reason:
        _log.warning("not translated", reason=str(reason))
        flash(_("There is no translation now: the service did not give one. Try later."), "warning")
        return None
    cache.keep(found)
    return found


def _page(proposal_id: int, comment_id: int | None, parts: Mapping[str, str]) -> str:
    """The page of a translation; what it is of is read anew, as it is now."""
    proposal = get_proposal(renew_snapshot(), proposal_id)
    comment = get_comment(snapshot(), comment_id) if comment_id else None
    server = _server()
    return render_template(
        "site/translation.html",
        proposal=proposal,
        comment=comment,
        original=url_for("comments.show", comment_id=comment_id)
        if comment_id
        else url_for("proposals.show", proposal_id=proposal_id),
        title=parts.get("title"),
        parts={name: Markup(to_html(text)) for name, text in parts.items() if name != "title"},
        host=server.host if server else "",
    )


def _server() -> TranslationServer | None:
    found: TranslationServer | None = current_app.extensions["settings"].translation
    return found


def _language() -> str:
    return str(get_locale())
