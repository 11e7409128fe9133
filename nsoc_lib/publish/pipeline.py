"""Bring a report up to date: alone in its folders, after clearing away what an earlier run left half-way.

Nothing is published before every step has succeeded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from filelock import FileLock, Timeout

from nsoc_lib.errors import NsocError
from nsoc_lib.paths import Study
from nsoc_lib.publish.files import remove_halves
from nsoc_lib.publish.placement import refuse_links, settle_report
from nsoc_lib.publish.plan import plan_steps
from nsoc_lib.publish.schedule import may_run, run_steps
from nsoc_lib.publish.steps import Step


def run_pipeline(study: Study, engine: str, workers: int = 2, cluster: str = "") -> None:
    """Bring the report up to date, here or by the workers of a cluster, named by the address of its scheduler.

    Raises NsocError for anything a researcher can mend.
    """
    steps = plan_steps(study, engine)
    _refuse_missing(study, steps)
    if study.reports.exists() and not study.reports.is_dir():
        raise NsocError(
            "REPORTS",
            found=f"{study.show(study.reports)}, een bestand",
            expected="een map voor het rapport",
            remedy="Kies een andere map, of verplaats het bestand.",
        )
    refuse_links(study.data, ("processed",))
    study.state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(study.state / "slot", timeout=0):
            _tidy(study)
            _run(study, steps, workers, cluster)
    except Timeout as error:
        raise NsocError(
            study.show(study.state / "slot"),
            found="een andere make report die nog draait",
            expected="een run tegelijk voor dezelfde gegevens",
            remedy="Wacht tot die klaar is en probeer het opnieuw.",
        ) from error


def _run(study: Study, steps: list[Step], workers: int, cluster: str) -> None:
    if not cluster:
        run_steps(steps, study.state, workers)
        return
    from nsoc_lib.publish.cluster import connect

    needs = dict.fromkeys(module for step in may_run(steps, study.state) for module in step.nodig)
    with connect(cluster, study.state, list(needs)) as elsewhere:
        run_steps(steps, study.state, elsewhere.size, elsewhere)


def _tidy(study: Study) -> None:
    """Clear away what a run left that was ended: half a file, half a report, the word that all is up to date."""
    settle_report(study.reports)
    remove_halves(study.processed)
    (study.state / "invoer").unlink(missing_ok=True)  # make writes it once a run has succeeded


def _refuse_missing(study: Study, steps: Iterable[Step]) -> None:
    made = {path for step in steps for path in step.maakt}
    for step in steps:
        for path in step.leest:
            if path not in made and not path.is_file():
                raise NsocError(
                    study.show(path),
                    found="geen bestand met deze naam",
                    expected=f'een bestand dat de stap "{step.naam}" leest',
                    remedy="Zet het bestand terug, of verbeter de naam in meting.yml of evaluatie.yml.",
                )


def default_workers() -> int:
    """Return how many steps run side by side: one per processor core."""
    return os.cpu_count() or 1
