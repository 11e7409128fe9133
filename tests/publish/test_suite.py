"""A suite of expectations is read as written, and what is no suite is told in one block."""

import json

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.suite import load_suite


def rule(kind: str, severity: str = "critical", **kwargs: object) -> dict[str, object]:
    return {"type": kind, "kwargs": kwargs, "severity": severity, "meta": {"reden": "Zo hoort het."}}


@pytest.fixture
def read_suite(tmp_path):
    """Return a function that writes the suite of table proef and reads it; text goes in as it is."""
    study = Study(data=tmp_path / "data", reports=tmp_path / "reports")
    folder = study.data / "expectations"
    folder.mkdir(parents=True)

    def read(suite: object) -> list[dict[str, object]]:
        text = suite if isinstance(suite, str) else json.dumps(suite)
        (folder / "proef.json").write_text(text, encoding="utf-8")
        return load_suite(study, "proef")

    return read


def suite_of(*rules: object) -> dict[str, object]:
    return {"name": "proef", "expectations": list(rules)}


GOOD = rule("expect_column_values_to_be_unique", column="respondent")


def test_a_good_suite_is_read_as_written(read_suite):
    """Nothing is added and nothing is lost."""
    assert read_suite(suite_of(GOOD)) == [GOOD]


def test_broken_json_names_the_line(read_suite):
    """The whole block, with the line on which reading stopped."""
    with pytest.raises(NsocError) as error:
        read_suite('{"name": "proef",\n "expectations": [}\n')
    assert str(error.value) == (
        "Fout in data/expectations/proef.json, regel 2\n"
        "  gevonden: tekst die geen geldige JSON is (Expecting value)\n"
        "  verwacht: een suite met name en expectations\n"
        "  wat nu:   Kijk naar komma's en aanhalingstekens op deze regel en de regel erboven."
    )


def test_a_missing_reason_is_refused(read_suite):
    """Each expectation has a Dutch sentence for its reason; the block says which one has not."""
    with pytest.raises(NsocError) as error:
        read_suite(suite_of(GOOD, GOOD | {"meta": {}}))
    assert str(error.value) == (
        "Fout in data/expectations/proef.json, verwachting 2\n"
        "  gevonden: geen reden\n"
        '  verwacht: "meta": {"reden": "…"}, een Nederlandse zin\n'
        "  wat nu:   Schrijf op waarom deze verwachting er is."
    )


def test_an_unknown_key_of_an_expectation_is_refused(read_suite):
    """A misspelt key would otherwise be ignored in silence."""
    wrong = {key: value for key, value in GOOD.items() if key != "severity"} | {"severty": "critical"}
    with pytest.raises(NsocError) as error:
        read_suite(suite_of(wrong))
    assert str(error.value) == (
        "Fout in data/expectations/proef.json, verwachting 1\n"
        "  gevonden: kwargs, meta, severty, type\n"
        "  verwacht: de sleutels type, kwargs, severity en meta\n"
        "  wat nu:   Verbeter de verwachting naar het voorbeeld van de andere."
    )


def test_an_unknown_severity_is_refused(read_suite):
    """Only critical and warning mean something."""
    with pytest.raises(NsocError) as error:
        read_suite(suite_of(GOOD | {"severity": "fatal"}))
    assert (error.value.found, error.value.expected) == ('severity "fatal"', "een van: critical, warning")


@pytest.mark.parametrize(
    "suite",
    [
        "[]",
        '"proef"',
        {"name": "anders", "expectations": [GOOD]},
        {"name": "proef", "expectations": []},
        {"name": "proef"},
        {"name": "proef", "expectations": 3},
        {"name": "proef", "expectations": ["expect_column_to_exist"]},
        suite_of(GOOD | {"kwargs": ["respondent"]}),
        suite_of(GOOD | {"meta": "Zo hoort het."}),
        suite_of(GOOD) | {"verwachtingen": [GOOD]},
    ],
    ids=[
        "list",
        "text",
        "other-name",
        "empty",
        "no-list",
        "number",
        "bare-type",
        "kwargs-list",
        "meta-text",
        "extra-key",
    ],
)
def test_a_suite_of_another_shape_is_one_dutch_block(read_suite, suite):
    """Whatever stands in the file, the researcher reads which file it is and what belongs there."""
    with pytest.raises(NsocError, match=r"^Fout in data/expectations/proef\.json"):
        read_suite(suite)


def test_a_table_without_a_suite_is_refused(tmp_path):
    """A table that nobody has expectations about does not slip through."""
    with pytest.raises(NsocError, match=r"expectations/zonder\.json"):
        load_suite(Study(data=tmp_path / "data", reports=tmp_path / "reports"), "zonder")


def test_a_suite_of_a_hundred_thousand_brackets_is_refused(tmp_path):
    """The reader of JSON gives up on it; the block says what stands there."""
    study = Study(tmp_path / "data", tmp_path / "reports")
    path = study.data / "expectations" / "proef.json"
    path.parent.mkdir(parents=True)
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(NsocError) as raised:
        load_suite(study, "proef")
    assert raised.value.found == "lijsten of blokken die te diep in elkaar zitten"
    assert raised.value.expected == "een suite met name en expectations"
