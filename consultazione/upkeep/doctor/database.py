"""PostgreSQL: there, of a version that is known, up to date, careful, and on time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from consultazione.core import clock, migrate, rights
from consultazione.upkeep.doctor.case import Case, Finding, advice

_LEAST_VERSION = 180000
_EXTENSIONS = {"pg_trgm", "unaccent"}
_MOST_SKEW = timedelta(seconds=2)
_MOST_SHARE = 0.9
_LONG = timedelta(hours=1)


def database_answers(case: Case) -> Iterator[Finding]:
    """It did not answer: why, as far as the settings tell."""
    if case.settings.database_url is None:
        yield Finding(
            f"No database runs over {case.settings.data_dir}, and DATABASE_URL is not set.",
            "Start everything with 'consultazione up', or set DATABASE_URL to a server of yours.",
        )
    else:
        yield Finding(
            "The database does not answer.",
            "Start PostgreSQL, or correct DATABASE_URL; see its own log for why it ended.",
        )


def version_is_known(case: Case) -> Iterator[Finding]:
    """The server is no older than the one that everything is tried with."""
    number = case.row("SELECT current_setting('server_version_num')::int AS number")["number"]
    if number < _LEAST_VERSION:
        yield Finding(
            f"The server is PostgreSQL {number // 10000}; the product needs 18.",
            "Move the database to PostgreSQL 18 with pg_upgrade.",
        )


def extensions_are_there(case: Case) -> Iterator[Finding]:
    """Each extension that searches need is installed, or can be by a migration."""
    query = "SELECT array_agg(name) AS names FROM pg_available_extensions"
    if missing := _EXTENSIONS - set(case.row(query)["names"] or ()):
        yield Finding(
            f"The server has no extension {', '.join(sorted(missing))}.",
            "Install PostgreSQL's contrib modules (in Debian postgresql-18).",
        )


def schema_is_current(case: Case) -> Iterator[Finding]:
    """No migration is missing."""
    if not migrate.is_current(case.reading):
        yield Finding(
            "The schema is not that of this version.",
            "Run 'consultazione migrate' ('up' does at its start).",
        )


def role_cannot_change_the_log(case: Case) -> Iterator[Finding]:
    """The application's role owns nothing, so that nobody who gets hold of it rewrites the log."""
    if rights.is_too_mighty(case.reading.connection()):
        yield Finding(
            "The role in DATABASE_URL could change the log.",
            "Give it a role that owns nothing, and the owner's to MIGRATION_DATABASE_URL.",
        )


def nothing_is_risked_for_speed(case: Case) -> Iterator[Finding]:
    """What was acknowledged is on the disk."""
    for name in ("fsync", "full_page_writes"):
        if case.row(f"SELECT current_setting('{name}') AS value")["value"] != "on":
            yield Finding(
                f"The server runs with {name} off: a power cut loses what was acknowledged.",
                f"Turn {name} on in postgresql.conf, and restart the server.",
            )


def connections_are_left(case: Case) -> Iterator[Finding]:
    """The server has connections to spare."""
    found = case.row(
        "SELECT count(*) AS used, current_setting('max_connections')::int AS most "
        "FROM pg_stat_activity WHERE backend_type = 'client backend'"
    )
    if found["used"] > _MOST_SHARE * found["most"]:
        yield Finding(
            f"{found['used']} of {found['most']} connections are in use.",
            "Raise max_connections: each web process needs up to 36, each worker 20.",
        )


def clocks_agree(case: Case) -> Iterator[Finding]:
    """This machine and the database have the same time, which entries carry."""
    before = clock.now()
    theirs = case.row("SELECT clock_timestamp() AS at")["at"]
    after = clock.now()
    skew = max(before - theirs, theirs - after, timedelta(0))
    if skew > _MOST_SKEW:
        yield Finding(
            f"The clocks of this machine and of the database differ by {skew.total_seconds():.0f} "
            "seconds.",
            "Let both follow NTP (timedatectl set-ntp true).",
        )


def nothing_is_held_for_hours(case: Case) -> Iterator[Finding]:
    """No transaction is left open: the dispatcher reads the log only below the oldest."""
    found = case.row(
        "SELECT min(xact_start) AS oldest FROM pg_stat_activity WHERE state LIKE 'idle in tr%'"
    )
    if found["oldest"] is not None and case.now - found["oldest"] > _LONG:
        yield advice(
            f"A transaction has been open since {clock.in_rome(found['oldest']):%d/%m %H:%M}.",
            "Find it in pg_stat_activity, and end it with pg_terminate_backend(pid).",
        )
