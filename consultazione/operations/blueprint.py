"""The blueprint of the administrators' pages.

The index is a zone's; the machine is the installation's, and for administrators of its first zone.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("operations", __name__)
