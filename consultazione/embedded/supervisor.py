"""``consultazione up``: database, Valkey, migrations and every role on one machine."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from consultazione.config import Settings, child_environment
from consultazione.embedded.demo import DEMO
from consultazione.embedded.demo_accounts import refuse_demo, refuse_those_there
from consultazione.embedded.errors import CannotStart
from consultazione.embedded.paths import DirectoryLock
from consultazione.embedded.port import is_ready, refuse_taken_port, shows_a_page
from consultazione.embedded.postgres import RECEIVER, Postgres
from consultazione.embedded.process import complaint, end, wait_until
from consultazione.embedded.restart_policy import Child, RestartPolicy
from consultazione.embedded.roles import (
    OWNER_VARIABLE,
    ROLE_SECRETS,
    STOP_SECONDS,
    Receiver,
    Role,
    descendants_of,
)
from consultazione.embedded.schema import migrate
from consultazione.embedded.valkey import Valkey
from consultazione.keys.server_key import require_known_key
from consultazione.keys.stores import is_lasting, open_key_store

READY_SECONDS = 60.0
WARM_SECONDS = 30.0
WATCH_SECONDS = 0.1
RECEIVED_SECONDS = 60.0
# How much PostgreSQL keeps for a receiver that is away, before its disk is full.
MOST_KEPT = "4GB"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Starts everything in order, keeps it running, and stops it in reverse order."""

    def __init__(self, settings: Settings, *, demo: bool, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.demo = demo
        self.say = say
        self.database_url = settings.database_url
        self.owner_url = settings.migration_database_url
        self.redis_urls = dict.fromkeys(ROLE_SECRETS, settings.redis_url)
        self.servers: dict[str, Child] = {}
        self.roles: dict[str, Role] = {}
        self._lock = DirectoryLock(settings.data_dir / "up.lock")

    def run(self) -> None:
        """Run until Ctrl-C, SIGTERM or SIGHUP; CannotStart if something cannot start."""
        with _interrupted_by_signals(), suppress(KeyboardInterrupt):
            try:
                self._start()
                self._watch()
            finally:
                for number in STOP_SIGNALS:
                    signal.signal(number, signal.SIG_IGN)
                self._stop()

    def _start(self) -> None:
        if self.demo:
            refuse_demo(self.settings)
        self._lock.acquire()
        end(descendants_of(self.settings.data_dir), signal.SIGTERM, seconds=STOP_SECONDS)
        refuse_taken_port(self.settings)
        self.settings.require_secret_key()
        self._check_key_store()
        self._start_database()
        self._start_redis()
        self._migrate()
        require_known_key(replace(self.settings, database_url=self.database_url))
        if self.demo:
            self._load_demo()
        self._start_roles()
        self._wait_ready()
        self._warm_up()
        self._greet()

    def _check_key_store(self) -> None:
        open_key_store(self.settings)
        if is_lasting(self.settings):
            self.say(
                f"Warning: {self.settings.run_dir} is not on a tmpfs: what is left of the keys of "
                "secret polls can be read from its disk. Set RUN_DIR to a directory on a tmpfs."
            )

    def _start_database(self) -> None:
        if self.database_url is None:
            server = Postgres(self.settings.data_dir / "postgres", settings=self._for_backups())
            server.start()
            self.servers["PostgreSQL"] = server
            self.database_url, self.owner_url = server.url, server.owner_url
            self.say("PostgreSQL is ready.")
            self._follow(server)

    def _for_backups(self) -> dict[str, str]:
        """The server's settings where a backup follows it."""
        if self.settings.backup_dir is None:
            return {}
        waits = {"synchronous_standby_names": RECEIVER} if self.settings.backup_wait else {}
        return {"max_slot_wal_keep_size": MOST_KEPT, **waits}

    def _follow(self, server: Postgres) -> None:
        """Have BACKUP_DIR receive every commit; CannotStart if acts would wait for it in vain."""
        if self.settings.backup_dir is None:
            return
        environment = self._environment("backup")
        environment["BACKUP_DATABASE_URL"] = server.operator_url
        log = self.settings.data_dir / "backup.log"
        receiver = self.servers["Backup"] = Receiver("backup", "backup --follow", environment, log)
        receiver.start()
        process = receiver.process
        wait_until(
            lambda: process is None or process.poll() is not None or server.is_received(),
            seconds=RECEIVED_SECONDS,
        )
        if server.is_received():
            self.say(f"Every commit is received in {self.settings.backup_dir}.")
        elif self.settings.backup_wait:
            raise CannotStart(f"BACKUP_DIR is not followed; see {log}: {complaint(log)}")
        else:
            self.say(f"Warning: BACKUP_DIR is not followed; see {log}: {complaint(log)}")

    def _start_redis(self) -> None:
        if self.settings.redis_url is None:
            server = Valkey(self.settings.data_dir / "valkey")
            server.start()
            self.servers["Valkey"] = server
            self.redis_urls = {role: server.url_for(role) for role in ROLE_SECRETS}
            self.say("Valkey is ready.")

    def _migrate(self) -> None:
        application = self.database_url or ""
        owner = self.owner_url or application
        if warning := migrate(owner, application, self.settings.secrets_dir):
            self.say(warning)
        self.say("The schema is up to date.")
        refuse_those_there(replace(self.settings, database_url=application))

    def _load_demo(self) -> None:
        files = [str(path) for path in DEMO]
        command = [sys.executable, "-m", "consultazione", "import", "--if-empty", *files]
        if self.settings.demo_on_public_address:
            command.append("--demo-on-public-address")
        child = subprocess.run(
            command, env=self._environment("import"), capture_output=True, check=False
        )
        if child.returncode:
            raise CannotStart(f"The demo zones cannot be loaded: {child.stderr.decode().strip()}")
        self.say("The demo zones are there.")

    def _start_roles(self) -> None:
        for name, command in self._role_commands():
            log = self.settings.data_dir / f"{name}.log"
            self.roles[name] = Role(name, command, self._environment(command), log)
            self.roles[name].start()

    def _role_commands(self) -> Iterator[tuple[str, str]]:
        yield "web", "web"
        yield "dispatcher", "dispatcher"
        yield "worker", "worker"
        for number in range(2, self.settings.workers + 1):
            yield f"worker-{number}", "worker"
        if self.settings.mail_listener is not None:
            yield "mail-listener", "mail-listener"

    def _environment(self, role: str) -> dict[str, str]:
        """What the process of a role, or an import, gets: no secret that it has no use for."""
        settings = {
            "DATABASE_URL": self.database_url or "",
            "REDIS_URL": self.redis_urls.get(role) or "",
            "DATA_DIR": str(self.settings.data_dir),
            "SECRETS_DIR": str(self.settings.secrets_dir),
            "RUN_DIR": str(self.settings.run_dir),
            OWNER_VARIABLE: str(self.settings.data_dir),
        }
        return child_environment(keep=ROLE_SECRETS.get(role, ()), **settings)

    def _wait_ready(self) -> None:
        ready = wait_until(self._is_ready, seconds=READY_SECONDS)
        if not ready:
            log = self.settings.data_dir / "web.log"
            raise CannotStart(f"The web did not get ready; see {log}: {complaint(log)}")

    def _is_ready(self) -> bool:
        for role in self.roles.values():
            if role.process is None or role.process.poll() is not None:
                raise CannotStart(
                    f"{role.name} did not start; see {role.log}: {complaint(role.log)}"
                )
        return is_ready(self.settings)

    def _warm_up(self) -> None:
        """Have the web make its first page, so that no visitor waits for that, or in vain."""
        if not wait_until(lambda: shows_a_page(self.settings), seconds=WARM_SECONDS):
            log = self.settings.data_dir / "web.log"
            self.say(f"Warning: the first page does not come; see {log}: {complaint(log)}")

    def _greet(self) -> None:
        self.say(
            f"{', '.join(self.roles)} are running; their logs are in {self.settings.data_dir}."
        )
        accounts = self.settings.data_dir / "demo-accounts.txt"
        if self.demo and accounts.exists():
            self.say(accounts.read_text().rstrip())
        if not self.demo:
            self._tell_setup_link()
        self.say(f"Ready: {self.settings.public_url} (Ctrl-C stops everything)")

    def _tell_setup_link(self) -> None:
        """At a start with neither a zone nor an administrator: the way in for the first one."""
        command = [sys.executable, "-m", "consultazione", "setup-link", "--if-needed"]
        child = subprocess.run(
            command, env=self._environment("import"), capture_output=True, check=False
        )
        if link := child.stdout.decode().strip():
            self.say(f"Set the first zone up here (the link works once, within a day): {link}")

    def _watch(self) -> None:
        children = {**self.servers, **self.roles}
        policies = [RestartPolicy(name, child, self.say) for name, child in children.items()]
        while True:
            for policy in policies:
                policy.tend()
            time.sleep(WATCH_SECONDS)

    def _stop(self) -> None:
        for role in reversed(self.roles.values()):
            role.request_stop()
        for child in [*reversed(self.roles.values()), *reversed(self.servers.values())]:
            child.stop()
        if self._lock.held:
            end(descendants_of(self.settings.data_dir), signal.SIGKILL, seconds=1)
            self.say("Everything is stopped.")
        self._lock.release()


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Make every stop signal raise KeyboardInterrupt, as Ctrl-C does, even during the start."""
    former = {n: signal.signal(n, signal.default_int_handler) for n in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
