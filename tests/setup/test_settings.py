"""Settings that hold secrets: those read, and those refused with the variable's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consultazione.app import create_app
from consultazione.config import SECRETS, BadSetting, Settings, child_environment, read_settings
from consultazione.core.actor import SYSTEM

FIRST, SECOND = "1" * 32, "2" * 40


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ()),
        (FIRST, (FIRST,)),
        (f"{FIRST},{SECOND}", (FIRST, SECOND)),
        (f" {FIRST} , {SECOND}\n", (FIRST, SECOND)),
    ],
)
def test_earlier_keys_are_read_in_their_order(text: str, keys: tuple[str, ...]) -> None:
    assert read_settings({"EARLIER_SECRET_KEYS": text}).earlier_secret_keys == keys
    assert read_settings({}).earlier_secret_keys == ()


@pytest.mark.parametrize(
    "text", ["short", f"{FIRST},short", f"{FIRST},", f"{FIRST},,{SECOND}", ","]
)
def test_an_earlier_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match="EARLIER_SECRET_KEYS"):
        read_settings({"EARLIER_SECRET_KEYS": text})


def test_a_transaction_of_a_web_process_has_the_current_key_and_the_earlier_ones(
    settings: Settings, postgres_url: str
) -> None:
    rotated = replace(
        settings, database_url=postgres_url, secret_key=SECOND, earlier_secret_keys=(FIRST,)
    )
    app = create_app(rotated)
    with app.extensions["database"].transaction(SYSTEM) as tx:
        assert (tx.secret, tx.earlier_secrets) == (SECOND, (FIRST,))


def test_secrets_stand_apart_from_the_data_unless_said_otherwise(tmp_path: Path) -> None:
    """Each DATA_DIR has a directory of its own: a second installation meets no other's keys."""
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    first, second = (
        read_settings({**home, "DATA_DIR": f"/srv/{name}"}).secrets_dir for name in ("a", "b")
    )
    assert first != second
    assert {first.parent, second.parent} == {tmp_path / "consultazione"}
    assert first == read_settings({**home, "DATA_DIR": "/srv/a"}).secrets_dir
    assert read_settings({}).secrets_dir.is_relative_to(Path("~/.config").expanduser())
    said = read_settings({"SECRETS_DIR": "secrets"}).secrets_dir
    assert said == Path("secrets").absolute()


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "secret_key"
    kept.write_text(f"{SECOND}\n")
    assert read_settings({"SECRET_KEY_FILE": str(kept)}).secret_key == SECOND
    kept.write_text("postgresql://a:b@host/name\n")
    found = read_settings(
        {"DATABASE_URL_FILE": str(kept), "MIGRATION_DATABASE_URL_FILE": str(kept)}
    )
    assert found.require_database_url() == "postgresql+psycopg://a:b@host/name"
    assert found.migration_database_url == found.database_url


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    with pytest.raises(BadSetting, match=r"SECRET_KEY_FILE=.*cannot be read: No such file"):
        read_settings({"SECRET_KEY_FILE": missing})
    (tmp_path / "key").write_bytes(b"\xff" * 40)
    with pytest.raises(BadSetting, match=r"SECRET_KEY_FILE=.*it is no text"):
        read_settings({"SECRET_KEY_FILE": str(tmp_path / "key")})
    with pytest.raises(BadSetting, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        read_settings({"SECRET_KEY_FILE": missing, "SECRET_KEY": FIRST})


def test_a_child_gets_no_secret_that_is_not_kept_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name, FIRST)
        monkeypatch.setenv(f"{name}_FILE", "/run/secrets/x")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    given = child_environment(keep=["SECRET_KEY"], DATABASE_URL="postgresql://own")
    assert {name for name in given if name.removesuffix("_FILE") in SECRETS} == {
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "DATABASE_URL",
    }
    assert (given["DATABASE_URL"], given["LOG_LEVEL"]) == ("postgresql://own", "debug")


def test_the_public_log_is_named_by_its_address() -> None:
    assert read_settings({"PUBLIC_URL": "https://a.example/"}).log_origin == "a.example/log"
    assert read_settings({"LOG_ORIGIN": "a.example/old"}).log_origin == "a.example/old"
    with pytest.raises(BadSetting, match="LOG_ORIGIN"):
        read_settings({"LOG_ORIGIN": "a+b"})


def test_pages_come_from_the_public_address_and_here_from_both_names_of_the_machine() -> None:
    elsewhere = read_settings({"PUBLIC_URL": "https://piano.example/sito"})
    assert elsewhere.origins == ["https://piano.example"]
    behind_a_proxy = read_settings({"PUBLIC_URL": "http://localhost", "HOST": "0.0.0.0"})
    assert behind_a_proxy.origins == ["http://localhost"]
    here = read_settings({"PORT": "8123"})
    assert here.origins == ["http://127.0.0.1:8123", "http://localhost:8123"]


def test_witnesses_are_addresses_with_keys() -> None:
    key = "w.example+a1b2c3d4+" + "A" * 44
    found = read_settings({"WITNESSES": f"https://w.example/ {key}, http://b.example {key}"})
    assert found.witnesses == (("https://w.example", key), ("http://b.example", key))
    for wrong in ("https://w.example", key, f"w.example {key}", f"https://w.example {key[:-1]}"):
        with pytest.raises(BadSetting, match="WITNESSES"):
            read_settings({"WITNESSES": wrong})
