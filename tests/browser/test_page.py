"""The finished page in a real browser: it reads, loads nothing, and works by keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import StudyFolder
from playwright.sync_api import Browser, Locator, Page, sync_playwright

WCAG = {"runOnly": [f"wcag{level}" for level in ("2a", "2aa", "21a", "21aa", "22aa")], "resultTypes": ["violations"]}
TAB_STOPS = "a[href], button, summary, [tabindex='0']"
THIN = """() => ["[popover]", "#resultaten tbody tr"].forEach(alike =>
    document.querySelectorAll(alike).forEach((one, n) => { if (n % 20) one.remove(); }))"""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the tests are skipped aloud, but in CI that is a failure."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("geen chromium of google-chrome gevonden; .ci/run hoort het te installeren")
        pytest.skip("geen chromium of google-chrome op deze machine; installeer het om de pagina te toetsen")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about or asked for from outside while a test ran."""
    return []


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """What the browser complained about or asked for from outside since it opened the whole report."""
    return []


@pytest.fixture(scope="module")
def opened_once(browser: Browser, built: StudyFolder, heard: list[str]) -> Iterator[Page]:
    """The whole report, opened once: that takes seconds. Tests take it from ``page``."""
    for opened in open_report(browser, built, heard):
        opened.eval_on_selector_all("details[open]", "all => all.forEach(one => { one.dataset.wasOpen = ''; })")
        yield opened


@pytest.fixture
def page(opened_once: Page) -> Page:
    """The whole report as it is when just opened: for tests that read, scroll, resize or open a table."""
    opened_once.set_viewport_size({"width": 1280, "height": 900})
    opened_once.evaluate(
        """() => {
            document.querySelectorAll("details").forEach(one => { one.open = one.hasAttribute("data-was-open"); });
            document.activeElement.blur();
            window.scrollTo(0, 0);
        }"""
    )
    return opened_once


@pytest.fixture
def few_chapters(browser: Browser, little: StudyFolder, complaints: list[str]) -> Iterator[Page]:
    yield from open_report(browser, little, complaints)


def open_report(browser: Browser, study: StudyFolder, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    opened.goto((study.reports / "evaluatierapport.html").as_uri())
    yield opened
    context.close()


def test_the_page_loads_nothing_and_complains_about_nothing(page: Page, heard: list[str]) -> None:
    """No request leaves the page and the strict Content-Security-Policy blocks nothing of ours."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert heard == []
    assert page.locator("html").get_attribute("lang") == "nl"


def test_every_link_in_the_contents_leads_to_its_chapter(page: Page) -> None:
    """Each entry of the contents points at an element on the page."""
    targets = page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href'))")
    assert len(targets) == 54  # the chapters, the table of results, the lists of figures and tables, the colophon
    counts = page.evaluate(
        """ids => ids.map(id => document.querySelectorAll(`[id="${id}"]`).length)""", [target[1:] for target in targets]
    )
    assert counts == [1] * len(targets)


def test_headings_descend_without_a_gap(page: Page) -> None:
    """A screen reader finds one h1, and no heading skips a level."""
    levels = [int(tag[1]) for tag in page.eval_on_selector_all("h1,h2,h3,h4,h5", "all => all.map(h => h.tagName)")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique(page: Page) -> None:
    """Drawings and chapters share one page, so no id may occur twice."""
    ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_page_never_scrolls_sideways(page: Page, width: int) -> None:
    """On a phone wide tables and drawings scroll by themselves, not the page."""
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_shows_its_table_by_keyboard(page: Page) -> None:
    """The table twin of a figure opens with Enter."""
    summary = page.locator("#figuur-meting-1-daadkracht summary")
    table = page.locator("#figuur-meting-1-daadkracht details table")
    assert not table.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == 4


def test_a_drawing_has_a_text_that_says_the_finding(page: Page) -> None:
    """The accessible name of each drawing names the highest and the lowest share."""
    drawing = page.get_by_role("img", name="Het vaakst eens: Medewerkers doen wat nodig is (92%, 24 van 26)")
    assert drawing.count() == 1
    assert page.get_by_role("img").count() == 5  # four themes and the timeline of the labs


def test_printing_puts_the_status_on_every_page(few_chapters: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The PDF of the page says concept and not to cite at the top of each page; of six chapters, by the same sheet."""
    target = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    few_chapters.pdf(path=target, prefer_css_page_size=True)
    assert target.stat().st_size > 50_000
    assert "niet citeren" in few_chapters.evaluate(
        "[...document.styleSheets[0].cssRules].filter(r => r.constructor.name === 'CSSPageRule').map(r => r.cssText).join()"
    )


@pytest.mark.parametrize(
    ("study", "scheme", "width"), [("built", "light", 1280), ("little", "dark", 1280), ("little", "light", 360)]
)
def test_axe_finds_no_fault(
    browser: Browser, request: pytest.FixtureRequest, study: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """By WCAG 2.2 A and AA: the whole report, and one of six chapters in the dark and on a phone.

    Contrast is by far the slowest rule, so the whole report goes without; ``test_palette.py`` holds its colours. Of its
    accounts and of the rows in its table of results, alike by the thousand, every twentieth stays; of the six chapters all.
    """
    folder: StudyFolder = request.getfixturevalue(study)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True, bypass_csp=True
    )
    opened = context.new_page()
    opened.goto((folder.reports / "evaluatierapport.html").as_uri())
    opened.eval_on_selector_all(
        "details", "all => all.forEach(one => { one.open = true; })"
    )  # axe skips what is closed
    if study == "built":
        opened.evaluate(THIN)
    rules = {"rules": {"color-contrast": {"enabled": study == "little"}}}
    found = Axe().run(opened, options=WCAG | rules).response["violations"]
    context.close()
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []


def test_every_link_on_the_page_leads_somewhere(page: Page) -> None:
    """References, notes, lists and the ways back all point at an element that exists."""
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []


def test_every_figure_has_a_table_and_can_be_saved(page: Page, built: StudyFolder) -> None:
    """Each figure has its table one click away; saving works under the strict policy and gives what is in figuren/."""
    figures = page.locator("figure.figuur")
    assert figures.count() == 6
    for figure in figures.all():
        assert figure.locator("details table tbody tr").count() > 0
    links = page.locator("figure.figuur a[download]")
    assert links.count() == 2 * 6 - 1  # the Outcome Map is a map of boxes, without a drawing
    with page.expect_download() as waiting:
        page.locator("a[download='figuur-meting-1-daadkracht.svg']").click()
    drawn = (built.reports / "figuren" / "figuur-meting-1-daadkracht.svg").read_text(encoding="utf-8")
    assert waiting.value.path().read_text(encoding="utf-8") == drawn.strip()


def test_the_contents_mark_the_chapter_in_view(page: Page) -> None:
    """Without a script the browser tells which chapter is read, and the sheet marks that one entry."""
    page.locator("#figuur-meting-1-daadkracht").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    marked = page.eval_on_selector_all("nav a:target-current", "all => all.map(link => link.getAttribute('href'))")
    assert marked == ["#" + str(page.locator("article:has(#figuur-meting-1-daadkracht)").get_attribute("id"))]


@pytest.mark.parametrize("width", [360, 1280])
def test_what_stands_alone_is_large_enough_to_touch(page: Page, width: int) -> None:
    """Links outside a sentence, and what opens, are at least 24 pixels high (WCAG 2.2, 2.5.8)."""
    page.set_viewport_size({"width": width, "height": 800})
    small = page.eval_on_selector_all(
        "nav a, summary, .afnemen a, .verder a, .lijst a",
        "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.textContent)",
    )
    assert small == []


def test_the_keyboard_reaches_everything_and_gets_out(few_chapters: Page) -> None:
    """Tab walks over each link, number, opener and scrolling box once, in the order of the page, and then leaves it."""
    expected = few_chapters.evaluate(
        f"""[...document.querySelectorAll("{TAB_STOPS}")].filter(e => e.checkVisibility({{visibilityProperty: true}}))
        .map((e, n) => e.dataset.stop = String(n))"""
    )
    few_chapters.evaluate(
        """() => {
            window.walked = [];
            document.addEventListener("focusin", event => window.walked.push(event.target.dataset.stop ?? "elders"));
        }"""
    )
    for _ in expected:
        few_chapters.keyboard.press("Tab")
    walked = few_chapters.evaluate("window.walked")
    few_chapters.keyboard.press("Tab")
    left = few_chapters.evaluate(
        "document.activeElement === document.body || document.activeElement.dataset.stop === '0'"
    )
    assert len(expected) > 50
    assert walked == expected
    assert left


SHARE = "meting-1.procesthermometer.draagvlak.werkdoelen.eens"


def button_of(page: Page, key: str) -> Locator:
    """Return the first button on the page with this number in sight."""
    return page.locator(f"button:has(> data[data-id='{key}'])").locator("visible=true").first


def test_every_number_is_a_button_that_opens_the_account_of_its_result(few_chapters: Page, little: StudyFolder) -> None:
    """Each number in text and tables names itself, and opens the account that speaks of its own id and value."""
    found = few_chapters.eval_on_selector_all(
        ":not(.alt) > data.cijfer",
        """all => all.map(data => {
            const button = data.parentElement, account = button.popoverTargetElement;
            return [data.dataset.id, data.value, data.textContent, button.textContent, account?.textContent ?? ""];
        })""",
    )
    results = little.results()
    assert found
    for key, value, shown, name, account in found:
        assert results[key]["value"] == value
        assert name == shown
        assert f"resultaten.csv, id {key}" in account
        assert account.startswith(f"{results[key]['shown']} {results[key]['label']}")


def test_a_number_opens_and_closes_by_keyboard(few_chapters: Page, complaints: list[str]) -> None:
    """Enter opens, the account can be reached with Tab, Escape and the button close it, and focus comes back."""
    few_chapters.locator("#figuur-meting-1-draagvlak summary").click()
    button = button_of(few_chapters, SHARE)
    account = few_chapters.get_by_role("dialog", name="Uitleg bij 73%")
    for close in ("Escape", "Enter"):
        button.focus()
        assert account.count() == 0
        few_chapters.keyboard.press("Enter")
        assert account.is_visible()
        assert "100 × 19 / 26 ≈ 73,08" in account.inner_text()  # 1900 / 26 is 73 and 2 / 26
        few_chapters.keyboard.press("Tab")
        assert few_chapters.evaluate("document.activeElement.closest('[popover]') !== null")
        if close == "Enter":
            account.get_by_role("button", name="Sluiten").focus()
        few_chapters.keyboard.press(close)
        assert account.count() == 0
        assert button.evaluate("button => button === document.activeElement")
    assert complaints == []


def test_a_screen_reader_hears_the_number_and_whether_its_account_is_open(few_chapters: Page) -> None:
    """The name of the button is the number; the browser itself tells that it expands something."""
    few_chapters.locator("#figuur-meting-1-draagvlak summary").click()
    button = button_of(few_chapters, SHARE)
    button.focus()
    assert spoken(few_chapters) == ("button", "73%", False)
    few_chapters.keyboard.press("Enter")
    assert spoken(few_chapters) == ("button", "73%", True)


def spoken(page: Page) -> tuple[str, str, bool]:
    """Return role, name and whether it is expanded, as the browser tells them of what has the focus."""
    client = page.context.new_cdp_session(page)
    focused = client.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    tree = client.send("Accessibility.getPartialAXTree", {"objectId": focused, "fetchRelatives": False})
    node = tree["nodes"][0]
    (expanded,) = (entry["value"]["value"] for entry in node["properties"] if entry["name"] == "expanded")
    return node["role"]["value"], node["name"]["value"], expanded


def test_an_account_leads_to_its_row_although_that_is_folded_away(few_chapters: Page) -> None:
    """The row opens up and takes the focus."""
    few_chapters.locator("#figuur-meting-1-draagvlak summary").click()
    button_of(few_chapters, SHARE).click()
    row = few_chapters.locator(f"[id='resultaat-{SHARE}']")
    assert not row.is_visible()
    few_chapters.get_by_role("dialog").get_by_role("link", name="Rij in de tabel van resultaten").click()
    assert row.is_visible()
    assert row.evaluate("row => row === document.activeElement")


@pytest.mark.parametrize("width", [360, 1440])
def test_an_account_fits_on_the_screen(few_chapters: Page, width: int) -> None:
    """Wherever its number stands, the whole account can be read; what does not fit, scrolls within it."""
    few_chapters.set_viewport_size({"width": width, "height": 720})
    button = button_of(few_chapters, "meting-1.procesthermometer.draagvlak.hoofddoel.eens")
    for place in ("start", "center", "end"):
        button.evaluate("(button, place) => button.scrollIntoView({block: place})", place)
        button.evaluate("button => button.click()")
        box = few_chapters.get_by_role("dialog").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 720
        few_chapters.keyboard.press("Escape")


def test_print_has_every_result_in_a_table_and_no_popover(few_chapters: Page, little: StudyFolder) -> None:
    """On paper nothing can be opened, so nothing is folded away."""
    few_chapters.emulate_media(media="print")
    rows = few_chapters.locator("#resultaten tbody tr")
    assert rows.count() == len(little.results())
    assert rows.last.is_visible()
    assert few_chapters.locator("[popover]").locator("visible=true").count() == 0


def test_a_notebook_page_opens_from_an_account_and_leads_back(few_chapters: Page, complaints: list[str]) -> None:
    """It shows the code that ran, loads nothing, fits on a phone, and its numbers lead to their rows."""
    few_chapters.set_viewport_size({"width": 360, "height": 800})
    button_of(few_chapters, "meting-1.procesthermometer.draagvlak.hoofddoel.eens").click()
    few_chapters.get_by_role("dialog").get_by_role("link", name="Uitgevoerd notebook").click()
    few_chapters.wait_for_url("**/notebooks/procesthermometer-meting-1-draagvlak.html")
    assert few_chapters.get_by_text('thema = "draagvlak"').count() == 1
    assert few_chapters.evaluate("document.documentElement.scrollWidth") <= 360
    ids = few_chapters.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))
    few_chapters.locator("a:has(> data)").first.click()
    few_chapters.wait_for_url("**/evaluatierapport.html#resultaat-*")
    assert few_chapters.locator("tr:target").is_visible()
    assert complaints == []
