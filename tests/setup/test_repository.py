"""What the repository promises to its readers."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", ".npmrc"])
def test_python_locks_name_no_registry(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_npm_lock_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed)


def test_every_locked_package_has_a_hash() -> None:
    lines = (ROOT / "requirements-dev.lock").read_text().splitlines()
    pins = [line for line in lines if "==" in line and not line.lstrip().startswith(("#", "-"))]
    assert pins
    assert all(line.endswith("\\") for line in pins)


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(f"\n{number}." in text for number in range(1, 16))
    assert "Appendix" in text
