"""The closing chapter: conclusions by kind and theme, each with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from transcribed import load_real

from nsoc_lib.errors import NsocError
from nsoc_lib.slotbeschouwing import build_slotbeschouwing, count_conclusions, tabulate_conclusions
from nsoc_lib.source_rows import SourceTable


def changed(column: str, value: object, row: int = 0) -> SourceTable:
    table = load_real("versterking-2021", "slotconclusies")
    frame = table.rijen.astype({column: object})
    frame.loc[frame.index[row], column] = value
    return replace(table, rijen=frame)


def test_the_chapter_has_five_themes_in_order():
    """Sections 7.1 to 7.5 follow the ambitions and end with a closing section."""
    slot = build_slotbeschouwing(load_real("versterking-2021", "slotconclusies"))
    assert slot.themas == ("bewustwording", "intelligence en analyse", "integrale aanpak", "borging", "tot slot")


def test_what_the_researchers_leave_open_is_three_things():
    """What a national team will mean, the over-organised field, and embedding are left for later."""
    slot = build_slotbeschouwing(load_real("versterking-2021", "slotconclusies"))
    counts = count_conclusions(slot)
    assert counts["open"].value == 3
    assert counts["totaal"].value == sum(counts[k].value for k in ("vaststelling", "zorg", "opgave", "open"))
    assert [c.vindplaats.split(",")[0][-4:] for c in slot.conclusies if c.soort == "open"] == ["§7.2", "§7.3", "§7.4"]


def test_a_removed_conclusion_leaves_table_and_count():
    """The first worry is gone from the table, and there is one worry less."""
    table = load_real("versterking-2021", "slotconclusies")
    less = build_slotbeschouwing(replace(table, rijen=table.rijen[table.rijen["conclusie"] != "s02"]))
    whole = build_slotbeschouwing(table)
    assert "minder actueel" in tabulate_conclusions(whole, "zorg").show().text
    assert "minder actueel" not in tabulate_conclusions(less, "zorg").show().text
    assert count_conclusions(less)["zorg"].value == count_conclusions(whole)["zorg"].value - 1


def test_a_table_holds_only_the_kinds_asked_for():
    """Tasks and open questions together, and no worries among them."""
    slot = build_slotbeschouwing(load_real("versterking-2021", "slotconclusies"))
    kinds = {row.split(" | ")[1] for row in tabulate_conclusions(slot, "opgave", "open").show().text.splitlines()[2:]}
    assert kinds == {"opgave", "open"}


def test_an_unknown_kind_in_a_notebook_is_refused():
    """A misspelt kind would give an empty table."""
    with pytest.raises(NsocError, match='"zorgen"\n  verwacht: een van: vaststelling, zorg, opgave, open'):
        tabulate_conclusions(build_slotbeschouwing(load_real("versterking-2021", "slotconclusies")), "zorgen")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (changed("soort", "advies"), "rij 2, kolom soort"),
        (changed("conclusie", "s01", row=1), "rij 3, kolom conclusie"),
        (changed("vindplaats", "WODC 2021 §6.1"), "rij 2, kolom vindplaats"),
        (changed("label", None), "rij 2, kolom label\n  gevonden: een lege cel"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(table, message):
    """The refusal names row and column."""
    with pytest.raises(NsocError, match=message):
        build_slotbeschouwing(table)
