"""Where a study keeps its files, and how a file is named to a researcher."""

from pathlib import Path

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import REPOSITORY, Study, check_name, current_study


def study(folder: Path) -> Study:
    """Return a study in a folder of its own, outside the repository."""
    return Study(data=folder / "studie" / "data", reports=folder / "studie" / "reports")


@pytest.mark.parametrize("name", ["meting-1", "versterking-2021", "gepubliceerde_respons", "a", "2"])
def test_a_plain_name_is_accepted(name):
    """Lower-case letters, digits, hyphens and underscores make a name."""
    assert check_name(name, "meting.yml") == name


@pytest.mark.parametrize("name", ["", "../raw", "a/b", "a\\b", "Meting", "meting 1", "é", "-a", "_a", "a.b", "a\n"])
def test_a_name_that_could_lead_elsewhere_is_refused(name):
    """Slashes, dots, spaces, capitals, accents and an empty name are refused."""
    with pytest.raises(NsocError, match="verwacht: een naam van kleine letters"):
        check_name(name, "meting.yml")


def test_a_refused_name_is_quoted_with_its_place():
    """The message quotes the name, says where it stands and what a name looks like."""
    with pytest.raises(NsocError) as raised:
        check_name("../geheim", "meting.yml, sleutel meting")
    assert str(raised.value) == (
        "Fout in meting.yml, sleutel meting\n"
        '  gevonden: "../geheim"\n'
        "  verwacht: een naam van kleine letters, cijfers, - en _ (zonder spaties of schuine streep)\n"
        "  wat nu:   Kies een kortere naam en gebruik die ook in de andere bestanden."
    )


def test_everything_that_is_made_stays_under_processed(tmp_path):
    """Tables, findings, outcomes, executed notebooks and bookkeeping all stand under data/processed."""
    own = study(tmp_path)
    made = [
        own.table_file("meting-1", "respondenten"),
        own.cleaning_file("meting-1"),
        own.validation_file("meting-1", "respondenten"),
        own.executed_file("respons-meting-1"),
        own.state,
    ]
    assert all(path.is_relative_to(tmp_path / "studie" / "data" / "processed") for path in made)
    assert len(set(made)) == 5


def test_what_came_in_is_described_under_raw(tmp_path):
    """The table of contents and the record of a meting stand beside the raw data."""
    own = study(tmp_path)
    assert own.show(own.evaluation_file) == "data/raw/evaluatie.yml"
    assert own.show(own.record_file("meting-1")) == "data/raw/meting-1/meting.yml"


def test_a_notebook_of_the_study_goes_before_that_of_the_repository(tmp_path):
    """A study's own notebook replaces the one of that name; the others come from the repository."""
    own = study(tmp_path)
    assert own.notebook_file("respons") == REPOSITORY / "notebooks" / "respons.ipynb"
    mine = own.data / "notebooks" / "respons.ipynb"
    mine.parent.mkdir(parents=True)
    mine.touch()
    assert own.notebook_file("respons") == mine
    assert own.notebook_file("inleiding") == REPOSITORY / "notebooks" / "inleiding.ipynb"


def test_a_suite_of_the_study_goes_before_that_of_the_repository(tmp_path):
    """A study's own expectations replace those for a table of that name."""
    own = study(tmp_path)
    assert own.suite_file("respondenten") == REPOSITORY / "expectations" / "respondenten.json"
    mine = own.data / "expectations" / "respondenten.json"
    mine.parent.mkdir(parents=True)
    mine.touch()
    assert own.suite_file("respondenten") == mine


def test_a_message_never_shows_a_home_folder(tmp_path):
    """A file is named from the folder of the study, and a file from elsewhere by its name alone."""
    own = study(tmp_path)
    assert own.show(own.reports / "evaluatierapport.html") == "reports/evaluatierapport.html"
    assert own.show(REPOSITORY / "notebooks" / "respons.ipynb") == "notebooks/respons.ipynb"
    assert own.show(tmp_path / "elders" / "export.csv") == "export.csv"


def test_without_settings_the_study_is_that_of_the_repository(monkeypatch):
    """A notebook in JupyterLab sees the repository's own study."""
    monkeypatch.delenv("NSOC_DATA", raising=False)
    monkeypatch.delenv("NSOC_REPORTS", raising=False)
    assert current_study() == Study(REPOSITORY / "data", REPOSITORY / "reports")


def test_data_and_reports_move_the_study_out_of_the_repository(monkeypatch, tmp_path):
    """DATA and REPORTS of the command line decide where the study stands."""
    monkeypatch.setenv("NSOC_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NSOC_REPORTS", str(tmp_path / "uit"))
    assert current_study() == Study((tmp_path / "data").resolve(), (tmp_path / "uit").resolve())
