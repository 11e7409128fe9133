"""The browser that prints: found, started alone, ended in time, and gone afterwards. A script plays the browser."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nsoc_lib.errors import NsocError
from nsoc_lib.publish import browser
from nsoc_lib.publish.browser import find_browser, flags, print_page

PRINTS = 'for a in "$@"; do case $a in --print-to-pdf=*) printf "%%PDF-1.4 klaar" > "${a#--print-to-pdf=}";; esac; done'


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page in a folder of its own."""
    folder = tmp_path / "mijn rapport"
    folder.mkdir()
    path = folder / "evaluatierapport.html"
    path.write_text("<title>x</title>", encoding="utf-8")
    return path


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let a shell script be the only browser of this machine."""

    def played(script: str) -> None:
        program = tmp_path / "bin" / "chromium"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return played


def test_without_a_browser_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is guessed: the researcher is told which program is missing, and that the report needs none."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "MAC", ())
    with pytest.raises(NsocError) as raised:
        find_browser()
    assert str(raised.value) == (
        "Fout in deze computer\n"
        "  gevonden: geen Chromium en geen Google Chrome\n"
        "  verwacht: een van beide, om de pagina af te drukken zoals een browser dat doet\n"
        "  wat nu:   Installeer Chromium (Debian en Ubuntu: sudo apt install chromium) of Google Chrome. "
        "make report heeft geen browser nodig."
    )


@pytest.mark.parametrize(("user", "without"), [(0, True), (1000, False)])
def test_only_root_goes_without_the_sandbox(monkeypatch: pytest.MonkeyPatch, user: int, without: object) -> None:
    """The sandbox stays on for everyone whom Chromium gives one."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" in flags()) is without


def test_the_print_is_returned_and_nothing_stays_behind(page: Path, play) -> None:
    """Profile, messages and PDF of the browser go away with their folder."""
    play(PRINTS)
    assert print_page(page) == b"%PDF-1.4 klaar"
    assert list(page.parent.iterdir()) == [page]


def test_a_browser_that_prints_nothing_is_reported_with_its_last_words(page: Path, play) -> None:
    """The exit code and the last line of the browser are what who helps will ask for."""
    play("echo begin; echo kan niet beginnen >&2; exit 3")
    with pytest.raises(NsocError) as raised:
        print_page(page)
    assert raised.value.found == "geen PDF; de browser stopte met code 3: kan niet beginnen"
    assert raised.value.where == "evaluatierapport.html"
    assert list(page.parent.iterdir()) == [page]


def test_a_browser_that_hangs_is_ended_with_all_it_started(page: Path, play, tmp_path: Path) -> None:
    """After the time limit neither the browser nor a process of its own is left."""
    play(f"sleep 61 & echo $! > '{tmp_path}/kind'; sleep 62")
    started = time.monotonic()
    with pytest.raises(NsocError) as raised:
        print_page(page, seconds=1)
    assert time.monotonic() - started < 20
    assert raised.value.found == "na 1 seconden nog geen PDF"
    child = Path("/proc") / (tmp_path / "kind").read_text(encoding="utf-8").strip() / "stat"
    while _runs(child) and time.monotonic() - started < 20:  # the system takes a moment to end what was killed
        time.sleep(0.05)
    assert not _runs(child)


def _runs(stat: Path) -> bool:
    """Whether a process is there and has not ended; one that ended and nobody asked how is a zombie."""
    try:
        return stat.read_text(encoding="utf-8").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
