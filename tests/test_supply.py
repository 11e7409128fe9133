"""What the project is made of: every licence known and expected, and no silence about what was not looked up."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from nsoc_lib import supply
from nsoc_lib.supply import (
    ELSEWHERE,
    UNKNOWN,
    Audit,
    Licence,
    ask_index,
    audit,
    index_address,
    list_licences,
    main,
    read_licence,
)

ANSWERS = {
    "/pypi/gaaf/1.0/json": {"vulnerabilities": []},
    "/pypi/lek/2.1/json": {"vulnerabilities": [
        {"id": "PYSEC-1", "fixed_in": ["2.2"]}, {"id": "PYSEC-2", "fixed_in": [], "withdrawn": "2026-01-01"},
    ]},
    "/pypi/zwijgt/1.0/json": {"info": {}},
}  # fmt: skip


class Index(BaseHTTPRequestHandler):
    """A package index that knows three packages."""

    def do_GET(self) -> None:
        answer = ANSWERS.get(self.path)
        self.send_response(200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def index() -> Iterator[str]:
    """The address of a package index on this machine."""
    server = HTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/simple/"
    server.shutdown()
    thread.join()
    server.server_close()


def metadata(**lines: str) -> Message:
    told = Message()
    for name, value in lines.items():
        told[name.replace("_", "-")] = value
    return told


def test_everything_in_the_lock_has_a_licence_we_expect() -> None:
    """A package that is not installed here is for another machine; no licence is unknown or new to us."""
    found = list_licences()
    assert [(one.package, one.names) for one in found if not one.expected] == []
    assert sum(one.names != (ELSEWHERE,) for one in found) > 100


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ({"License_Expression": "MIT"}, ("MIT",)),
        ({"License_Expression": "GPL-3.0-only OR (Apache-2.0)"}, ("Apache-2.0",)),
        ({"License_Expression": "MIT AND GPL-3.0-only"}, ("MIT", "GPL-3.0-only")),
        ({"License": "BSD 3-Clause License\n\nCopyright", "Classifier": "License :: OSI Approved :: ISC License (ISCL)"},
         ("ISC",)),
        ({"License": "Copyright 2020 Somebody"}, ("Copyright 2020 Somebody",)),
        ({}, (UNKNOWN,)),
    ],
)  # fmt: skip
def test_a_licence_is_read_as_the_package_states_it(told: dict[str, str], names: tuple[str, ...]) -> None:
    """An expression goes before classifiers, those before a text; a text we do not know is not taken for a licence."""
    found = read_licence("proef", metadata(**told))
    assert found == names
    assert supply.Licence("proef", "1", found).expected == (found in {("MIT",), ("Apache-2.0",), ("ISC",)})


def test_what_was_reported_is_told_and_what_was_not_looked_up_too(index: str) -> None:
    """One package is sound, one has a fault, of two the index says nothing: those are not looked up."""
    packages = [("gaaf", "1.0"), ("lek", "2.1"), ("zwijgt", "1.0"), ("weg", "9")]
    found = audit(packages, ask_index(index))
    assert str(found) == (
        "lek 2.1: PYSEC-1, hersteld in 2.2\n2 pakketten nagekeken, 1 meldingen.\nNiet nagekeken (2): zwijgt, weg"
    )
    assert not found.sound
    assert audit(packages[:1], ask_index(index)).sound


def test_without_an_answer_nothing_is_called_sound() -> None:
    """A machine without a connection, and one without an address, say "niet nagekeken" and fail."""
    nobody = audit([("gaaf", "1.0")], ask_index("http://127.0.0.1:9/simple"))
    assert str(nobody) == "Niet nagekeken: geen van de 1 pakketten."
    assert not nobody.sound
    assert not Audit((), (), ()).sound


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still to be asked when the time is up is not looked up."""
    monkeypatch.setattr(supply, "MOST_SECONDS", -1)
    assert audit([("gaaf", "1.0")], lambda *_: {"vulnerabilities": []}).unchecked == ("gaaf",)


def test_the_address_is_that_of_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that is given goes before the environment, and that before the settings of pip."""
    monkeypatch.setenv("PIP_INDEX_URL", "https://een.example/simple")
    assert index_address() == "https://een.example/simple"
    assert index_address("https://twee.example/simple") == "https://twee.example/simple"


def test_without_an_address_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No address in the settings, none given: exit code 1 and "niet nagekeken", never that there is nothing."""
    monkeypatch.setattr(supply, "index_address", lambda *_: "")
    assert main(["audit"]) == 1
    assert "Niet nagekeken: geen van de " in capsys.readouterr().out


def test_the_licences_are_printed_with_how_many_are_strange(monkeypatch, capsys):
    """One line per package, and a sum; one that nobody expected makes the command fail."""
    monkeypatch.setattr(
        supply, "list_licences", lambda: [Licence("gaaf", "1.0", ("MIT",)), Licence("raar", "2.0", ("X",))]
    )
    assert main(["licences"]) == 1
    *lines, told = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [["gaaf", "1.0", "MIT"], ["raar", "2.0", "X"]]
    assert told == "2 pakketten, 1 met een onverwachte licentie. raar"
    monkeypatch.setattr(supply, "list_licences", lambda: [Licence("gaaf", "1.0", ("MIT",))])
    assert main(["licences"]) == 0


@pytest.mark.parametrize("words", [[], ["licentie"], ["audit", "--index"]])
def test_another_question_is_answered_with_how_to_ask(words, capsys):
    """The exit code is that of a wrong command."""
    assert main(words) == 2
    assert capsys.readouterr().out == "Gebruik: python -m nsoc_lib.supply licences | audit [--index ADRES]\n"


@pytest.mark.parametrize(
    ("code", "out", "address"), [(0, "https://een.nl/simple\n", "https://een.nl/simple"), (1, "", "")]
)
def test_without_an_index_of_its_own_pip_is_asked(monkeypatch, code, out, address):
    """What pip is set to is used; when it is set to nothing there is no address."""
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    done = subprocess.CompletedProcess([], code, stdout=out)
    monkeypatch.setattr(supply.subprocess, "run", lambda *_, **__: done)
    assert index_address() == address
