"""The settings of a process, read once from the environment.

The only module that reads environment variables. An unusable value stops the start with a
line that names the variable and the remedy.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from consultazione.bad_setting import BadSetting as BadSetting
from consultazione.keys import places
from consultazione.keys.oidc_client import OidcClient, read_oidc_client
from consultazione.keys.translation_server import TranslationServer as TranslationServer
from consultazione.keys.translation_server import read_translation_server
from consultazione.mail_server import (
    MailListener,
    MailServer,
    read_listener,
    read_mail_server,
    read_reply_address,
    read_sender,
)

# What a process has only if it needs it; each can stand in a file, which `NAME_FILE` names.
SECRETS = (
    "SECRET_KEY",
    "EARLIER_SECRET_KEYS",
    "DATABASE_URL",
    "MIGRATION_DATABASE_URL",
    "BACKUP_DATABASE_URL",
    "REDIS_URL",
    "POLL_KEYS_URL",
    "OPERATIONS_TOKEN",
    "SEAL_PASSPHRASE",
    "SMTP_URL",
    "OIDC_DISCOVERY_URL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "TRANSLATION_API_KEY",
)
# A witness's key as C2SP writes it: NAME+ID+BASE64.
_WITNESS = re.compile(r"(https?://\S+) ([^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44})")
# How browsers call the machine that they run on.
_OWN_NAMES = ("127.0.0.1", "localhost")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of a process.

    secrets_dir: for keys that last, apart from the data that they protect. run_dir: for keys of
    open secret polls, which must not last; poll_keys_url: a key service in its place.
    log_origin: the name of the public log. witnesses: who cosigns it, each an address and a key.
    trust_dir: trusted lists and roots, as files; trust_lists: the list of lists (EU LOTL) that
    they are fetched by, for the countries of trust_countries. seal_p12: the certificate and key
    of the seal (PKCS#12), seal_passphrase: what opens it; tsa_url: who stamps the time of seals.
    mail_server: which takes our mail; without one mails are kept in mail_dir. mail_from: who they
    come from. reply_address: where answers go; None if mails are not answered. mail_listener: where
    they are handed over to us. oidc: the gateway of SPID and CIE; None without one. translation:
    the service that translates texts; None without one. backup_dir: where `up` keeps a backup that
    follows every commit, backup_keys_dir: and a copy of the keys; backup_wait: acts are
    acknowledged once they are there too. backup_database_url: a role that may replicate.
    """

    data_dir: Path
    secrets_dir: Path
    run_dir: Path
    poll_keys_url: str | None
    database_url: str | None
    migration_database_url: str | None
    backup_database_url: str | None
    redis_url: str | None
    host: str
    port: int
    public_url: str
    log_origin: str
    witnesses: tuple[tuple[str, str], ...]
    secret_key: str | None
    earlier_secret_keys: tuple[str, ...]
    workers: int
    live_fanout: str
    trusted_proxies: int
    operations_token: str | None
    clamd: str | None
    trust_dir: Path | None
    trust_lists: str | None
    trust_countries: tuple[str, ...]
    seal_p12: Path | None
    seal_passphrase: str | None
    tsa_url: str | None
    mail_server: MailServer | None
    mail_from: str
    reply_address: str | None
    mail_listener: MailListener | None
    oidc: OidcClient | None
    translation: TranslationServer | None
    security_log: Path | None
    backup_dir: Path | None
    backup_keys_dir: Path | None
    backup_wait: bool
    anonymous_sockets_per_address: int
    demo_on_public_address: bool
    log_level: str
    testing: bool

    @property
    def secure_cookies(self) -> bool:
        """True if the public address is https: cookies are then marked Secure."""
        return self.public_url.startswith("https://")

    def cookie_name(self, name: str) -> str:
        """A cookie's name: with the prefix `__Host-` where the public address is https.

        Browsers then take it from this host alone, over https, for the whole site (RFC 6265bis,
        4.1.3.2), so that no neighbouring host can plant one. Over http they would refuse it.
        """
        return f"__Host-{name}" if self.secure_cookies else name

    @property
    def is_local(self) -> bool:
        """True if only this machine reaches the site: it listens here, and is called so."""
        return _is_loopback(self.host) and _is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def origins(self) -> list[str]:
        """Where the site's own pages come from, as browsers write an origin (RFC 6454, 6.2).

        The public address; on a machine that nobody else reaches both of its names, as passkeys
        need `localhost`.
        """
        address = urlsplit(self.public_url)
        port = f":{address.port}" if address.port else ""
        own_names = (f"{name}{port}" for name in _OWN_NAMES) if self.is_local else ()
        names = dict.fromkeys([address.netloc, *own_names])
        return [f"{address.scheme}://{name}" for name in names]

    @property
    def uploads_dir(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"

    @property
    def downloads_dir(self) -> Path:
        return self.data_dir / "downloads"

    def require_database_url(self) -> str:
        """The address of the database, for SQLAlchemy; BadSetting if there is none."""
        if not self.database_url:
            raise BadSetting(
                "DATABASE_URL is not set: set it, or start everything with 'consultazione up'."
            )
        return self.database_url

    def require_redis_url(self) -> str:
        """The address of Redis or Valkey, for redis-py; BadSetting if there is none."""
        if not self.redis_url:
            raise BadSetting(
                "REDIS_URL is not set: set it, or start everything with 'consultazione up'."
            )
        return self.redis_url

    def require_secret_key(self) -> str:
        """The signing key: SECRET_KEY, or one generated once and kept in SECRETS_DIR.

        One that an earlier version kept in DATA_DIR is moved. BadSetting if SECRETS_DIR cannot
        be used.
        """
        former = self.data_dir / "secret_key"
        return self.secret_key or places.kept_secret(self.secrets_dir, former)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check every setting; BadSetting for the first that is unusable."""
    env = _with_files(os.environ if environ is None else environ)
    data_dir = Path(env.get("DATA_DIR") or ROOT / "var").absolute()
    port = _number(env, "PORT", default=8000, least=1, most=65535)
    public_url = env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"
    if urlsplit(public_url).scheme not in {"http", "https"}:
        raise BadSetting(f"PUBLIC_URL={public_url!r}: write it as https://name.example")
    mail_server = read_mail_server(env.get("SMTP_URL"))
    reply_address = read_reply_address(env.get("REPLY_ADDRESS"))
    return Settings(
        data_dir=data_dir,
        secrets_dir=places.secrets_dir(env, data_dir),
        run_dir=places.run_dir(env, data_dir),
        poll_keys_url=env.get("POLL_KEYS_URL") or None,
        database_url=_database_url(env, "DATABASE_URL"),
        migration_database_url=_database_url(env, "MIGRATION_DATABASE_URL"),
        backup_database_url=_database_url(env, "BACKUP_DATABASE_URL"),
        redis_url=env.get("REDIS_URL") or None,
        host=env.get("HOST") or "127.0.0.1",
        port=port,
        public_url=public_url.rstrip("/"),
        log_origin=_log_origin(env.get("LOG_ORIGIN"), public_url),
        witnesses=_witnesses(env.get("WITNESSES")),
        secret_key=_long_secret(env, "SECRET_KEY"),
        earlier_secret_keys=_earlier_secret_keys(env.get("EARLIER_SECRET_KEYS")),
        workers=_number(env, "WORKERS", default=1, least=1, most=64),
        live_fanout=_one_of(env, "LIVE_FANOUT", "fast", {"fast", "plain"}),
        trusted_proxies=_number(env, "TRUSTED_PROXIES", default=0, least=0, most=8),
        operations_token=_long_secret(env, "OPERATIONS_TOKEN"),
        clamd=_clamd(env.get("CLAMD")),
        trust_dir=_folder(env, "TRUST_DIR"),
        trust_lists=_secure_address(env, "TRUST_LISTS"),
        trust_countries=_countries(env.get("TRUST_COUNTRIES")),
        seal_p12=_seal_file(env.get("SEAL_P12")),
        seal_passphrase=env.get("SEAL_PASSPHRASE") or None,
        tsa_url=_time_authority(env.get("TSA_URL")),
        mail_server=mail_server,
        mail_from=read_sender(
            env.get("MAIL_FROM"),
            host=urlsplit(public_url).hostname or "localhost",
            sends=mail_server is not None,
        ),
        reply_address=reply_address,
        mail_listener=read_listener(env.get("MAIL_IN"), replies=reply_address),
        oidc=read_oidc_client(env),
        translation=read_translation_server(env),
        security_log=_security_log(env.get("SECURITY_LOG"), data_dir),
        backup_dir=_place(env, "BACKUP_DIR"),
        backup_keys_dir=_place(env, "BACKUP_KEYS_DIR"),
        backup_wait=_yes(env, "BACKUP_WAIT"),
        anonymous_sockets_per_address=_number(
            env, "ANONYMOUS_SOCKETS_PER_ADDRESS", default=300, least=1, most=100_000
        ),
        demo_on_public_address=_yes(env, "DEMO_ON_PUBLIC_ADDRESS"),
        log_level=_one_of(env, "LOG_LEVEL", "info", {"debug", "info", "warning", "error"}),
        testing=_yes(env, "TESTING"),
    )


def child_environment(*, keep: Collection[str] = SECRETS, **settings: str) -> dict[str, str]:
    """A child's environment: our own with `settings`, and of our secrets only those of `keep`."""
    hidden = {f"{name}{end}" for name in set(SECRETS) - set(keep) for end in ("", "_FILE")}
    return {**{name: os.environ[name] for name in os.environ.keys() - hidden}, **settings}


def _with_files(env: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, with the content of `NAME_FILE` as NAME for each secret that has one."""
    read = {name: _content(env, name) for name in SECRETS if env.get(f"{name}_FILE")}
    return {**env, **read}


def _content(env: Mapping[str, str], name: str) -> str:
    path = env[f"{name}_FILE"]
    if env.get(name):
        raise BadSetting(f"{name} and {name}_FILE are both set: keep one of them.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise BadSetting(f"{name}_FILE={path!r} cannot be read: {why}.") from None


def _number(env: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        raise BadSetting(f"{name}={text!r}: write a whole number from {least} to {most}.")
    return int(text)


def _one_of(env: Mapping[str, str], name: str, default: str, allowed: set[str]) -> str:
    text = (env.get(name) or default).lower()
    if text not in allowed:
        raise BadSetting(f"{name}={text!r}: write one of {', '.join(sorted(allowed))}.")
    return text


def _yes(env: Mapping[str, str], name: str) -> bool:
    return _one_of(env, name, "no", {"yes", "no"}) == "yes"


def _is_loopback(host: str) -> bool:
    """True if a name or address is this machine's alone. RFC 6761 keeps `localhost` so."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_url(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name)
    if not text:
        return None
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.split("+")[0] not in {"postgresql", "postgres"}:
        raise BadSetting(f"{name}: write it as postgresql://user:password@host/name")
    return f"postgresql+psycopg://{rest}"


def _long_secret(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name)
    if text and len(text) < 32:
        raise BadSetting(f"{name} is too short: use at least 32 random characters.")
    return text or None


def _log_origin(text: str | None, public_url: str) -> str:
    """The name of the public log: the address of its files without `https://`, unless set."""
    origin = text or f"{public_url.partition('://')[2].rstrip('/')}/log"
    if not re.fullmatch(r"[^\s+]{1,255}", origin):
        raise BadSetting(f"LOG_ORIGIN={origin!r}: write a name without blanks and plus signs.")
    return origin


def _witnesses(text: str | None) -> tuple[tuple[str, str], ...]:
    """Who cosigns the public log: addresses and keys, comma separated."""
    found = [_WITNESS.fullmatch(one.strip()) for one in text.split(",")] if text else []
    if None in found:
        raise BadSetting(
            "WITNESSES: write for each witness its address, a blank and its key, which "
            "'consultazione witness' prints, and commas between them."
        )
    return tuple((one[1].rstrip("/"), one[2]) for one in found if one)


def _clamd(text: str | None) -> str | None:
    if text and urlsplit(text).scheme not in {"unix", "tcp"}:
        raise BadSetting(f"CLAMD={text!r}: write it as unix:///path or tcp://host:3310")
    return text or None


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    text = env.get(name)
    if text and not Path(text).is_dir():
        raise BadSetting(f"{name}={text!r}: there is no such folder; make it first.")
    return Path(text).absolute() if text else None


def _place(env: Mapping[str, str], name: str) -> Path | None:
    """A folder that is made when it is needed."""
    text = env.get(name)
    return Path(text).absolute() if text else None


def _secure_address(env: Mapping[str, str], name: str) -> str | None:
    text = env.get(name)
    if text and urlsplit(text).scheme != "https":
        raise BadSetting(f"{name}={text!r}: write an address that begins with https://")
    return text or None


def _countries(text: str | None) -> tuple[str, ...]:
    codes = [code.strip().upper() for code in (text or "IT").split(",")]
    if any(len(code) != 2 or not code.isalpha() for code in codes):
        raise BadSetting(f"TRUST_COUNTRIES={text!r}: write codes of countries, such as IT,SM")
    return tuple(codes)


def _seal_file(text: str | None) -> Path | None:
    if text and not Path(text).is_file():
        raise BadSetting(f"SEAL_P12={text!r}: there is no such file.")
    return Path(text).absolute() if text else None


def _time_authority(text: str | None) -> str | None:
    """The address of an authority by RFC 3161; its answers are signed, so http will do."""
    if text and urlsplit(text).scheme not in ("http", "https"):
        raise BadSetting(
            f"TSA_URL={text!r}: write the http:// or https:// address of a time stamping authority."
        )
    return text or None


def _security_log(text: str | None, data_dir: Path) -> Path | None:
    """The file of the security log; None for `-`, standard error."""
    return None if text == "-" else Path(text or data_dir / "security.log").absolute()


def _earlier_secret_keys(text: str | None) -> tuple[str, ...]:
    keys = [key.strip() for key in text.split(",")] if text else []
    if any(len(key) < 32 for key in keys):
        raise BadSetting(
            "EARLIER_SECRET_KEYS: write the keys that SECRET_KEY had before, comma separated, "
            "each as it was, of at least 32 characters."
        )
    return tuple(keys)
