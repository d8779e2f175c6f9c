"""What the content policy asks of the pages' sources: nothing inline, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from consultazione.config import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_FILES = [path for path in sorted((ROOT / "static").rglob("*")) if "vendor" not in path.parts]
STYLES = [path for path in OWN_FILES if path.suffix == ".css"]
SCRIPTS = [path for path in OWN_FILES if path.suffix in {".js", ".mjs"}]
# Where a browser fetches something, or sends it, without being asked by a click.
FETCHED = {
    "script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href",
    "video": "src", "audio": "src", "object": "data", "embed": "src", "form": "action",
}  # fmt: skip
_JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
_ELSEWHERE = re.compile(r"^\s*([a-z]+:)?//", re.IGNORECASE)


class Faults(HTMLParser):
    """Collects what a strict policy would block in one template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge one tag with its attributes."""
        given = dict(attrs)
        line, _ = self.getpos()
        self.found += [f"{line}: {fault}" for fault in _faults(tag, given)]


def _faults(tag: str, given: dict[str, str | None]) -> Iterator[str]:
    if tag == "script" and "src" not in given and given.get("type") != "application/json":
        yield "a script that stands in the page"
    if tag == "style" or "style" in given:
        yield "a style that stands in the page"
    yield from (f"{name}= is a script" for name in given if name.startswith("on"))
    if _ELSEWHERE.match(given.get(FETCHED.get(tag, "")) or ""):
        yield f"<{tag}> asks another host"
    if (given.get("href") or "").strip().lower().startswith("javascript:"):
        yield "a link that is a script"


def faults_of(text: str) -> list[str]:
    """What is wrong with a template's text; Jinja's own marks are left out, lines kept."""
    parser = Faults()
    parser.feed(_JINJA.sub(_in_place_of, text))
    return parser.found


def _in_place_of(mark: re.Match[str]) -> str:
    """A letter for a value, a blank for a statement or a comment."""
    return ("x" if mark[0].startswith("{{") else " ") + "\n" * mark[0].count("\n")


# Buttons of addresses whose names say that they take something away for good.
_TAKES_AWAY = re.compile(
    r"action_button\(url_for\(\"\w+\.(?:remove|drop|erase|lift|take_\w+_out).*?}}", re.DOTALL
)


def test_what_takes_something_away_asks_first() -> None:
    buttons = [found for path in TEMPLATES for found in _TAKES_AWAY.findall(path.read_text())]
    assert len(buttons) > 10
    assert [button for button in buttons if "confirm=" not in button] == []


# Words, or what stands among them, and more of the kind on the next line, each in an `if`: Jinja
# takes both the end of the line and the blanks before the tag away.
_RUN_TOGETHER = re.compile(
    r"(?:[\w.:;,!?]|}}|</(?:a|span|strong)>){% endif %}\n *"
    r"{% if [^%]*%}(?:<a|<span|<strong|{{ ?_\()"
)


def test_words_do_not_run_together() -> None:
    assert _RUN_TOGETHER.search(
        "<p>{% if a %}One.{% endif %}\n  {% if b %}<a>Two</a>{% endif %}</p>"
    )
    found = {str(path): _RUN_TOGETHER.findall(path.read_text()) for path in TEMPLATES}
    assert {path: places for path, places in found.items() if places} == {}


def test_there_are_pages_styles_and_scripts_to_judge() -> None:
    assert TEMPLATES
    assert STYLES
    assert SCRIPTS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_stands_inline_or_comes_from_elsewhere(path: Path) -> None:
    assert faults_of(path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<script type='module'>go()</script>",
        "<script src='//cdn.example/a.js'></script>",
        "<p style='color: red'>",
        "<p {% if x %}style='color: red'{% endif %}>",
        "<style>p {}</style>",
        "<button onclick='go()'>",
        "<img src='https://example.org/a.png'>",
        "<a href='javascript:go()'>",
    ],
)
def test_a_fault_is_found(text: str) -> None:
    assert faults_of(text)


def test_data_and_own_files_are_no_faults() -> None:
    assert not faults_of("<script type='application/json'>{}</script>")
    assert not faults_of("<script src='{{ asset('js/boot.js') }}'></script>")
    assert not faults_of("<a href='https://example.org/'>elsewhere, if the reader likes</a>")


def test_styles_name_no_other_host() -> None:
    wrong = re.compile(r"(@import|url\()\s*[\"']?\s*([a-z]+:)?//", re.IGNORECASE)
    assert [str(path) for path in STYLES if wrong.search(path.read_text())] == []


def test_scripts_name_no_other_host() -> None:
    wrong = re.compile(r"[\"'`](https?:|wss?:)?//(?!www\.w3\.org/)")
    assert [str(path) for path in SCRIPTS if wrong.search(path.read_text())] == []


def test_scripts_write_no_inline_style_or_handler() -> None:
    """Templates of lit stand in scripts; `@click` and classes do what the policy allows."""
    wrong = re.compile(
        r"<[^>]*\s(style|on[a-z]+)=|setAttribute\(\s*[\"']style|\.innerHTML\b|eval\("
    )
    assert [str(path) for path in SCRIPTS if wrong.search(path.read_text())] == []
