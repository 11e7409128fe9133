"""What a report would do again and why, by the hashes that decide it, without running anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nsoc_lib.paths import Study
from nsoc_lib.publish.plan import plan_steps
from nsoc_lib.publish.steps import Hashes, Step, read_record, record_of

SHOWN = 3


def explain_report(study: Study, engine: str) -> list[str]:
    """Return a line in Dutch per step that would run again, in order; empty when the report is up to date.

    Raises NsocError for a fault in the YAML files.
    """
    steps = plan_steps(study, engine)
    maker = {path: step for step in steps for path in step.maakt}
    stale: dict[str, str] = {}
    lines = []
    for step in steps:
        upstream = dict.fromkeys(maker[path].sleutel for path in step.leest if path in maker)
        before = [stale[key] for key in upstream if key in stale]
        reasons = list(_reasons(study, step, set(maker)))
        if reasons:
            more = f" en {len(reasons) - SHOWN} andere" if len(reasons) > SHOWN else ""
            lines.append(f"{step.naam}: {', '.join(reasons[:SHOWN])}{more}")
        elif before:
            more = f" of een van {len(before) - 1} andere stappen" if before[1:] else ""
            lines.append(f'{step.naam}: als "{before[0]}"{more} iets anders oplevert')
        if reasons or before:
            stale[step.sleutel] = step.naam
    return lines


def _reasons(study: Study, step: Step, made: set[Path]) -> Iterator[str]:
    """Yield why this step runs again by itself, whatever the steps before it do."""
    then = read_record(study.state, step)
    now = record_of(step, made)
    yield from (f"{study.show(path)} is er niet" for path in step.outside(made) if not path.exists())
    if then is None:
        yield "nog niet gedaan"
        return
    if then.telt != now.telt:
        yield "parameters of ENGINE zijn veranderd"
    places = {path.name: study.show(path) for path in (*step.outside(made), *step.leest, *step.maakt)}
    for before, after in ((then.buiten, now.buiten), (then.tussen, now.tussen), (then.maakt, now.maakt)):
        yield from (f"{places.get(name, name)} {how}" for name, how in _differences(before, after))


def _differences(then: Hashes, now: Hashes) -> Iterator[tuple[str, str]]:
    """Yield what happened to each file, by name; nothing when names and contents are the same in the same order."""
    if then == now:
        return
    old = {(name, value) for name, value in then}
    new = {(name, value) for name, value in now}
    named, found = {name for name, _ in old}, {name for name, _ in new}
    changed = sorted({name for name, _ in old ^ new})
    for name in changed:
        yield name, "is veranderd" if name in named & found else "is nieuw" if name in found else "is weg"
    if not changed:
        yield "de volgorde van bestanden", "is veranderd"
