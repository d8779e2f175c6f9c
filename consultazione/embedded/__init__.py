"""PostgreSQL and Valkey from wheels, and the supervisor of ``consultazione up``.

Both listen on UNIX sockets only, in a short private directory. The holder of the lock beside
a data directory owns the directory: a server found running there is an orphan, and is
replaced.
"""

from __future__ import annotations
