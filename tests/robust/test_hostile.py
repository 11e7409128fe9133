"""Whatever stands in a label, title, table or answer: in the report it is text, and nothing runs."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, StudyFolder, new_small_study
from hostile import FORMULAS, MARK, PAYLOADS, new_study_to_poison, poison
from playwright.sync_api import Browser, sync_playwright

from nsoc_lib.characters import STEERING, UNSEEN
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.pipeline import run_pipeline
from nsoc_lib.sources.study import parse_yaml

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The small study with the corpus in every text, and its report."""
    study = new_study_to_poison(tmp_path_factory.mktemp("vijandig"))
    assert poison(study) > 300
    done = study.run()
    assert done.code == 0, done.err
    assert UNSEEN.search(done.out + done.err) is None
    return study


@pytest.fixture(scope="module")
def browser(browser_here: str) -> Iterator[Browser]:
    """A browser in which scripts would run."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=browser_here, args=FLAGS)
        yield found
        found.close()


def pages(study: StudyFolder) -> list[Path]:
    return [study.reports / "evaluatierapport.html", *sorted((study.reports / "notebooks").glob("*.html"))]


def test_the_corpus_reached_the_report(poisoned: StudyFolder) -> None:
    """Every payload stands on some page as text; else the other tests would show nothing."""
    text = "".join(path.read_text(encoding="utf-8") for path in pages(poisoned))
    for payload in PAYLOADS:
        start = re.split(r"[^ \w]", payload.strip('<"&*@'))[0].strip()
        assert start in text, payload
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("policy", ["met CSP", "zonder CSP"])
def test_nothing_runs_in_a_browser(poisoned: StudyFolder, browser: Browser, policy: str) -> None:
    """No dialog, request, complaint, script, handler, frame or link that is a program; escaping alone suffices."""
    for path in pages(poisoned)[:3]:  # the report has the text of every chapter; the other pages are of one template
        seen: list[str] = []
        context = browser.new_context(offline=True, bypass_csp=policy == "zonder CSP")
        page = context.new_page()
        page.on("dialog", lambda dialog, seen=seen: (seen.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message, seen=seen: seen.append(message.text))
        page.on("pageerror", lambda error, seen=seen: seen.append(str(error)))
        page.on("request", lambda r, seen=seen: None if r.url.startswith(("file:", "data:")) else seen.append(r.url))
        page.goto(path.as_uri())
        for box in page.locator("summary").all()[:5]:
            box.hover()
        assert seen == [], path.name
        assert page.title() != MARK, path.name
        strange = "script, iframe, object, embed, link, base, form, img:not([src^='data:']), meta[http-equiv=refresh]"
        assert page.locator(strange).count() == 0, path.name
        handlers = "all => all.flatMap(e => [...e.attributes]).filter(a => /^on/i.test(a.name)).length"
        assert page.eval_on_selector_all("*", handlers) == 0, path.name
        links = "all => all.filter(a => !/^(#|https?:|mailto:|[\\w.\\/-]+(#.*)?$)/.test(a.getAttribute('href'))).length"
        assert page.eval_on_selector_all("[href]:not(a[download][href^='data:'])", links) == 0, path.name
        assert page.locator("meta[http-equiv='Content-Security-Policy'][content*=\"default-src 'none'\"]").count() == 1
        context.close()


def test_no_published_file_holds_a_character_that_steers(poisoned: StudyFolder) -> None:
    """Pages, ledger, drawings and notebooks show a mark where a table had one; not as an escape in JSON or XML either."""
    for name, content in poisoned.files().items():
        if name.endswith((".html", ".csv", ".svg", ".ipynb")):
            text = content.decode("utf-8")
            assert STEERING.search(text) is None, name
            assert not re.search(r"\\u00[01]|\\u007f|\\u202|&#(x1b|27|x202e);", text), name
    assert "\ufffd" in poisoned.page


def test_no_cell_is_a_formula(poisoned: StudyFolder) -> None:
    """In the ledger no text starts as a formula, and in the workbook no cell is one."""
    with (poisoned.reports / "resultaten.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)] == []
    with zipfile.ZipFile(io.BytesIO((poisoned.reports / "resultaten.xlsx").read_bytes())) as workbook:
        assert b"<f>" not in workbook.read("xl/worksheets/sheet1.xml")


def test_no_template_was_filled_in(poisoned: StudyFolder) -> None:
    """Braces in a label are braces on the page: 7 times 191 is nowhere computed."""
    assert "{{ 7*191 }}" in poisoned.page.replace("&#123;", "{")
    assert "1337" not in re.sub(r'src="data:[^"]*"|<path[^>]*>|sha256[^"]*', "", poisoned.page)


def test_no_open_answer_is_in_the_report(poisoned: StudyFolder) -> None:
    """An answer in words stays in the data: only its code is counted."""
    for name, content in poisoned.files().items():
        assert b"lang lang lang" not in content, name
        assert not any(
            formula.encode() in content for formula in FORMULAS[3:] if name.endswith("respons-meting-1.html")
        )


@pytest.mark.parametrize(("character", "name"), [("\\x1b", "U+001B"), ("\\u202e", "U+202E"), ("\\u2066", "U+2066")])
def test_a_steering_character_in_a_description_is_refused(character: str, name: str) -> None:
    """A researcher wrote that text, and can write it again; the message does not repeat the character."""
    with pytest.raises(NsocError) as caught:
        parse_yaml(f'titel: "a{character}b"\n', "evaluatie.yml")
    assert str(caught.value) == (
        "Fout in evaluatie.yml, sleutel titel\n"
        f"  gevonden: een onzichtbaar stuurteken ({name})\n"
        "  verwacht: tekst die er staat zoals u haar leest\n"
        "  wat nu:   Typ de tekst opnieuw in plaats van haar te plakken."
    )


def test_a_message_never_steers_the_terminal() -> None:
    """What a message quotes from a file is shown with a mark in the place of escape codes."""
    error = NsocError("a\x1b]0;b\x07", found="\u202eomgekeerd", expected="c", remedy="d")
    assert UNSEEN.search(error.on_screen()) is None
    assert "<U+202E>omgekeerd" in error.on_screen()


@pytest.mark.parametrize("place", ["processed", "processed/meting-1", "processed/.stand", "processed/.stand/slot"])
def test_a_link_in_the_data_folder_is_refused(tmp_path: Path, place: str) -> None:
    """A study from outside may hold a link where the pipeline writes; nothing is written through it."""
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "bestand").write_bytes(b"van een ander")
    study = StudyFolder(tmp_path / "studie")
    (study.data / "processed").mkdir(parents=True)
    study.raw.symlink_to(ROOT / "data" / "raw")  # reading from elsewhere is allowed
    link = study.data / place
    if link.exists():
        link.rmdir()
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(elsewhere / "bestand" if place.endswith("slot") else elsewhere)
    with pytest.raises(NsocError, match="een verwijzing naar"):
        run_pipeline(Study(study.data, study.reports), "nsoc")
    assert [(path.name, path.read_bytes()) for path in elsewhere.iterdir()] == [("bestand", b"van een ander")]
    assert not study.reports.exists()


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("sleutel notebook", "notebook: respons", "notebook: ../../buiten"),
        ("sleutel parameters", "meting: meting-1", "meting: ../../buiten"),
    ],
)
def test_a_name_cannot_leave_the_folder(tmp_path: Path, key: str, old: str, new: str) -> None:
    """A notebook or meting is a name, not a road; the other files of a study are held to the same rule."""
    study = new_small_study(tmp_path / "studie")
    study.replace("evaluatie.yml", old, new)
    with pytest.raises(NsocError, match="zonder spaties of schuine streep") as caught:
        run_pipeline(Study(study.data, study.reports), "nsoc")
    assert key in caught.value.where
