"""Quotations: an invented one that may be shown, and every way in which one may not."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import PROFILE, ROOT
from test_tabulate import tiny_survey

from nsoc_lib.disclosure import Release
from nsoc_lib.errors import NsocError
from nsoc_lib.quotations import build_quotations, count_descriptions, tell_quotes
from nsoc_lib.source_rows import SourceTable

GROUPS = {"deelnemer": 28, "uitvoering": 9, "bestuur": 4}


def table(*changes: tuple[int, str, str]) -> SourceTable:
    """Return the example of tests/voorbeelden, with cells changed: row, column, value."""
    frame = pd.read_csv(ROOT / "tests/voorbeelden/citaten.csv").assign(rij=[2, 3])
    for row, column, value in changes:
        frame.loc[row, column] = value
    return SourceTable("meting-3", frame, "waargenomen", "citaten@x")


def build(*changes: tuple[int, str, str], forbidden: tuple[str, ...] = ("Jansen", "Eindhoven")):
    return build_quotations(table(*changes), GROUPS, forbidden, PROFILE)


def release(name: str, besluit: str = "vrijgeven") -> Release:
    return Release(f"meting-3.citaat.{name}", besluit, "toetser", "2026-11-01", "Niet te herleiden.")


def test_no_table_is_no_quotation():
    """A study that quotes nobody shows a sentence that says so."""
    assert build_quotations(None, GROUPS, (), PROFILE) == ()
    assert "Er zijn geen citaten aangeleverd." in tell_quotes((), ()).text


def test_only_a_released_quotation_is_shown():
    """The words of the other stand nowhere, and nor does a respondent."""
    shown = tell_quotes(build(), [release("overleg"), release("druk", "tegenhouden")])
    assert (
        '<blockquote class="citaat" data-citaat="meting-3.citaat.overleg"><p>Het overleg helpt om elkaar te vinden.</p>'
        '<footer class="bron">deelnemer</footer></blockquote>'
    ) in shown.html
    assert 'data-citaat-wacht="meting-3.citaat.druk"' in shown.html
    assert "gewone werk" not in shown.html + shown.text
    assert "d01" not in shown.html + shown.text


@pytest.mark.parametrize(
    ("change", "where", "found"),
    [
        ((1, "aanduiding", "bestuur"), "rij 3, kolom aanduiding", '"bestuur", gedeeld door 4'),
        ((1, "aanduiding", "directeur"), "rij 3, kolom aanduiding", '"directeur"'),
        ((1, "tekst", "Dat zei Jansens baas ook."), "rij 3, kolom tekst", "een verboden woord: Jansen"),
        ((1, "tekst", "In het zuiden van eindhoven."), "rij 3, kolom tekst", "een verboden woord: Eindhoven"),
        ((1, "tekst", "Mijn bestuurder wil dat."), "rij 3, kolom tekst", "een verboden woord: bestuur"),
        ((1, "respondent", "d01"), "rij 3, kolom respondent", "een deelnemer die al is geciteerd"),
        ((1, "tekst", "het overleg helpt"), "rij 3, kolom tekst", "woorden uit een ander citaat"),
        ((1, "citaat", "overleg"), "rij 3, kolom citaat", '"overleg" nog een keer'),
    ],
)
def test_a_quotation_that_points_at_somebody_is_refused(change, where, found):
    """A description of four, a name, a unit, the same person twice and the same words twice."""
    with pytest.raises(NsocError) as raised:
        build(change)
    assert raised.value.where.endswith(where)
    assert raised.value.found == found
    assert "gewone werk" not in str(raised.value)


def test_a_description_is_shared_by_who_gave_that_answer():
    """Everybody is a participant; of a group only those who said that they belong to it."""
    survey = tiny_survey(groups=["Bestuur"] * 2 + ["Uitvoering"] * 3, answers={"steun": ["Eens"] * 5})
    assert count_descriptions(survey) == {"deelnemer": 5, "Bestuur": 2, "Uitvoering": 3}
