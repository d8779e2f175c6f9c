"""What set-up makes of styles and scripts: sent compressed and for good, and short of nothing."""

from __future__ import annotations

import json
import os
import re
from itertools import chain
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from consultazione.config import ROOT
from consultazione.web.assets.built import BUILT, STATIC, built_from, path_of, styles_of

FULL = STATIC / "vendor" / "bootstrap-italia" / "bootstrap-italia.min.css"
TEMPLATES = ROOT / "templates"
# The classes of an element, and one of which a template or a script composes the end.
GIVEN = re.compile(r"""class=(?:"([^"]*)|\$\{`([^`]*))""")
COMPOSED = re.compile(r"(?<![\w-])([a-z]+(?:-[a-z]+)*-)(?:\{\{|\$\{|['\"] ~)")


def classes(style: str) -> set[str]:
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", style))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Sources of which something was built after their last change."""
    static, templates = tmp_path / "static", tmp_path / "templates"
    for path, content in {
        static / "css" / "site.css": "",
        static / BUILT / "manifest.json": json.dumps({"css/site.css": "css/site-1.css"}),
        templates / "page.html": "",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        os.utime(path, (1_000, 2_000 if "vendor" in path.parts else 1_000))
    return static, templates


def test_pages_load_what_was_built(folders: tuple[Path, Path]) -> None:
    assert built_from(*folders) == {"css/site.css": f"{BUILT}/css/site-1.css"}


@pytest.mark.parametrize("changed", ["static/css/site.css", "templates/page.html"])
def test_pages_load_sources_that_are_newer(folders: tuple[Path, Path], changed: str) -> None:
    os.utime(folders[0].parent / changed, (3_000, 3_000))
    assert built_from(*folders) == {}


def test_pages_load_sources_where_nothing_was_built(folders: tuple[Path, Path]) -> None:
    (folders[0] / BUILT / "manifest.json").unlink()
    assert built_from(*folders) == {}


@pytest.mark.parametrize(
    ("accepted", "form"), [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0", None), ("", None)]
)
def test_a_built_file_is_sent_as_the_browser_takes_it(
    client: FlaskClient, accepted: str, form: str | None
) -> None:
    sent = client.get(f"/static/{built('css/site.css')}", headers={"Accept-Encoding": accepted})
    assert sent.headers.get("Content-Encoding") == form
    assert sent.mimetype == "text/css"
    assert sent.headers["Vary"] == "Accept-Encoding"
    assert sent.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    sent.close()


def test_a_source_is_asked_for_each_time(client: FlaskClient) -> None:
    with client.get("/static/js/boot.js") as sent:
        assert (sent.status_code, sent.headers["Cache-Control"]) == (200, "no-cache")
    with client.get("/static/js/none.js") as missing:
        assert missing.status_code == 404


def test_the_reduced_style_holds_every_composed_class() -> None:
    sources = chain(TEMPLATES.rglob("*.html"), STATIC.glob("[!v]*/**/*.js"))
    given = " ".join(
        " ".join(found) for path in sources for found in GIVEN.findall(path.read_text())
    )
    begun = set(COMPOSED.findall(given))
    whole = {name for name in classes(FULL.read_text()) if name.startswith(tuple(begun))}
    assert {"btn-primary", "alert-warning", "icon-sm"} <= whole
    beside = {"alert-modal", "btn-block", "icon-options-li"}  # only with classes that no page has
    assert whole - classes((STATIC / built("css/site.css")).read_text()) == beside


def test_no_icon_that_is_named_is_left_out() -> None:
    source = "vendor/bootstrap-italia/sprites.svg"
    named = set(
        re.findall(r"\bit-[\w-]+", "".join(path.read_text() for path in TEMPLATES.rglob("*.html")))
    )
    all_icons = icons(STATIC / source)
    assert named & all_icons == icons(STATIC / built(source)) != all_icons


def icons(path: Path) -> set[str]:
    return set(re.findall(r'<symbol[^>]* id="([^"]+)"', path.read_text()))


def built(source: str) -> str:
    """The path of what was built from a source, also while a source is newer."""
    manifest: dict[str, str] = json.loads((STATIC / BUILT / "manifest.json").read_text())
    return f"{BUILT}/{manifest[source]}"


def test_a_page_names_what_was_built_or_all_that_it_was_built_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consultazione.web.assets.built._built", lambda: {"css/site.css": "a.css"})
    assert (path_of("css/site.css"), styles_of("css/site.css")) == ("a.css", ["a.css"])
    monkeypatch.setattr("consultazione.web.assets.built._built", dict)
    assert path_of("js/boot.js") == "js/boot.js"
    assert styles_of("css/site.css")[:2] == ["css/fonts.css", FULL.relative_to(STATIC).as_posix()]
