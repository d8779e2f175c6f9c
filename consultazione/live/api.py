"""REST: what happens in a sitting as a stream of sentences (server-sent events)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, current_app, request
from flask.views import MethodView
from flask_babel import get_locale

from consultazione.core.db import Database
from consultazione.live.blueprint import rest
from consultazione.live.refusals import STREAM_RETRY_AFTER, Full
from consultazione.live.sse import Batch, Reader, SentenceStreams
from consultazione.people.queries import person_of_token
from consultazione.sittings.queries import get_sitting
from consultazione.sittings.room.schemas import EntryArgs
from consultazione.sittings.room.types import ChronicleLine
from consultazione.web.api import TOKEN
from consultazione.web.errors import problem
from consultazione.web.request_db import database, release_snapshot, snapshot
from consultazione.web.security import sender_key


@rest.route("/sittings/<int:sitting_id>/stream")
class SittingStream(MethodView):
    """The chronicle of a sitting, sentence by sentence as it happens."""

    @rest.doc(security=[*TOKEN, {}])
    @rest.arguments(EntryArgs, location="query")
    @rest.response(
        200, {"type": "string"}, content_type="text/event-stream", description="Server-sent events."
    )
    @rest.alt_response(204, description="The sitting is over, and nothing is new.")
    @rest.alt_response(401, description="The token does not count.")
    @rest.alt_response(404, description="There is no such sitting.")
    @rest.alt_response(503, description="As many streams are open as can be served.")
    def get(self, args: dict[str, Any], sitting_id: int) -> Response:
        """What has happened since a number and happens from now on.

        The number is that of `Last-Event-ID`, which browsers send by themselves when they
        come again, else of `after`. A line that is a comment comes when nothing else does.
        """
        sitting = get_sitting(snapshot(), sitting_id)
        streams: SentenceStreams = current_app.extensions["streams"]
        after = _last_event_id() or args["after"]
        reader = Reader(sitting_id, sender_key(), str(get_locale()), _may_read(database()))
        if sitting.is_over and not _missed(streams, reader, after):
            return Response(status=204)
        try:
            streams.join(reader)
        except Full as full:
            return _refused(full)
        return _sent(streams, reader, after)


def _sent(streams: SentenceStreams, reader: Reader, after: int) -> Response:
    answer = Response(_written(streams.batches(reader, after)), mimetype="text/event-stream")
    answer.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    answer.call_on_close(lambda: streams.leave(reader))
    return answer


def _missed(streams: SentenceStreams, reader: Reader, after: int) -> Batch:
    release_snapshot()  # one reads for all who wait, and needs a connection
    return streams.missed(reader, after)


def _refused(full: Full) -> Response:
    answer = problem(full.status, full.code, full.detail)
    answer.headers["Retry-After"] = str(full.retry_after)
    return answer


def _written(batches: Iterable[Batch]) -> Iterator[str]:
    """Batches as https://html.spec.whatwg.org/multipage/server-sent-events.html has events."""
    yield f"retry: {STREAM_RETRY_AFTER * 1000}\n\n"
    for batch in batches:
        yield "".join(map(_event, batch)) or ": \n\n"


def _event(line: ChronicleLine) -> str:
    said = {**line, "at": line["at"].isoformat()}
    return f"id: {line['number']}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"


def _last_event_id() -> int | None:
    asked = request.headers.get("Last-Event-ID", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None


def _may_read(rows: Database) -> Callable[[], bool]:
    """Whether a token still counts, if there is one: the chronicle itself is public."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return lambda: True

    def counts() -> bool:
        with rows.snapshot() as session:
            return person_of_token(session, token) is not None

    return counts
