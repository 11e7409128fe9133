"""Pictures of the report on a screen, for a README or slides.

A picture of a place halfway, or of a detail that was opened, asks for a browser that can be
driven. Playwright does that; it comes with the tests, and no report needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.browser import find_browser, flags
from nsoc_lib.publish.files import write_whole
from nsoc_lib.publish.placement import find_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = "schermbeelden"
WIDE, PHONE = (1280, 860), (390, 844)
MARGIN = 70  # pixels above what is shown, so that the bar with the status covers nothing of it
DETAILS = "[popovertarget]"


@dataclass(frozen=True)
class Picture:
    """One picture: which element comes to the top of a screen of this size. Empty: the top of the page.

    ``opens`` presses the element, a number, so that its details show.
    """

    name: str
    element: str = ""
    size: tuple[int, int] = WIDE
    dark: bool = False
    opens: bool = False


PICTURES = (
    Picture("titelblad"),
    Picture("figuur", "figure.figuur:has(svg .cijfer)"),
    Picture("outcome-map", ".kaart"),
    Picture("cijfer", DETAILS, opens=True),
    Picture("telefoon", "figure.tabel", PHONE),
    Picture("donker", "figure.figuur:has(svg .cijfer)", dark=True),
)


def take_screenshots(reports: Path) -> list[Path]:
    """Write a picture of each main place of the report; return the files. A place it does not have is left out.

    Raises NsocError when there is no report, no browser or no playwright.
    """
    report = find_report(reports)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NsocError(
            "deze omgeving",
            found="geen playwright",
            expected="het pakket playwright, dat bij de tests hoort",
            remedy="Gebruik de omgeving die make zelf maakt (laat PYTHON= weg), of installeer playwright.",
        ) from error
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags())
        taken = [(picture, _take(browser, report, picture)) for picture in PICTURES]
        browser.close()
    made = []
    for picture, content in taken:
        path = reports / FOLDER / f"{picture.name}.png"
        if content is None:
            path.unlink(missing_ok=True)
            continue
        write_whole(path, content)
        made.append(path)
    return made


def _take(browser: Browser, report: Path, picture: Picture) -> bytes | None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        offline=True,
    )
    page = context.new_page()
    page.goto(report.resolve().as_uri())
    content = page.screenshot() if _go(page, picture) else None
    context.close()
    return content


def _go(page: Page, picture: Picture) -> bool:
    """Bring the element to the top of the screen and open it; False when the page has none."""
    if not picture.element:
        return True
    found = page.locator(f"{picture.element}:visible")
    if found.count() == 0:
        return False
    found.first.evaluate(f"e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - {MARGIN})")
    if picture.opens:
        found.first.click()
    return True
