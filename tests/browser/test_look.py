"""The dark look and colours that the system forces: everything can still be read and told apart."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser_person import HERE, Arrive, it

# One page of each shape that has colours of its own: tiles, forms, days, figures, a document.
SHAPES = ("", "tavoli/poverta-e-vulnerabilita", "proposte", "calendario", "programma", "riparto")
# The pages around the consultation, below the zone.
AROUND = (
    "contatti", "aiuto", "come-si-partecipa", "glossario", "note-legali", "privacy",
    "accessibilita", "incorpora",
)  # fmt: skip
ZONE = HERE.rpartition("/")[0]
_DARK = "getComputedStyle(document.body).backgroundColor === 'rgb(20, 29, 39)'"


def test_the_dark_look_has_contrast_and_is_kept(arrive: Arrive) -> None:
    """As the device prefers; then as the reader chooses, on the next page from the beginning."""
    reader = arrive("reader", phone=True)
    reader.page.emulate_media(color_scheme="dark")
    for path in SHAPES:
        reader.visit(f"{HERE}/{path}")
        assert reader.page.evaluate(_DARK), path
    reader.visit("/accedi")
    look = reader.page.get_by_role("group", name=it("Look of the pages"))
    look.get_by_role("button", name=it("Light"), exact=True).click()
    assert not reader.page.evaluate(_DARK)
    reader.visit("/accedi")
    assert not reader.page.evaluate(_DARK)
    chosen = look.get_by_role("button", name=it("Light"), exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")


def test_six_steps_lead_from_home_to_the_form_of_a_proposal(arrive: Arrive) -> None:
    """Whoever has never seen the site finds how to take part, by keyboard, on a telephone."""
    reader = arrive("newcomer", phone=True)
    for path in AROUND:
        reader.visit(f"{ZONE}/{path}")
    reader.visit(f"{HERE}/")
    reader.by_keyboard(it("How to take part"))
    expect(reader.page.locator("main .steps > li")).to_have_count(6)
    reader.by_keyboard(it("Write your proposal"))
    expect(reader.page).to_have_url(f"{reader.url}/accedi?next={HERE}/proposte/nuova")


def test_without_scripts_the_device_says(arrive: Arrive) -> None:
    """There is no switch, and the style sheet follows the device."""
    reader = arrive("reader without scripts", scripts=False)
    reader.page.emulate_media(color_scheme="dark")
    reader.visit(f"{HERE}/proposte")
    expect(reader.page.locator("[data-look]")).to_be_hidden()
    background = reader.page.locator("body")
    expect(background).to_have_css("background-color", "rgb(20, 29, 39)")


def test_forced_colours_leave_bars_and_the_menu_visible(arrive: Arrive) -> None:
    """What is said by colour alone has a line as well."""
    reader = arrive("reader")
    reader.page.emulate_media(forced_colors="active")
    reader.visit(f"{HERE}/proposte")
    expect(reader.page.locator(".navbar-nav [aria-current]")).to_have_css("outline-style", "solid")
    border = """document.querySelector("main").appendChild(document.createElement("progress")),
        getComputedStyle(document.querySelector("progress")).borderTopStyle"""
    assert reader.page.evaluate(f"({border})") == "solid"
    expect(reader.page.locator("main .state").first).to_have_css("border-top-style", "solid")
