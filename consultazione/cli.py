"""The command line: one small function per command.

Exit statuses: 0 success, 1 failure, 2 an unusable setting or argument. Each command imports
what it runs only when it runs, so that all of them start fast.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import click

from consultazione.config import BadSetting, Settings, read_settings
from consultazione.core.clock import from_rome
from consultazione.core.scopes import Scope
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.loading import no_collecting

GIVEN_HERE = ("administrator", "plan_office", "installer", "provincial_coordinator")
MOST_CONNECTIONS = 20_000
MOST_FILES = 1_048_576
GRACEFUL_SECONDS = 3


def main() -> None:
    """Run one command; a refusal is one line on standard error."""
    try:
        commands()
    except BadSetting as reason:
        _refuse(reason, status=2)
    except CannotStart as reason:
        _refuse(reason, status=1)


_DEMO_IN_PUBLIC = click.option(
    "--demo-on-public-address",
    is_flag=True,
    help="Have demo accounts, whose passwords are known, although others reach the site.",
)


@click.group(name="consultazione")
def commands() -> None:
    """Participatory consultation for the Piano di zona."""


@commands.command()
@click.option("--demo", is_flag=True, help="Load the demo zones at the first start.")
@_DEMO_IN_PUBLIC
def up(demo: bool, demo_on_public_address: bool) -> None:
    """Run everything on this machine until Ctrl-C."""
    from consultazione.embedded.supervisor import Supervisor

    settings = _with_demo(read_settings(), demo_on_public_address)
    Supervisor(settings, demo=demo, say=_say).run()


@commands.command()
def web() -> None:
    """Serve pages, REST and Socket.IO on HOST and PORT."""
    from consultazione.keys.server_key import require_known_key
    from consultazione.keys.stores import open_key_store

    settings = read_settings()
    require_known_key(settings)
    open_key_store(settings)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, MOST_FILES), most))
    os.execv(sys.executable, _gunicorn(f"{settings.host}:{settings.port}"))


@commands.command()
def dispatcher() -> None:
    """Read the log forward: fan out to browsers and enqueue jobs."""
    _run("workers.dispatcher")


@commands.command()
def worker() -> None:
    """Run the jobs of the queue."""
    _run("workers.worker")


@commands.command(name="mail-listener")
def mail_listener() -> None:
    """Take answers by mail and bounces on MAIL_IN, from a mail server."""
    _run("workers.mail_in.listener")


@commands.command(name="mail-in")
@click.option("--recipient", help="To whom it came; what its headers say if left out.")
@click.option("--sender", help="Its return path, empty for none; what its headers say if left out.")
def mail_in(recipient: str | None, sender: str | None) -> None:
    """Take one answer by mail, or a bounce, from standard input.

    The exit status is one of sysexits.h: 0 taken, 65 unreadable, 67 no such address, 75 try again.
    """
    _run_here("workers.mail_in.one_message", recipient, sender)


@commands.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from consultazione.embedded import schema
    from consultazione.embedded.demo_accounts import refuse_those_there

    settings = _settings_here()
    application = settings.require_database_url()
    owner = settings.migration_database_url or application
    if warning := schema.migrate(owner, application, settings.secrets_dir):
        click.echo(f"consultazione: {warning}", err=True)
    refuse_those_there(settings)


@commands.command()
def trust() -> None:
    """Fetch the EU trusted lists of TRUST_COUNTRIES into TRUST_DIR now."""
    _run_here("workers.trust")


@commands.command()
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file with a checkpoint of the public log that was kept elsewhere.",
)
def verify(kept: tuple[Path, ...]) -> None:
    """Prove that the log is whole, and that pages show what it says.

    No entry is missing, added, reordered or changed: in its stream, in the public tree, and
    against every checkpoint that was signed. Each row that pages are made from is compared with
    what the log says of it. Whatever is wrong is named, one fault a line, with status 1.
    """
    _run_here("consultazione.verify_cli", kept)


@commands.command()
@click.option("--name", required=True, help="The witness's name, such as witness.example/1.")
@click.option("--log", "logs", required=True, multiple=True, help="The key of a log to watch.")
@click.option(
    "--dir",
    "directory",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where its key and the last checkpoints lie.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8100, show_default=True, type=click.IntRange(0, 65535))
def witness(name: str, logs: tuple[str, ...], directory: Path, host: str, port: int) -> None:
    """Cosign the checkpoints of public logs, and refuse a log that forks."""
    from consultazione.witness_cli import main

    sys.exit(main(name, logs, directory, host, port))


@commands.command(name="import")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a zone already.")
@_DEMO_IN_PUBLIC
def import_zone(paths: tuple[Path, ...], if_empty: bool, demo_on_public_address: bool) -> None:
    """Load zones, their further cycles and territories from files: all of them, or none.

    A ZIP is the archive of a cycle, which is restored: alone, and into an empty installation.
    """
    from consultazione import restore_cli
    from consultazione.archive.restoring.unpacking import is_zip
    from consultazione.importing.main import main

    archives = [path for path in paths if is_zip(path)]
    if archives and len(paths) > 1:
        raise click.UsageError(f"{archives[0]} is an archive, which is restored by itself.")
    settings = _with_demo(_settings_here(), demo_on_public_address)
    if archives:
        sys.exit(restore_cli.main(settings, archives[0], if_empty))
    sys.exit(main(settings, paths, if_empty))


@commands.group(invoke_without_command=True)
@click.option("--zone", "slug", help="The zone's name in addresses.")
@click.option("--cycle", "years", help="The years of its plan, such as 2018-2020.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option(
    "--form",
    type=click.Choice(["archivio", "versamento"]),
    default="archivio",
    help="To read and verify, or documents with metadata and index for a conservator.",
)
@click.option("--force", is_flag=True, help="Take the place of a file that is there.")
@click.pass_context
def export(
    context: click.Context,
    slug: str | None,
    years: str | None,
    to: Path | None,
    form: str,
    force: bool,
) -> None:
    """The archive of a cycle; or, by a command, other files that can be taken elsewhere."""
    if context.invoked_subcommand is not None:
        return
    missing = [name for name, given in (("zone", slug), ("cycle", years), ("to", to)) if not given]
    if missing:
        raise click.UsageError(f"The archive of a cycle needs --{missing[0]}.")
    _run_here("consultazione.archive_cli", slug, years, to, form, force)


@export.command(name="zone")
@click.option("--zone", "slug", required=True, help="The zone's name in addresses.")
def export_zone(slug: str) -> None:
    """Print a zone as a file that `import` reads, without accounts and what people wrote."""
    _run_here("consultazione.importing.export.cli", slug)


@export.command(name="territory")
@click.option("--territory", "slug", required=True, help="The territory's name in addresses.")
def export_territory(slug: str) -> None:
    """Print a territory and its zones as a file that `import` reads."""
    _run_here("consultazione.importing.export.cli", slug, "territory")


@commands.group()
def token() -> None:
    """Tokens for the REST interface."""


@token.command(name="create")
@click.option("--email", required=True, help="The address of the account it acts for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(list(Scope), case_sensitive=False),
    help="What it is good for; several times for several, all if left out.",
)
@click.option("--days", default=90, type=click.IntRange(1, 365), help="After which it expires.")
def create_token(email: str, scopes: tuple[Scope, ...], days: int) -> None:
    """Print a new token once; only its digest is kept."""
    _run_here("consultazione.people.cli.tokens", email, scopes, days)


@commands.command(name="setup-link")
@click.option("--if-needed", is_flag=True, help="Print nothing if there is a zone or somebody.")
def setup_link(if_needed: bool) -> None:
    """Print a link by which somebody becomes the installation's administrator, once."""
    _run_here("consultazione.setup.cli_setup_link", if_needed)


@commands.group()
def account() -> None:
    """Accounts of people."""


@account.command(name="reset")
@click.option("--email", required=True, help="The address of who forgot their password.")
def reset_password(email: str) -> None:
    """Print a link by which its owner chooses another password, once, within a day."""
    _run_here("consultazione.people.cli.password_links", email)


@account.command(name="role")
@click.option("--email", required=True, help="The address of who is to have it.")
@click.option("--role", required=True, type=click.Choice(GIVEN_HERE))
@click.option("--zone", help="The zone's name in addresses; the one set up first by default.")
@click.option("--territory", help="The territory's, for its coordinator.")
def give_role(email: str, role: str, zone: str | None, territory: str | None) -> None:
    """Give a role from the machine itself: in a zone its holder counts as a second person.

    installer: who sets up the installation's zones.
    """
    if (role == "provincial_coordinator") != (territory is not None):
        raise click.UsageError("A provincial_coordinator, and no other, has a --territory.")
    _run_here("consultazione.people.cli.roles", email, role, zone, territory)


_DIRECTORY = click.Path(file_okay=False, path_type=Path)


@commands.command()
@click.option("--to", type=_DIRECTORY, help="The directory of backups; BACKUP_DIR by default.")
@click.option("--keys-to", type=_DIRECTORY, help="Where a copy of the keys lies, apart.")
@click.option("--keep", type=click.IntRange(1, 1000), help="How many backups stay.")
@click.option("--follow", is_flag=True, help="Receive what is committed from now on, until Ctrl-C.")
def backup(to: Path | None, keys_to: Path | None, keep: int | None, follow: bool) -> None:
    """Copy database and files while everything works, verified; the keys apart from them.

    With --follow, or BACKUP_DIR set for `up`, each commit is received as it happens, so that a
    backup can be restored to the last of them.
    """
    _run_here("consultazione.upkeep.backup_cli", to, keys_to, keep, follow)


@commands.command()
@click.option("--from", "source", type=_DIRECTORY, required=True, help="The directory of backups.")
@click.option("--keys-from", type=_DIRECTORY, required=True, help="Where the keys were copied to.")
@click.option("--until", help="A moment, such as 2026-11-30T09:45 (Italian time); else the end.")
def restore(source: Path, keys_from: Path, until: str | None) -> None:
    """Restore a backup into an empty installation, and prove that its log is whole.

    To the last commit that was received, or to a moment. Nothing may be there yet, and nothing
    may run.
    """
    _run("consultazione.upkeep.restore_cli", source, keys_from, _moment(until) if until else None)


@commands.command()
@click.option("--json", "as_json", is_flag=True, help="As a list for programs.")
def doctor(as_json: bool) -> None:
    """Name what is wrong with this installation, with the remedy, a line a finding.

    Nothing is changed and nothing is sent. Status 1 if something has to be mended; advice, such
    as a backup that nobody takes, leaves it at 0.
    """
    sys.exit(_loaded("consultazione.upkeep.doctor_cli").main(as_json=as_json))


@commands.group()
def search() -> None:
    """The index of the search."""


@search.command(name="rebuild")
@click.option("--kind", "kinds", multiple=True, help="Only this kind, such as proposal.")
def rebuild_search(kinds: tuple[str, ...]) -> None:
    """Make the index of the search again, while everything else goes on."""
    _run_here("consultazione.search.cli_rebuild", kinds)


def _run(module: str, *arguments: Any) -> NoReturn:
    """Run a module's ``main(settings, ...)`` and exit with the status it returns."""
    sys.exit(_loaded(module).main(read_settings(), *arguments))


def _run_here(module: str, *arguments: Any) -> NoReturn:
    """The same on DATABASE_URL, or else on the database of a running ``up`` on this machine."""
    sys.exit(_loaded(module).main(_settings_here(), *arguments))


def _loaded(module: str) -> ModuleType:
    with no_collecting():
        return importlib.import_module(module)


def _settings_here() -> Settings:
    from consultazione.embedded.local_database import with_running_database

    return with_running_database(read_settings())


def _moment(text: str) -> datetime:
    """A moment in ISO 8601, in Italian time unless it says another."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"--until {text}: write it as 2026-11-30T09:45.") from None
    return found if found.tzinfo else from_rome(found)


def _with_demo(settings: Settings, allowed: bool) -> Settings:
    return replace(settings, demo_on_public_address=settings.demo_on_public_address or allowed)


def _gunicorn(address: str) -> list[str]:
    options = {
        "worker-class": "gevent",
        "workers": 1,
        "worker-connections": MOST_CONNECTIONS,
        "graceful-timeout": GRACEFUL_SECONDS,
        "log-level": "warning",
        "bind": address,
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        *words,
        "consultazione.wsgi:app",
    ]


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _refuse(reason: Exception, *, status: int) -> NoReturn:
    click.echo(f"consultazione: {reason}", err=True)
    sys.exit(status)
