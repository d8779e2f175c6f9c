"""The two stores of keys: both keep their promises, and refuse to put a key on a disk."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from consultazione.bad_setting import BadSetting
from consultazione.config import ROOT, Settings
from consultazione.core import clock
from consultazione.core.keys import LENGTH, KeysAway, KeyStore, NoKeys
from consultazione.embedded import valkey
from consultazione.embedded.valkey import Valkey
from consultazione.keys.run_directory import RunDirectory
from consultazione.keys.service import KeyService
from consultazione.keys.stores import is_lasting, open_key_store
from tests.support.memory_keys import MemoryKeys

NAME = "7-0123456789abcdef"


@pytest.fixture(scope="module")
def service_url(services_dir: Path, valkey_server: Valkey) -> Iterator[str]:
    """A Valkey that keeps nothing on a disk, beside that of the tests, which does."""
    assert valkey_server.url  # it has started with its own settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(valkey.SETTINGS, "appendonly", "no")
        with Valkey(services_dir / "keys") as server:
            yield server.url


@pytest.fixture(params=["memory", "directory", "service"])
def store(request: pytest.FixtureRequest, tmp_path: Path, service_url: str) -> KeyStore:
    """Each store, empty; the one in memory is what other tests use in their place."""
    Redis.from_url(service_url).flushall()
    stores: dict[str, KeyStore] = {
        "memory": MemoryKeys(),
        "directory": RunDirectory(tmp_path / "run"),
        "service": KeyService(service_url),
    }
    return stores[request.param]


def test_a_key_is_kept_until_it_is_destroyed(store: KeyStore) -> None:
    assert (store.get(NAME), store.list()) == (None, {})
    key = store.create(NAME)
    assert len(key) == LENGTH
    assert store.get(NAME) == key
    assert store.create("8-a") != key
    assert set(store.list()) == {NAME, "8-a"}
    assert abs((store.list()[NAME] - clock.now()).total_seconds()) < 60
    store.destroy(NAME)
    store.destroy(NAME)
    assert store.get(NAME) is None
    assert set(store.list()) == {"8-a"}


def test_a_name_is_used_once(store: KeyStore) -> None:
    key = store.create(NAME)
    with pytest.raises(KeysAway):
        store.create(NAME)
    assert store.get(NAME) == key


def test_files_are_private_and_overwritten_before_they_go(tmp_path: Path) -> None:
    store = RunDirectory(tmp_path / "run")
    store.create(NAME)
    file = tmp_path / "run" / NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    (tmp_path / "kept").hardlink_to(file)
    store.destroy(NAME)
    assert (tmp_path / "kept").read_bytes() == bytes(LENGTH)


def test_a_directory_that_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").touch()
    for name in ("open", "link", "file"):
        with pytest.raises(BadSetting, match="RUN_DIR"):
            RunDirectory(tmp_path / name)


def test_a_key_that_cannot_be_read_is_not_lost(tmp_path: Path) -> None:
    store = RunDirectory(tmp_path / "run")
    (tmp_path / "run" / NAME).mkdir()
    with pytest.raises(KeysAway):
        store.get(NAME)
    with pytest.raises(KeysAway):
        store.destroy(NAME)
    (tmp_path / "run" / "9-cut").write_bytes(b"short")
    assert store.get("9-cut") is None  # not a whole key: nothing opens with it


def test_no_name_leads_out_of_the_directory(tmp_path: Path) -> None:
    store = RunDirectory(tmp_path / "run")
    for name in ("../secret", "", "a/b", "A"):
        with pytest.raises(ValueError, match="no name"):
            store.get(name)


def test_a_key_outlives_the_process_that_made_it(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from consultazione.keys.run_directory import RunDirectory\n"
        f"print(RunDirectory(Path(sys.argv[1])).create('{NAME}').hex(), flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "run")]
    killed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == -9
    kept = RunDirectory(tmp_path / "run").get(NAME)
    assert kept is not None
    assert kept.hex() == killed.stdout.strip()


def test_a_service_that_writes_to_a_disk_is_refused(valkey_url: str) -> None:
    with pytest.raises(BadSetting, match="--appendonly no"):
        KeyService(valkey_url)


def test_a_service_that_does_not_answer_is_away_and_refused_at_the_start(
    service_url: str, tmp_path: Path
) -> None:
    store = KeyService(service_url)
    store._redis = Redis.from_url(f"unix://{tmp_path}/nothing")
    for ask in (lambda: store.get(NAME), lambda: store.create(NAME), store.list):
        with pytest.raises(KeysAway):
            ask()
    with pytest.raises(BadSetting, match="does not answer"):
        KeyService(f"unix://{tmp_path}/nothing")
    with pytest.raises(BadSetting, match="POLL_KEYS_URL"):
        KeyService("postgres://not-a-redis")


def test_the_settings_choose_the_store(
    settings: Settings, service_url: str, tmp_path: Path
) -> None:
    assert isinstance(open_key_store(settings), RunDirectory)
    served = replace(settings, poll_keys_url=service_url)
    assert isinstance(open_key_store(served), KeyService)
    assert not is_lasting(served)
    on_disk = replace(settings, run_dir=tmp_path / "run")
    assert is_lasting(on_disk) is (not RunDirectory(tmp_path / "run").is_in_memory)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="this machine has no tmpfs there")
def test_memory_is_told_from_a_disk() -> None:
    place = Path("/dev/shm") / f"consultazione-test-{os.getpid()}"
    try:
        assert RunDirectory(place).is_in_memory
    finally:
        place.rmdir()


def test_a_process_without_a_store_never_takes_a_key_for_lost() -> None:
    with pytest.raises(KeysAway):
        NoKeys().get(NAME)
