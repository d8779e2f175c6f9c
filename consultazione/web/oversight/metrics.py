"""Figures of this process for Prometheus: requests and how long each took, refusals."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

REQUESTS = Histogram(
    "consultazione_request_seconds",
    "Time to answer a request, by endpoint and status.",
    ["endpoint", "status"],
)
REFUSED = Counter(
    "consultazione_messages_refused",
    "Messages of the live room that were refused, by message and error.",
    ["message", "error"],
)


def init(app: Flask) -> None:
    """Time every request."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    if "begun" in g:
        elapsed = time.perf_counter() - g.begun
        REQUESTS.labels(request.endpoint or "unknown", response.status_code).observe(elapsed)
    return response
