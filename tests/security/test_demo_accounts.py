"""Accounts whose passwords everybody knows are not where others can reach them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from consultazione.cli import commands
from consultazione.config import ROOT, Settings, read_settings
from consultazione.embedded import demo_accounts
from consultazione.embedded.errors import CannotStart
from consultazione.importing.main import load
from consultazione.people.models import Person
from tests.support.factories import Factory
from tests.support.final_commits import final_commits

DEMO = (ROOT / "demo" / "reno-lavino-samoggia.yaml").read_text(encoding="utf-8")
PUBLIC = [
    {"HOST": "0.0.0.0"},
    {"HOST": "::"},
    {"HOST": "192.0.2.1"},
    {"PUBLIC_URL": "https://name.example"},
    {"PUBLIC_URL": "http://127.0.0.1.name.example"},
    {"PUBLIC_URL": "http://localhost.name.example"},
]
LOCAL = [
    {},
    {"HOST": "::1", "PUBLIC_URL": "http://[::1]:8000"},
    {"HOST": "127.0.0.2", "PUBLIC_URL": "http://localhost:8000"},
]


@pytest.mark.parametrize("env", PUBLIC)
def test_the_demo_does_not_start_where_others_reach_it(env: dict[str, str], tmp_path: Path) -> None:
    started = CliRunner().invoke(commands, ["up", "--demo"], env={**env, "DATA_DIR": str(tmp_path)})
    assert isinstance(started.exception, CannotStart)
    assert "--demo-on-public-address" in str(started.exception)
    assert list(tmp_path.iterdir()) == [], "nothing was begun"


@pytest.mark.parametrize("env", [*LOCAL, *({**e, "DEMO_ON_PUBLIC_ADDRESS": "yes"} for e in PUBLIC)])
def test_it_may_on_this_machine_or_when_asked_for(env: dict[str, str]) -> None:
    demo_accounts.refuse_demo(read_settings(env))


def test_a_demo_zone_is_loaded_and_kept_on_this_machine_only(
    engine: Engine, settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    local = replace(settings, database_url=postgres_url, data_dir=tmp_path)
    public = replace(local, public_url="https://name.example")
    with final_commits(engine) as database:
        with pytest.raises(CannotStart, match="keep to 127"):
            load(database, DEMO, tmp_path, public)
        with database.snapshot() as session:
            assert session.scalar(select(func.count()).select_from(Person)) == 0
        demo_accounts.refuse_those_there(public)
        load(database, DEMO, tmp_path, local)
        demo_accounts.refuse_those_there(local)
        with pytest.raises(CannotStart, match="--demo-on-public-address"):
            demo_accounts.refuse_those_there(public)
        demo_accounts.refuse_those_there(replace(public, demo_on_public_address=True))


def test_no_page_shows_the_password(client: FlaskClient, make: Factory) -> None:
    assert make.zone.id
    for page in ("/", "/accedi", "/registrati"):
        assert "dimostrazione" not in client.get(page).text
