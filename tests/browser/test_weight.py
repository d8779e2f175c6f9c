"""What a first visit costs somebody on a telephone: bytes on the line, and requests."""

from __future__ import annotations

from playwright.sync_api import Page, Request

from tests.support.browser_person import HERE, Arrive

PAGES = (
    "", "percorso", "tavoli", "tavoli/poverta-e-vulnerabilita", "proposte", "calendario",
    "piano", "piano/capitoli/1", "programma", "registro", "documenti",
)  # fmt: skip
AROUND = ("/accedi", "/verifica", "/cerca?q=casa")
# Bytes on the line: 150 KB are three quarters of a second of 1.6 Mbit/s.
FIRST_VISIT, REQUESTS = 150_000, 20
# Texts of a document have a typeface of their own, in two weights of 25 KB.
WITH_TEXT = 180_000


class Line:
    """Counts what a page takes from the line, with the heads of the answers."""

    def __init__(self, page: Page) -> None:
        self.bytes, self.requests, self.most = 0, 0, FIRST_VISIT
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)
        page.on("request", self._note)

    def _count(self, finished: dict[str, float]) -> None:
        self.bytes += int(finished["encodedDataLength"])
        self.requests += 1

    def _note(self, request: Request) -> None:
        if "/lora/" in request.url:
            self.most = WITH_TEXT


def test_a_first_visit_is_light(arrive: Arrive) -> None:
    """Each page as whoever comes to it first, with nothing kept from another one."""
    costs = {}
    for path in (*(f"{HERE}/{name}" for name in PAGES), *AROUND):
        reader = arrive("somebody on a telephone", phone=True)
        line = Line(reader.page)
        answer = reader.page.goto(path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        costs[path] = (line.bytes, line.requests, line.most)
    print(*(f"{cost} {path}" for path, cost in costs.items()), sep="\n")
    heavy = {p: cost for p, cost in costs.items() if cost[0] > cost[2] or cost[1] > REQUESTS}
    assert heavy == {}
