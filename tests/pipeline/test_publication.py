"""What is made of a finished report: a PDF, a package for an archive, pictures."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator

import lxml.html
import pikepdf
import pytest
from conftest import Run, StudyFolder, run_forked

PACKAGE, PDF = "deposit.zip", "evaluatierapport.pdf"
METADATA = "ro-crate-metadata.json"


def command(study: StudyFolder, name: str) -> Run:
    """Run one command of the command line on a study, as make does."""
    folders = ["--reports", str(study.reports), *(["--data", str(study.data)] if name in {"package", "pdf"} else [])]
    return run_forked([name, *folders])


@pytest.fixture(scope="module")
def printed(browser_here: str, little: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The study of six chapters with its PDF."""
    study = little.copy_to(tmp_path_factory.mktemp("gedrukt"))
    done = command(study, "pdf")
    assert done.code == 0, done.err
    return study


@pytest.fixture(scope="module")
def packed(little: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> StudyFolder:
    """The study of six chapters with its package; files with answers lay about in its folders when it was made."""
    study = little.copy_to(tmp_path_factory.mktemp("verpakt"))
    for stray in ("antwoorden.csv", "figuren/figuur-antwoorden.csv", "notebooks/antwoorden.ipynb", ".kladje.csv"):
        shutil.copy(study.export, study.reports / stray)
    done = command(study, "package")
    assert done.code == 0, done.err
    return study


def entries(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Return every entry of a zip, and of a zip within it (a spreadsheet is one)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inside = archive.read(name)
            yield name, inside
            if zipfile.is_zipfile(io.BytesIO(inside)):
                yield from ((f"{name}/{deeper}", found) for deeper, found in entries(inside))


def crate(study: StudyFolder) -> dict[str, dict]:
    told = json.loads(dict(entries((study.reports / PACKAGE).read_bytes()))[METADATA])
    return {entity["@id"]: entity for entity in told["@graph"]}


def test_the_package_describes_exactly_what_is_in_it(packed: StudyFolder) -> None:
    """Each file is described, with its size and checksum; nothing else is in the zip."""
    with zipfile.ZipFile(packed.reports / PACKAGE) as archive:
        names = archive.namelist()
        assert names[0] == METADATA
        told = crate(packed)
        assert [part["@id"] for part in told["./"]["hasPart"]] == names[1:] == sorted(names[1:])
        for name in names[1:]:
            content = archive.read(name)
            assert told[name]["contentSize"] == str(len(content))
            assert told[name]["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_package_holds_what_a_reader_needs_to_check_the_report(packed: StudyFolder) -> None:
    """Report, numbers, notebooks, codebook as text and as table, expectations with outcomes, receipt and licence."""
    names = set(crate(packed))
    assert names >= {
        "evaluatierapport.html", "resultaten.csv", "resultaten.xlsx", "evaluatie.yml", "LICENSE", "requirements.lock",
        "notebooks/respons-meting-1.ipynb", "figuren/figuur-meting-1-draagkracht.svg",
        "figuren/figuur-meting-1-draagkracht.png", "metingen/meting-1/meting.yml", "metingen/meting-1/codeboek.yml",
        "metingen/meting-1/codeboek.csv", "metingen/meting-1/opschoning.json",
        "metingen/meting-1/toetsing/procesthermometer.json", "verwachtingen/procesthermometer.json",
    }  # fmt: skip
    root = crate(packed)["./"]
    assert root["datePublished"] == "2026-11-22"
    assert "zit niemand" in root["description"]
    packed_files = dict(entries((packed.reports / PACKAGE).read_bytes()))
    assert "groep,,3,Teammanagers,antwoord\n" in packed_files["metingen/meting-1/codeboek.csv"].decode()
    (receipt,) = json.loads(packed_files["metingen/meting-1/opschoning.json"])["ontvangst"]
    assert (receipt["rijen"], receipt["behouden"], "vragen" in receipt) == (28, 28, False)


def test_no_answer_of_anybody_is_in_the_package(packed: StudyFolder) -> None:
    """No response id, pseudonym, address, name, answer in words or row of answers stands in any entry."""
    with packed.export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header, people = rows[0], rows[3:]
    private = [header.index(name) for name in ("ResponseId", "RecipientEmail", "IPAddress", "Q5")]
    secrets = {row[column] for row in people for column in private} - {""}
    first = header.index("Q1_1")
    secrets |= {",".join(row[first : first + 11]) for row in people}
    assert len(secrets) > 4 * 23
    found = list(entries((packed.reports / PACKAGE).read_bytes()))
    assert any(name.startswith("resultaten.xlsx/") for name, _ in found)
    for name, content in found:
        assert not [secret for secret in secrets if secret.encode() in content], name
        assert not re.search(rb"\brij \d+, kolom", content), name
        assert str(packed.root).encode() not in content, name


@pytest.mark.parametrize("changed", ["meting-1/procesthermometer.csv", "evaluatie.yml"])
def test_a_report_of_other_data_is_not_packed(own: StudyFolder, changed: str) -> None:
    """Data that changed after the report was made would be described as what it rests on."""
    with (own.raw / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    done = command(own, "package")
    assert done.code == 1
    assert f"gevonden: een rapport van een andere versie van {changed}" in done.err
    assert "wat nu:   Draai eerst make report" in done.err
    assert not (own.reports / PACKAGE).exists()


def test_a_pdf_of_another_report_is_not_packed(own: StudyFolder) -> None:
    """A PDF that was not printed from the page beside it is refused by name."""
    with pikepdf.new() as other:
        other.add_blank_page()
        other.save(own.reports / PDF)
    done = command(own, "package")
    assert done.code == 1
    assert "gevonden: een PDF van een ander rapport, of niet van make pdf" in done.err
    assert not (own.reports / PACKAGE).exists()


def test_bookmarks_of_the_report_are_its_contents(printed: StudyFolder) -> None:
    """Parts and chapters stand in the bookmarks as the table of contents lists them, and the colophon last."""
    contents = lxml.html.fromstring(printed.page.encode()).xpath("//nav[@class='inhoudsopgave']")[0]
    listed = [" ".join(node.text_content().split()) for node in contents.xpath(".//h3 | .//a")]
    with pikepdf.open(printed.reports / PDF) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        marked = [
            name for part in title.children for name in (part.title, *(chapter.title for chapter in part.children))
        ]
    assert [name for name in marked if name in listed] == listed


def test_every_drawing_of_the_report_has_its_text_in_the_pdf(printed: StudyFolder) -> None:
    """As many figures with a text as the page has drawings, and not one without."""
    page = lxml.html.fromstring(printed.page.encode())
    drawings = page.xpath("//*[@role='img']/@aria-labelledby")
    texts = [" ".join(page.get_element_by_id(label).text_content().split()) for label in drawings]
    with pikepdf.open(printed.reports / PDF) as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        told = [" ".join(str(figure.get("/Alt", "")).split()) for figure in figures]
    assert len(drawings) == 2
    assert sorted(told) == sorted(texts)


def test_pictures_are_taken_of_what_the_report_has(browser_here: str, own: StudyFolder) -> None:
    """A place that this report lacks (this one has no Outcome Map) is left out, an old picture of it too."""
    old = own.reports / "schermbeelden" / "outcome-map.png"
    old.parent.mkdir()
    old.write_bytes(b"oud")
    done = command(own, "screenshots")
    assert done.code == 0, done.err
    names = {path.stem for path in old.parent.iterdir()}
    assert names >= {"titelblad", "figuur", "telefoon", "donker"}
    assert "outcome-map" not in names
    phone = (old.parent / "telefoon.png").read_bytes()
    assert phone.startswith(b"\x89PNG")
    assert int.from_bytes(phone[16:20], "big") == 390  # the width stands there
