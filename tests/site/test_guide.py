"""How to take part, the glossary, and what programs read of the site."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from flask.testing import FlaskClient

from consultazione.core.actor import Role
from consultazione.proposals.commands.hiding import hide_proposal
from consultazione.site.guide.terms import TERMS
from consultazione.sittings.lifecycle.commands.rehearsals import start_rehearsal
from tests.support.factories import Factory

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
A_LINE = 120


class _Steps(HTMLParser):
    """The words of each paragraph of a page's main part."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._in = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._in = self._in or tag == "main"
        if self._in and tag in {"p", "li", "dd"}:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._in and self.lines:
            self.lines[-1] += data


def test_six_steps_and_no_help_longer_than_a_line(client: FlaskClient, make: Factory) -> None:
    for address in ("come-si-partecipa", "glossario", "aiuto"):
        page = client.get(f"{make.at}/{address}").text
        main = page.partition('<section class="page-foot"')[0]
        reader = _Steps()
        reader.feed(main)
        assert [line for line in reader.lines if len(" ".join(line.split())) > A_LINE] == []
    steps = client.get(f"{make.at}/come-si-partecipa").text
    assert steps.partition('class="steps"')[2].partition("</ol>")[0].count("<li>") == 6
    assert f"{make.at}/come-si-partecipa" in client.get(f"{make.here}/").text


def test_every_term_has_its_meaning(client: FlaskClient, make: Factory) -> None:
    page = client.get(f"{make.at}/glossario").text
    terms = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert len(terms) == len(TERMS)
    names = [name.casefold() for name, _meaning in terms]
    assert names == sorted(names)
    assert [meaning for _name, meaning in terms if not meaning.endswith(".")] == []


def test_robots_leave_out_accounts_and_find_the_sitemap(client: FlaskClient, make: Factory) -> None:
    assert make.zone
    text = client.get("/robots.txt").text
    assert "Disallow: /profilo\n" in text
    (sitemap,) = re.findall(r"^Sitemap: (.+)$", text, re.MULTILINE)
    index = ElementTree.fromstring(client.get(sitemap).text)
    assert [one.text for one in index.iter(f"{SITEMAP}loc")] == [
        f"http://localhost{make.at}/sitemap.xml"
    ]


def test_the_sitemap_has_public_pages_that_are_there(client: FlaskClient, make: Factory) -> None:
    proposal, sitting = make.proposal(), make.sitting()
    draft, hidden = make.minutes(), make.proposal()
    facilitator = make.holder(Role.FACILITATOR)
    with make.database.transaction(facilitator) as tx:
        rehearsal = start_rehearsal(tx, sitting_id=sitting.id)
    with make.database.transaction(facilitator) as tx:
        hide_proposal(tx, proposal_id=hidden.id, reason="Offende.")
    found = ElementTree.fromstring(client.get(f"{make.at}/sitemap.xml").text)
    paths = [
        (one.text or "").removeprefix("http://localhost") for one in found.iter(f"{SITEMAP}loc")
    ]
    assert {f"/proposte/{proposal.id}", f"/sedute/{sitting.id}"} <= set(paths)
    kept = {f"/sedute/{rehearsal.id}", f"/verbali/{draft.id}", f"/proposte/{hidden.id}"}
    assert not kept & set(paths)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_a_page_says_what_it_is_to_programs(client: FlaskClient, make: Factory) -> None:
    proposal = make.proposal(title="Una <panca> al parco")
    page = client.get(f"/proposte/{proposal.id}").text
    given = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="(.*?)">', page))
    assert given["og:title"] == "Una &lt;panca&gt; al parco"
    assert given["description"]
    with client.get(given["og:image"].removeprefix("http://localhost")) as picture:
        assert picture.mimetype == "image/png"
    assert client.get("/favicon.ico").mimetype == "image/png"
