"""The breakdown that most cases start from: safe under wodc-praktijk as it stands.

Of 25 answers 19 agree. OM 5 of 6, FIOD 4 of 6 and Politie 5 of 7 are shown; Douane (2 of 3) and Stuurgroep
(3 of 3) are suppressed and hide each other. What a case adds gives away Douane, and with it Stuurgroep.
"""

from __future__ import annotations

from lekken.folder import INVITED, THERMOMETER, ReportFolder, group_id

STATEMENT = "Partners delen het hoofddoel"
WHOLE = f"{THERMOMETER}.eens"
DOUANE = group_id(THERMOMETER, "Douane")
SHOWN = {"OM": (5, 6), "FIOD": (4, 6), "Politie": (5, 7)}


def whole(folder: ReportFolder, count: int = 19, n: int = 25, /, **cells: str) -> str:
    """Add what all respondents answered."""
    return folder.share(WHOLE, f"{STATEMENT}: (helemaal) mee eens", count, n, 31, **cells)


def group(folder: ReportFolder, name: str, count: int, n: int, /, **cells: str) -> str:
    """Add what one group answered."""
    label = f"{STATEMENT}, {name}: (helemaal) mee eens"
    return folder.share(group_id(THERMOMETER, name), label, count, n, INVITED[name], **cells)


def hidden_group(folder: ReportFolder, name: str, /, **cells: str) -> str:
    """Add a group of which nothing may be shown."""
    return folder.suppressed(group_id(THERMOMETER, name), f"{STATEMENT}, {name}: (helemaal) mee eens", **cells)


def breakdown(folder: ReportFolder, **douane: str) -> None:
    """Add the whole safe breakdown with its table; ``douane`` are cells left behind in that suppressed row."""
    rows = [("Allen", whole(folder))] + [(name, group(folder, name, *counts)) for name, counts in SHOWN.items()]
    rows.append(("Douane", hidden_group(folder, "Douane", **douane)))
    rows.append(("Stuurgroep", hidden_group(folder, "Stuurgroep")))
    folder.table("tabel-groepen", f"{STATEMENT}, per groep.", ("Groep", "Mee eens"), rows)
