"""Where keys lie by default: apart from the data, and those of open polls in memory."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from consultazione.bad_setting import BadSetting
from consultazione.config import read_settings
from consultazione.keys import places

OLD_KEY = "the key that an earlier version kept in DATA_DIR"


def test_lasting_keys_lie_with_the_users_configuration(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    own = read_settings({"HOME": str(tmp_path), "DATA_DIR": data}).secrets_dir
    assert own.parent == tmp_path / ".config" / "consultazione"
    assert len(own.name) == 12
    other = read_settings({"HOME": str(tmp_path), "DATA_DIR": str(tmp_path / "other")})
    assert other.secrets_dir != own
    moved = read_settings({"XDG_CONFIG_HOME": str(tmp_path / "x"), "DATA_DIR": data})
    assert moved.secrets_dir == tmp_path / "x" / "consultazione" / own.name
    assert read_settings({"SECRETS_DIR": "/srv/keys"}).secrets_dir == Path("/srv/keys")


def test_a_user_without_a_home_is_asked_for_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(BadSetting, match="SECRETS_DIR"):
        read_settings({})


def test_keys_of_open_polls_lie_in_memory_if_there_is_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "is_in_memory", lambda path: path == tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "disk"))
    own = read_settings({"XDG_RUNTIME_DIR": str(tmp_path)}).run_dir
    assert own.parent == tmp_path
    assert read_settings({}).run_dir.parent == tmp_path / "disk"
    assert read_settings({"XDG_RUNTIME_DIR": str(tmp_path / "gone")}).run_dir.parent != tmp_path
    assert read_settings({"RUN_DIR": "/run/own"}).run_dir == Path("/run/own")


def test_the_server_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    settings = read_settings(
        {"DATA_DIR": str(tmp_path / "data"), "SECRETS_DIR": str(tmp_path / "s")}
    )
    key = settings.require_secret_key()
    assert len(key) >= 32
    assert settings.require_secret_key() == key
    assert not (tmp_path / "data").exists()
    (file,) = (tmp_path / "s").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_key_that_lay_with_the_data_is_moved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    former = tmp_path / "data" / "secret_key"
    former.parent.mkdir()
    former.write_text(OLD_KEY)
    settings = read_settings(
        {"DATA_DIR": str(former.parent), "SECRETS_DIR": str(tmp_path / "secrets")}
    )
    for _start in range(2):
        assert settings.require_secret_key() == OLD_KEY
    assert not former.exists()
    said = capsys.readouterr().out
    assert said.count("the secret key was moved") == 1
    assert str(former) in said
    assert OLD_KEY not in said


def test_a_directory_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = read_settings({"SECRETS_DIR": str(tmp_path / "file" / "below")})
    with pytest.raises(BadSetting, match="SECRETS_DIR"):
        settings.require_secret_key()
