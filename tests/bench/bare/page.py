"""The same queries as the table's page, in plain psycopg, and their rows in one template.

QUERIES names a file with the statements and parameters that the product's page sends.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import psycopg
from flask import Flask, render_template_string

app = Flask(__name__)
queries = pickle.loads(Path(os.environ["QUERIES"]).read_bytes())
connection = psycopg.connect(os.environ["BARE_DATABASE"])
connection.read_only = True
connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ

PAGE = """<!doctype html><title>Rows</title>
{% for rows in results %}<table>
{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>{% endfor %}"""


@app.get("/")
def page() -> str:
    """Every row that the queries find."""
    with connection.transaction():
        results = [connection.execute(text, values).fetchall() for text, values in queries]
    return render_template_string(PAGE, results=results)
