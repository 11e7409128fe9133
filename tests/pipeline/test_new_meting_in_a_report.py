"""A meting that was only just made: one message about what is still to be filled in, and the old report stays."""

from __future__ import annotations

from conftest import StudyFolder, run_forked


def test_the_report_asks_to_fill_in_and_stays_as_it_was(own: StudyFolder) -> None:
    """First meting.yml is named with every open key, then evaluatie.yml; nothing of the earlier report changes."""
    before = own.page
    made = run_forked(["new-meting", "--name", "meting-3", "--data", str(own.data)])
    assert made.code == 0, made.err
    done = own.run()
    assert done.code == 1
    assert done.err.strip().startswith(
        'Fout in data/raw/meting-3/meting.yml\n  gevonden: nog "vul in" bij: onderzoek, titel'
    )
    record = own.raw / "meting-3" / "meting.yml"
    text = record.read_text(encoding="utf-8").replace("formaat: vul in", "formaat: csv")
    text = text.replace("uitgenodigd: vul in", "uitgenodigd: niet gepubliceerd").replace("bron_niet gepubliceerd", "x")
    record.write_text(text.replace(": vul in", ": verzonnen"), encoding="utf-8")
    done = own.run()
    assert done.code == 1
    assert done.err.strip().startswith('Fout in data/raw/evaluatie.yml\n  gevonden: nog "vul in" bij: titel, thema\n')
    assert own.page == before
