"""REST: one's own notices, and following tables, proposals, outcomes and chapters."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask.views import MethodView
from werkzeug.exceptions import Unauthorized

from consultazione.core.permissions import acting_person
from consultazione.notices.blueprint import rest
from consultazione.notices.commands.following import follow, unfollow
from consultazione.notices.commands.reading import read_notices
from consultazione.notices.composing import Shown, shown_to
from consultazione.notices.models import SubjectKind
from consultazione.notices.queries import notices_after
from consultazione.notices.schemas import NoticeOut, Read, ReadSchema
from consultazione.web.api import TOKEN, page_of, page_schema
from consultazione.web.fields import PageArgs
from consultazione.web.files.made import public_url
from consultazione.web.paging import Page, Paging
from consultazione.web.request_db import actor, snapshot, transaction

_REFUSALS = {403: "No token, or an address that is not confirmed.", 404: "There is no such thing."}


@rest.route("/notices")
class Notices(MethodView):
    """The notices of the person whom the token belongs to."""

    @rest.doc(security=TOKEN)
    @rest.arguments(PageArgs, location="query")
    @rest.response(200, page_schema(NoticeOut))
    @rest.reads_much
    @rest.alt_response(401, description="No token, or one that does not count.")
    def get(self, args: Paging) -> Page:
        """One's own notices by id, each with what may be read of it now."""
        if not actor().is_signed_in:
            raise Unauthorized
        after, limit = args["after"], args["limit"]
        rows = notices_after(snapshot(), acting_person(actor()), after=after, limit=limit + 1)
        page = page_of(rows, limit, url_for("notices_api.Notices"))
        shown = shown_to(snapshot(), actor(), page["items"])
        return {"items": [_out(one) for one in shown], "next": page["next"]}


@rest.route("/notices/read")
class ReadNotices(MethodView):
    """Which notices were read."""

    @rest.writes(None, status=204, body=ReadSchema, refusals=_REFUSALS)
    def post(self, values: Read) -> None:
        """Mark one's own notices as read, up to one."""
        with transaction() as tx:
            read_notices(tx, **values)


def _out(shown: Shown) -> Mapping[str, object]:
    notice, told = shown.notice, shown.told
    return {
        "id": notice.id,
        "topic": notice.topic,
        "made_at": notice.made_at,
        "read_at": notice.read_at,
        "table_id": notice.table_id,
        "title": told.title if told else None,
        "sentence": str(told.sentence) if told else None,
        "quote": told.quote or None if told else None,
        "url": f"{public_url()}{told.path}" if told else None,
    }


def offer_follow(kind: SubjectKind, path: str) -> None:
    """Let programs follow one kind of thing, and stop following it; both are idempotent."""

    class Followed(MethodView):
        @rest.writes(None, status=204, refusals=_REFUSALS, summary=f"Follow this {kind.value}.")
        def put(self, **ids: int) -> None:
            with transaction() as tx:
                follow(tx, kind=kind, subject_id=next(iter(ids.values())))

        @rest.writes(
            None, status=204, refusals=_REFUSALS, summary=f"Follow this {kind.value} no more."
        )
        def delete(self, **ids: int) -> None:
            with transaction() as tx:
                unfollow(tx, kind=kind, subject_id=next(iter(ids.values())))

    rest.route(path, endpoint=f"follow_{kind.value}")(Followed)


offer_follow(SubjectKind.TABLE, "/tables/<int:table_id>/follow")
offer_follow(SubjectKind.PROPOSAL, "/proposals/<int:proposal_id>/follow")
offer_follow(SubjectKind.OUTCOME, "/outcomes/<int:outcome_id>/follow")
offer_follow(SubjectKind.CHAPTER, "/chapters/<int:chapter_id>/follow")
