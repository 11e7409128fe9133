"""The final run: the gate against the whole corpus, also the half that was kept apart while it was built."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from lekken.contract import Case, judge
from lekken.corpus import cases, held_out_cases
from nsoc_lib.paths import Study
from nsoc_lib.publish.gate import find_leaks
from nsoc_lib.sources.disclosure import load_profile


@pytest.mark.parametrize("case", [*cases(), *held_out_cases()], ids=lambda case: case.name)
def test_the_leak_is_found_and_its_twin_raises_nothing(case: Case, tmp_path: Path) -> None:
    """Of every case the gate finds what was planted, and it is silent about the clean twin."""
    profile = load_profile(Study(ROOT / "data", ROOT / "reports"), case.profile)
    leaking = find_leaks(case.build(tmp_path / "lek", leaking=True), profile)
    twin = find_leaks(case.build(tmp_path / "tweeling", leaking=False), profile)
    assert judge(case, leaking, twin) == []
