"""Pages of the tables and of their materials."""

from __future__ import annotations

from consultazione.tables.views import materials, pages
from consultazione.tables.views.place import blueprint

MODULES = (pages, materials)

__all__ = ["MODULES", "blueprint"]
