"""A report is put in its folder whole: at every moment at which a run may be ended, old or new can be had."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish.placement import place_report, settle_report

OLD = {"notebooks/a.ipynb": b"oud", "figuren/f.svg": b"oud", "resultaten.csv": b"oud", "evaluatierapport.html": b"oud"}
NEW = {"notebooks/b.ipynb": b"nieuw", "resultaten.csv": b"nieuw", "evaluatierapport.html": b"nieuw"}
OWN = {
    "evaluatierapport.docx": b"van mij",
    "notebooks/aantekening.txt": b"van mij",
    "schermbeelden/een.png": b"van mij",
}


class PlugPulled(BaseException):
    """The run ends here."""


def files(reports: Path) -> dict[str, bytes]:
    return {path.relative_to(reports).as_posix(): path.read_bytes() for path in reports.rglob("*") if path.is_file()}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with a report, and beside it what a researcher keeps there."""
    folder = tmp_path / "reports"
    place_report(folder, OLD)
    for name, content in OWN.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_a_new_report_replaces_all_of_the_old_and_nothing_else(reports: Path) -> None:
    """A chapter and a figure that are no longer in the report go; what a researcher put there stays."""
    place_report(reports, NEW)
    assert files(reports) == {**NEW, **OWN}


def test_ended_at_any_change_of_the_disk_it_becomes_old_or_new(
    reports: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """However far a run came, the folder settles to one whole report; before its list is there, that is the old one."""
    outcomes = []
    for moment in range(100):
        place_report(reports, OLD)
        left = [moment]

        def pull(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise PlugPulled

        with monkeypatch.context() as patched:
            for name in ("replace", "rename", "unlink", "fsync", "mkdir"):
                real = getattr(os, name)
                patched.setattr(os, name, lambda *a, real=real, **k: (pull(), real(*a, **k))[1])
            try:
                place_report(reports, NEW)
                break
            except PlugPulled:
                pass
        untouched = {name: content for name, content in files(reports).items() if not name.startswith(".")}
        settle_report(reports)
        assert files(reports) in ({**OLD, **OWN}, {**NEW, **OWN})
        outcomes.append("oud" if files(reports) == {**OLD, **OWN} else "nieuw")
        if outcomes[-1] == "oud":
            assert untouched == {**OLD, **OWN}
    assert outcomes == sorted(outcomes, reverse=True)
    assert set(outcomes) == {"oud", "nieuw"}
    assert len(outcomes) > 2 * len(NEW)


def test_the_page_is_moved_last(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While its numbers are still being moved the old page stands, so a page never speaks of what is not there."""
    moved = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda a, b, **k: (moved.append(Path(b)), real(a, b, **k))[1])
    place_report(reports, NEW)
    assert [path.name for path in moved if ".uitgave" not in path.parts] == [
        "b.ipynb", "resultaten.csv", "evaluatierapport.html"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["notebooks", ".uitgave"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, reports: Path, name: str) -> None:
    """Through a link in the place of a folder of ours files would be written, and removed, somewhere else."""
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "oud.ipynb").write_bytes(b"van een ander")
    if (reports / name).exists():
        (reports / name).rename(tmp_path / "opzij")
    (reports / name).symlink_to(elsewhere)
    with pytest.raises(NsocError) as caught:
        place_report(reports, NEW)
    assert str(caught.value).startswith(f"Fout in reports/{name}\n  gevonden: een verwijzing naar ")
    assert files(elsewhere) == {"oud.ipynb": b"van een ander"}


@pytest.mark.parametrize("name", ["../buiten.txt", "notebooks/../../buiten.txt", "/tmp/buiten.txt", "notebooks/.."])
def test_a_list_cannot_name_a_place_outside_the_folder(tmp_path: Path, reports: Path, name: str) -> None:
    """A list that somebody else wrote moves nothing out of the report."""
    coming = reports / ".uitgave"
    (coming / "notebooks").mkdir(parents=True)
    (tmp_path / "buiten.txt").write_bytes(b"blijft")
    (coming / "inhoud.json").write_text(f'["{name}"]', encoding="utf-8")
    settle_report(reports)
    assert (tmp_path / "buiten.txt").read_bytes() == b"blijft"
    assert not coming.exists()
