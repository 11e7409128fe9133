"""The corpus itself: enough leaks over every channel, each with a twin that differs, all built as real files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest
from conftest import ROOT, TOKEN

from lekken.contract import CHANNELS, LEDGER, PAGE, PDF, RULES, TOTAL, WORD, ZIP, Case, Expected, judge, registered
from lekken.corpus import cases, held_out_cases
from lekken.folder import HEAD, SUPPRESS, ReportFolder, table_csv
from lekken.groups import DOUANE, group
from nsoc_lib.ledger import COLUMNS
from nsoc_lib.paths import current_study
from nsoc_lib.sources.disclosure import load_profile

ALL = (*cases(), *held_out_cases())


@dataclass(frozen=True)
class Built:
    """One case as files: path from ``reports`` (members of archives as ``archive!member``) to content."""

    leak: dict[str, bytes]
    twin: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Every case built once, leak and twin."""
    root = tmp_path_factory.mktemp("lekken")
    return {
        case.name: Built(*(read(case.build(root / case.name / str(leaking), leaking=leaking)) for leaking in (True, False)))
        for case in ALL
    }  # fmt: skip


def read(reports: Path) -> dict[str, bytes]:
    files = {
        path.relative_to(reports).as_posix(): path.read_bytes() for path in sorted(reports.rglob("*")) if path.is_file()
    }
    return files | {
        name: data for path, content in files.items() if path.endswith(".zip") for name, data in members(path, content)
    }


def members(path: str, content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        own = [(f"{path}!{name}", file.read(name)) for name in file.namelist()]
    return own + [pair for name, data in own if name.endswith(".zip") for pair in members(name, data)]


def by_case(test):
    return pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)(test)


def test_there_are_enough_leaks():
    """At least forty were asked; a case that is no longer imported is missed here."""
    assert len(ALL) == len(registered()) == 89


def test_names_are_unique():
    """A name is what a report on the gate speaks of."""
    assert [name for name, count in Counter(case.name for case in ALL).items() if count > 1] == []


def test_half_is_held_out():
    """The half that nobody may tune a gate on is as large as the other."""
    assert abs(len(cases()) - len(held_out_cases())) <= 1


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_has_leaks_in_both_halves(channel):
    """A gate that misses a channel is caught with and without the held-out half."""
    assert any(case.expected.channel == channel for case in cases())
    assert any(case.expected.channel == channel for case in held_out_cases())


def test_every_rule_and_profile_is_tried():
    """Each rule of a profile forbids something in some open case, and each profile is in force in some case."""
    assert {case.expected.rule for case in cases()} == set(RULES)
    assert {rule for case in ALL for rule in case.expected.rules} == set(RULES)
    assert {case.profile for case in ALL} == {"wodc-praktijk", "opensafely", "strikt"}
    assert {load_profile(current_study(), case.profile).naam for case in ALL} == {case.profile for case in ALL}


@by_case
def test_a_case_tells_what_it_plants(case: Case):
    """Each has a sentence, and says in which words the leak must be named, or which count is known."""
    assert case.story.endswith(".")
    assert case.expected.says
    assert case.expected.channel in CHANNELS
    assert case.expected.derived is None or case.expected.derived[0] <= case.expected.derived[1]


@by_case
def test_the_twin_differs_where_the_leak_is(case: Case, built):
    """The file that leaks is in the leaking folder, and its like in the twin is another or absent."""
    content = built[case.name]
    assert case.expected.where in content.leak
    assert content.leak[case.expected.where] != content.twin.get(case.expected.where)


@by_case
def test_a_twin_has_the_same_kinds_of_files(case: Case, built):
    """A gate must not tell leak from twin by a file that is absent; only a member of an archive may be."""
    kinds = [sorted(Path(name).suffix for name in files) for files in (built[case.name].leak, built[case.name].twin)]
    assert kinds[0] == kinds[1]


@by_case
def test_what_must_not_be_repeated_is_in_the_leak_only(case: Case, built):
    """Personal data stand in the leaking folder, readable once opened, and not in the twin."""
    if case.expected.never:
        texts = [
            " ".join(readable(name, data) for name, data in files.items())
            for files in (built[case.name].leak, built[case.name].twin)
        ]
        plain = [text.replace("%40", "@") for text in texts]
        assert case.expected.never in plain[0]
        assert case.expected.never not in plain[1]


@by_case
def test_the_ledger_is_as_the_library_writes_it(case: Case, built):
    """Real columns, sorted by id, no share above its base; a suppressed row of the twin holds no number."""
    for files in (built[case.name].leak, built[case.name].twin):
        rows = list(csv.DictReader(io.StringIO(files["resultaten.csv"].decode())))
        assert list(rows[0]) == list(HEAD)
        assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})
        for row in rows:
            counts = [int(row[name]) for name in ("count", "n", "population") if row[name]]
            assert counts == sorted(counts), row
    suppressed = [row for row in rows if row["status"] == SUPPRESS]
    numbers = ("value", "count", "n", "population", "low", "high", "shown", "parts", "missing")
    assert [row["id"] for row in suppressed if any(row[name] for name in numbers)] == []


@by_case
def test_the_page_shows_what_the_ledger_says(case: Case, built):
    """Every token of the page has a row with this value and this text, so that only the planted thing is odd."""
    for files in (built[case.name].leak, built[case.name].twin):
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["resultaten.csv"].decode()))}
        tokens = TOKEN.findall(files["evaluatierapport.html"].decode())
        assert tokens
        assert [(i, v, s) for i, v, s in tokens if (rows[i]["value"], rows[i]["shown"]) != (v, s)] == []


@by_case
def test_every_file_opens(case: Case, built):
    """Page, drawings, notebooks, workbook, Word, PDF and pictures are what their names say."""
    for files in (built[case.name].leak, built[case.name].twin):
        for name, content in files.items():
            readable(name, content)


def readable(name: str, content: bytes) -> str:
    """Return the text inside a file, opened as its kind; raises when it is not of that kind."""
    return OPENERS.get(Path(name).suffix, bytes.decode)(content)


def open_office(content: bytes) -> str:
    return " ".join(data.decode("utf-8", "replace") for _, data in members("", content))


def open_zip(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.comment.decode()


def open_pdf(content: bytes) -> str:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
        return " ".join(page.obj.Contents.read_bytes().decode("cp1252") for page in pdf.pages) + str(pdf.docinfo)


def open_png(content: bytes) -> str:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return content.decode("latin-1")


def open_notebook(content: bytes) -> str:
    nbformat.validate(nbformat.reads(content.decode(), as_version=4))
    return content.decode()


def open_json(content: bytes) -> str:
    return str(json.loads(content))


def open_svg(content: bytes) -> str:
    ET.fromstring(content)
    return content.decode()


def open_page(content: bytes) -> str:
    ET.fromstring(as_xml(content.decode()))
    return content.decode()


OPENERS = {
    ".xlsx": open_office, ".docx": open_office, ".zip": open_zip, ".pdf": open_pdf, ".png": open_png, ".svg": open_svg,
    ".ipynb": open_notebook, ".json": open_json, ".html": open_page,
}  # fmt: skip


def as_xml(page: str) -> str:
    """Return a page in which every element is closed and every attribute has a value, if it was well formed."""
    page = re.sub(r"<!doctype html>\n", "", page)
    page = re.sub(r"<(meta|img)\b([^>]*)>", r"<\1\2/>", page)
    return re.sub(r"<div popover ", '<div popover="" ', page)


def test_a_case_is_the_same_bytes_each_time(tmp_path, built):
    """No clock and no chance in a case, Word, PDF and workbook included."""
    chosen = [case for case in ALL if case.expected.channel in {WORD, PDF, ZIP, LEDGER}]
    assert all(read(case.build(tmp_path / case.name, leaking=True)) == built[case.name].leak for case in chosen)


def test_the_columns_are_those_of_the_ledger():
    """When the ledger gets a column the corpus has it too."""
    assert HEAD[: len(COLUMNS)] == COLUMNS


@dataclass(frozen=True)
class Said:
    """What some gate says."""

    where: str = "a.csv"
    channel: str = "resultaten"
    what: str = "Van groep Douane is te berekenen dat er 3 antwoordden."
    derived: tuple[int, int] | None = (3, 3)
    rule: str = "kleinste_groep"


INVENTED = Case(
    "proef",
    "strikt",
    Expected("a.csv", "resultaten", (2, 3), "kleinste_groep", ("douane",), "geheim"),
    False,
    lambda *_: None,
)


def test_a_gate_that_finds_the_leak_and_leaves_the_twin_alone_is_right():
    """Another true finding on the leaking folder does no harm."""
    assert judge(INVENTED, [Said(), Said(where="b.csv")], []) == []


@pytest.mark.parametrize(
    "said",
    [
        Said(where="b.csv"), Said(channel="figuur"), Said(rule="citaat"), Said(derived=(0, 3)), Said(derived=(2, 6)), Said(derived=None),
        Said(what="Iets."),
    ],
)  # fmt: skip
def test_a_gate_that_says_something_else_missed_it(said):
    """Another file, channel, rule or count, or a sentence that does not name it, is not this leak."""
    assert judge(INVENTED, [said], []) == ["proef: niet gevonden"]


def test_an_alarm_on_the_twin_is_a_fault():
    """A gate that cries at everything finds every leak."""
    assert judge(INVENTED, [Said()], [Said(what="Ook dit.")]) == ["proef: vals alarm op de tweeling: Ook dit."]


def test_a_message_that_repeats_the_secret_is_a_fault():
    """The report of a gate is read by more people than the data."""
    faults = judge(INVENTED, [Said(what="Douane: geheim")], [])
    assert faults == ["proef: de melding herhaalt wat geheim moet blijven"]


def test_a_gate_need_not_say_by_which_sum_a_count_was_reached():
    """Percentages, totals and rounds are one set of sums, and page and ledger hold the same numbers."""
    case = replace(INVENTED, expected=replace(INVENTED.expected, where=PAGE, channel=TOTAL))
    assert judge(case, [Said(where="resultaten.csv", channel="alle min alle zonder")], []) == []
    assert judge(case, [Said(where="resultaten.csv", channel="figuur")], []) == ["proef: niet gevonden"]
    assert judge(case, [Said(where="figuren/a.svg", channel="alle min alle zonder")], []) == ["proef: niet gevonden"]


def test_a_rule_that_forbids_the_same_is_as_good():
    """Three people who all agree are too small a group and unanimous; either is said rightly."""
    case = replace(INVENTED, expected=replace(INVENTED.expected, also=("eensgezindheid",)))
    assert judge(case, [Said(rule="eensgezindheid")], []) == []


def test_reading_the_ledger_row_by_row_finds_nothing(built):
    """The corpus is not for a gate that looks at small numbers in the ledger: it would miss every single leak."""
    assert [case.name for case in ALL if small_numbers(case, built[case.name].leak)] == []


def test_such_a_naive_gate_does_see_a_small_group():
    """So that the test above can fail: three answers in a row of the ledger are seen, six are not."""
    folder = ReportFolder()
    group(folder, "Douane", 2, 3)
    group(folder, "FIOD", 4, 6)
    rows = table_csv([list(HEAD), *([row[name] for name in HEAD] for row in folder.rows.values())])
    assert small_numbers(ALL[0], {"resultaten.csv": rows}) == [DOUANE]


def small_numbers(case: Case, files: dict[str, bytes]) -> list[str]:
    """Return the rows of the ledger with a small count or base that is not public: all that a naive check would see."""
    profile = load_profile(current_study(), case.profile)
    rows = csv.DictReader(io.StringIO(files["resultaten.csv"].decode()))
    people = [row for row in rows if row["provenance"] != "gepubliceerd" and row["unit"] in {"personen", "pct"}]
    counts = {
        row["id"]: (row["count"] or (row["value"] if row["unit"] == "personen" else ""), row["n"]) for row in people
    }
    return [
        row_id for row_id, (count, base) in counts.items()
        if (count and float(count) < profile.kleinste_cel) or (base and float(base) < profile.kleinste_groep)
    ]  # fmt: skip


def test_no_other_test_sees_the_held_out_half():
    """Only this folder names the held-out half, so that no unit test of a gate can be tuned on it."""
    others = [path for path in ROOT.glob("tests/**/*.py") if path.parent.name != "lekken"]
    assert others
    assert [path.name for path in others if re.search("held_out|registered", path.read_text(encoding="utf-8"))] == []
