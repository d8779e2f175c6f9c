"""PostgreSQL and Valkey from wheels, and the supervisor of ``consultazione up``.

Everything listens on UNIX sockets below one short private directory. Whoever holds the
lock beside a data directory owns it: what still runs there is an orphan, and is replaced.
"""

from __future__ import annotations
