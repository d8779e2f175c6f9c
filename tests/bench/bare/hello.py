"""A Flask application that answers."""

from __future__ import annotations

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """The shortest page."""
    return "ready"
