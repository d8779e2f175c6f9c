"""The blueprints of sharing: criteria and items, what-ifs, participatory budgets."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("sharing", __name__)
whatif = Blueprint("whatif", __name__)
budgets = Blueprint("budgets", __name__)
