"""The finished page in a real browser: it reads, loads nothing, and works by keyboard."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise

import pytest
from conftest import StudyFolder
from playwright.sync_api import Browser, Page, sync_playwright

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


@pytest.fixture
def page(browser: Browser, built: StudyFolder, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    opened.goto((built.reports / "evaluatierapport.html").as_uri())
    yield opened
    context.close()


def test_the_page_loads_nothing_and_complains_about_nothing(page: Page, complaints: list[str]) -> None:
    """No request leaves the page and the strict Content-Security-Policy blocks nothing of ours."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert complaints == []
    assert page.locator("html").get_attribute("lang") == "nl"


def test_every_link_in_the_contents_leads_to_its_chapter(page: Page) -> None:
    """Each entry of the contents points at an element on the page."""
    targets = page.eval_on_selector_all("nav a", "links => links.map(link => link.getAttribute('href'))")
    assert len(targets) == 50
    assert all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets)


def test_headings_descend_without_a_gap(page: Page) -> None:
    """A screen reader finds one h1, and no heading skips a level."""
    levels = [int(tag[1]) for tag in page.eval_on_selector_all("h1,h2,h3,h4,h5", "all => all.map(h => h.tagName)")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique(page: Page) -> None:
    """Drawings and chapters share one page, so no id may occur twice."""
    ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [360, 768, 1440])
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


def test_printing_puts_the_status_on_every_page(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The PDF of the page says concept and not to cite at the top of each page."""
    target = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    page.pdf(path=target, prefer_css_page_size=True)
    assert target.stat().st_size > 50_000
    assert "niet citeren" in page.evaluate(
        "[...document.styleSheets[0].cssRules].filter(r => r.constructor.name === 'CSSPageRule').map(r => r.cssText).join()"
    )
