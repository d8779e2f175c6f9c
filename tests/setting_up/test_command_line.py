"""What is done on the machine itself: the link of the first start, an administrator, a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consultazione.config import ROOT, Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.permissions import Permission, may
from consultazione.importing.export import cli as export_cli
from consultazione.importing.main import load
from consultazione.people.cli import roles as cli_roles
from consultazione.setup import cli_setup_link
from consultazione.setup.first_start import find_setup_link
from consultazione.setup.models import SetupLink
from tests.support.factories import Factory

DEMO = (ROOT / "demo" / "reno-lavino-samoggia.yaml").read_text(encoding="utf-8")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, database: Database, settings: Settings) -> Settings:
    """The settings of programs that find the test's database."""
    for program in (cli_setup_link, cli_roles, export_cli):
        monkeypatch.setattr(program, "open_database", lambda *_args, **_kwargs: database)
    return settings


def test_the_link_is_printed_while_it_is_needed(
    here: Settings, make: Factory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli_setup_link.main(here, True) == 0
    printed = capsys.readouterr().out.strip()
    secret = printed.removeprefix(f"{here.public_url}/primo-avvio?chiave=")
    with make.database.transaction(SYSTEM) as tx:
        assert find_setup_link(tx.session, secret, now=tx.now).id == 1
        tx.session.delete(tx.session.get_one(SetupLink, 1))
    assert make.zone.id
    assert cli_setup_link.main(here, True) == 0
    assert capsys.readouterr().out == ""
    assert cli_setup_link.main(here, False) == 0
    assert "/primo-avvio" in capsys.readouterr().out


def test_somebody_with_an_account_is_appointed(
    here: Settings, make: Factory, capsys: pytest.CaptureFixture[str]
) -> None:
    person = make.person()
    assert cli_roles.main(here, person.email or "", "installer") == 0
    assert may(make.actor(person), Permission.BEGIN_DRAFT)
    assert cli_roles.main(here, person.email or "", "installer") == 1
    assert cli_roles.main(here, "nobody@example.org", "installer") == 1
    assert "this installation" in capsys.readouterr().out


def test_a_zone_is_printed_as_a_file(
    here: Settings, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(database, DEMO, tmp_path)
    settings = replace(here, data_dir=tmp_path)
    assert export_cli.main(settings, "reno-lavino-samoggia") == 0
    assert "slug: reno-lavino-samoggia" in capsys.readouterr().out
    assert export_cli.main(settings, "nowhere") == 1
    assert "--zone nowhere" in capsys.readouterr().err
    assert export_cli.main(settings, "nowhere", "territory") == 1
    assert "--territory nowhere" in capsys.readouterr().err
