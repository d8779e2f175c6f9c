"""Events of the annual programme. Amounts of money are whole cents."""

from __future__ import annotations
