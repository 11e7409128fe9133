"""An export in place of answers that were never published: the refusal goes, tables and figures appear."""

from __future__ import annotations

from pathlib import Path

from conftest import StudyFolder, new_tiny_study
from fictitious_enquete import add_export

FOLDER = "versterking-2021"
CHAPTERS = ("enquete_verantwoording", "enquete_uitkomsten", "open_antwoorden", "codeboek")
REFUSAL = "De uitslag van de enquête wordt hier niet getoond."


def test_an_export_brings_every_kind_of_outcome(built: StudyFolder, tmp_path: Path) -> None:
    """Twelve invented people: ten of eleven name capacity, six rank it first, four of six lawyers stay short."""
    assert REFUSAL in built.page
    assert not [key for key in built.results() if key.startswith(f"{FOLDER}.enquete.factoren")]
    study = new_tiny_study(tmp_path / "studie", CHAPTERS, ["meting: meting-1"])
    add_export(study.raw / FOLDER)
    done = study.run()
    assert done.code == 0, done.err
    assert REFUSAL not in study.page
    for name in ("factoren", "factoren-rang", "stellingen", "functie", "soort-organisatie", "duur-functie"):
        assert f'id="figuur-{FOLDER}-{name}"' in study.page
    for name in ("obstakels", "obstakels-rang", "regio", "functie-code", "organisatie-code", "beantwoord"):
        assert f'id="tabel-{FOLDER}-{name}"' in study.page
    base = f"{FOLDER}.enquete"
    shown = {key: text for key, (_, text) in study.tokens().items() if key.startswith(base)}
    assert shown[f"{base}.factoren.capaciteit"] == "91%"
    assert shown[f"{base}.factoren.capaciteit.vermelding"] == "31%"
    # All five who are left out named capacity; the share without them would tell that.
    assert study.results()[f"{base}.factoren.capaciteit.zonder-openbaar-ministerie"]["status"] == "suppress"
    assert shown[f"{base}.factoren-rang.capaciteit.rang-1"] == "6"
    assert shown[f"{base}.duur-functie.juridisch.1-tot-2"] == "4"
    assert shown[f"{base}.stellingen.halvering.eens"] == "60%"
    assert shown[f"{base}.soort-organisatie.overheid"] == "50%"
    result = study.results()[f"{base}.factoren.capaciteit"]
    assert (result["count"], result["n"], result["provenance"]) == ("10", "11", "waargenomen")
    assert not [key for key in study.results() if key.startswith(f"{base}.duur-functie.anders")]
    published = study.page + (study.reports / "resultaten.csv").read_text(encoding="utf-8")
    assert "Verzonnen" not in published
