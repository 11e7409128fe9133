"""The schedule: which steps pytask finds stale when each is told by one value and one node."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.schedule import Made, may_run, run_steps
from nsoc_lib.publish.steps import Step


def copy(source: Path, target: Path) -> None:
    if source.read_text() == "kapot":
        raise NsocError("bron", found="kapot", expected="heel", remedy="Herstel de bron.")
    target.write_text(source.read_text().strip())


@pytest.fixture
def ran(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    """Return a function that runs two steps, raw → clean → report, and tells which ran."""
    (tmp_path / "raw").write_text("een")

    def run(telt: str = "") -> list[str]:
        capfd.readouterr()
        raw, clean, report = (tmp_path / name for name in ("raw", "clean", "report"))
        steps = [
            Step("eerst", copy, (raw, clean), (raw,), telt, (clean,)),
            Step("dan", copy, (clean, report), (clean,), "", (report,)),
        ]
        state = tmp_path / "stand"
        state.mkdir(exist_ok=True)
        run_steps(steps, state, 2)
        return [line.split()[1] for line in capfd.readouterr().err.splitlines() if "klaar:" in line]

    return run


def test_what_nothing_changed_for_does_not_run_again(tmp_path, ran):
    """Both steps run once; a file with a new time and the same content reruns neither."""
    assert ran() == ["eerst", "dan"]
    os.utime(tmp_path / "raw", (1, 1))
    assert ran() == []


def test_a_change_goes_as_far_as_it_matters(tmp_path, ran):
    """Another word reruns both; a space that the first step removes reruns the first alone."""
    ran()
    (tmp_path / "raw").write_text("twee")
    assert ran() == ["eerst", "dan"]
    (tmp_path / "raw").write_text("twee ")
    assert ran() == ["eerst"]


def test_only_what_may_run_is_handed_on(tmp_path, ran):
    """Nothing when all is up to date; a changed file brings its step and every step behind it, one that is gone its own."""
    ran()
    raw, clean, report = (tmp_path / name for name in ("raw", "clean", "report"))
    first = Step("eerst", copy, (raw, clean), (raw,), "", (clean,))
    second = Step("dan", copy, (clean, report), (clean,), "", (report,))
    assert may_run([first, second], tmp_path / "stand") == []
    report.unlink()
    assert may_run([first, second], tmp_path / "stand") == [second]
    raw.write_text("twee")
    assert may_run([first, second], tmp_path / "stand") == [first, second]


def test_another_setting_reruns_its_step(ran):
    """A parameter of the first step counts; what it makes stays the same, so the second does not run."""
    ran()
    assert ran("anders") == ["eerst"]


def test_what_is_gone_is_made_again(tmp_path, ran):
    """A product that somebody removed comes back."""
    ran()
    (tmp_path / "report").unlink()
    assert ran() == ["dan"]


def test_an_error_of_a_step_arrives_as_it_is(tmp_path, ran):
    """The block that a step raises in its process is raised here."""
    (tmp_path / "raw").write_text("kapot")
    with pytest.raises(NsocError, match="Herstel de bron"):
        ran()


def test_the_state_of_a_node_is_that_of_its_content(tmp_path):
    """Absent files have none; the same files in another folder have the same."""
    first, second = tmp_path / "a", tmp_path / "b"
    node = Made("proef", (first / "x",))
    assert node.state() is None
    for folder in (first, second):
        folder.mkdir()
        (folder / "x").write_text("een")
    assert node.state() == Made("elders", (second / "x",)).state()
    (first / "x").write_text("twee")
    assert node.state() != Made("elders", (second / "x",)).state()


def test_a_step_passes_on_the_block_and_not_what_was_behind_it(tmp_path: Path) -> None:
    """Pytask draws every error behind a block, and stops with a traceback on that of an XML reader."""

    def read() -> None:
        try:
            raise ParseError("no element found")
        except ParseError as error:
            raise NsocError("vragen.lss", found="niets", expected="XML", remedy="Exporteer opnieuw.") from error

    with pytest.raises(NsocError) as raised:
        run_steps([Step("lezen", read, (), (), "", (tmp_path / "uit",))], tmp_path, 1)
    assert raised.value.__cause__ is None
    assert str(raised.value).startswith("Fout in vragen.lss")
