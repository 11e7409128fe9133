"""A notebook that was only just made: its line in evaluatie.yml makes it a chapter of the report."""

from __future__ import annotations

import re

from conftest import StudyFolder, run_forked


def test_the_new_notebook_is_a_chapter(own: StudyFolder) -> None:
    """31 were invited and 28 began: the chapter shows both, also in its table, and nothing in it is a loose number."""
    made = run_forked(["new-notebook", "--name", "hoe_het_ging", "--data", str(own.data)])
    assert made.code == 0, made.err
    file, _, line = made.out.splitlines()
    assert file == "Klaar: data/notebooks/hoe_het_ging.ipynb"
    contents = own.raw / "evaluatie.yml"
    head, last, tail = contents.read_text(encoding="utf-8").rpartition("      - titel: Draagkracht\n")
    contents.write_text(f"{head}{line}\n{last}{tail}", encoding="utf-8")
    done = own.run()
    assert done.code == 0, done.err
    chapter = re.search(r"(?s)Hoe het ging</h3>(.*?)</section>", own.page)
    assert chapter
    text = " ".join(re.sub(r"<[^>]+>", " ", chapter[1]).split())
    assert "Van de 31 genodigden begonnen er 28 aan de vragenlijst." in text
    assert "Uitgenodigd 31 Begonnen 28" in text
    assert "Nog te schrijven" in text
    assert "schrijf hier" not in text
    assert "<mark" not in own.page
