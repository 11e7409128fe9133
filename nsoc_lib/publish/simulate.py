"""The step behind ``make simulate``: read what was published, write an imitated export."""

from __future__ import annotations

import pandas as pd

from nsoc_lib.errors import NsocError
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study
from nsoc_lib.publish.files import write_whole
from nsoc_lib.simulation import simulate_survey
from nsoc_lib.sources.study import load_codebook, load_meting
from nsoc_lib.sources.tabular import load_table

INSTRUMENT = "procesthermometer"


def simulate_meting(study: Study, name: str) -> None:
    """Write export, coding and record of choices for one meting. Raises NsocError rather than overwrite observed data."""
    meting = load_meting(study, name)
    record = meting.select_survey(INSTRUMENT)
    if record.herkomst != "gesimuleerd":
        raise NsocError(
            study.show(study.record_file(name)),
            found=f"herkomst: {record.herkomst}",
            expected="herkomst: gesimuleerd, voordat een export wordt overschreven",
            remedy="Laat waargenomen gegevens staan; nabootsen is alleen voor de demonstratie.",
        )
    published, response = (_load(study, meting, table) for table in ("gepubliceerd", "gepubliceerde_respons"))
    simulated = simulate_survey(
        load_codebook(study, name, record.codeboek),
        record,
        published,
        {str(row["kenmerk"]): int(row["waarde"]) for row in response.to_dict("records")},
    )
    folder = study.raw / name
    write_whole(folder / record.bestand, simulated.export.encode("utf-8"))
    write_whole(folder / record.codering, simulated.codering.encode("utf-8"))
    write_whole(folder / "simulatie.csv", simulated.marges.encode("utf-8"))


def _load(study: Study, meting: Meting, name: str) -> pd.DataFrame:
    table = next(table for table in meting.tabellen if table.naam == name)
    path = study.raw / meting.naam / table.bestand
    return load_table(path, study.show(path), table.kolommen)
