"""Counts that a source prints about its choice of projects, beside what its descriptions give.

A printed count fits when the descriptions leave room for it: what a description says is fixed,
what we read into it or what it leaves out is not. What does not fit is a question, never a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nsoc_lib.consistency import GETAL, MIDDEL, RESTATED, TOTALS, ConsistencyFinding, Rule
from nsoc_lib.errors import NsocError
from nsoc_lib.prose import Indication, indicate
from nsoc_lib.result import Result
from nsoc_lib.selection import JA, Candidates, count_holders, count_result
from nsoc_lib.shares import slug
from nsoc_lib.source_rows import AFGELEID, GENOEMD, SourceRow, SourceTable, read_rows
from nsoc_lib.tables import Row, Table

LIJST, KEUZE = "lijst", "keuze"  # the projects to choose from, and those that were chosen
LABELS = {LIJST: "Projecten op de lijst", KEUZE: "Gekozen projecten"}
GELIJK, MOGELIJK, MEER, NIET = "gelijk", "mogelijk", "wij lezen er meer", "nee"
STAGES = Rule("een getal, meer omschrijvingen", "Wat is op elk van deze plaatsen geteld?", MIDDEL, GETAL)
UNFIT = Rule("telling en beschrijving", "Welke projecten zijn hier geteld?", MIDDEL, GETAL)
SOURCE = "WODC 2021 "
FIT_NOTE = (
    "Gelijk: genoemd en afgeleid samen zijn de gedrukte telling. Mogelijk: de bron laat genoeg open om de telling te "
    "laten kloppen. Wij lezen er meer: als de telling klopt, zijn onze afgeleide waarden er te veel. Nee: met wat de bron bij de projecten noemt, kan de telling niet kloppen."
)


@dataclass(frozen=True)
class PrintedCount:
    """One count as printed. ``criterium`` is a criterion, or says what is counted; ``stadium`` how it is described."""

    criterium: str
    waarde: str
    onderwerp: str
    aantal: int
    stadium: str
    plaats: str
    vindplaats: str
    result: Result


@dataclass(frozen=True)
class PrintedCounts:
    """All printed counts in the order of the table, with the candidates they are about."""

    keuze: Candidates
    tellingen: tuple[PrintedCount, ...]

    def select(self, criterium: str, waarde: str = "", plaats: str = "") -> Result:
        """Return one printed count, of the first place that gives it or of one. Raises NsocError for another."""
        for count in self.tellingen:
            if (count.criterium, count.waarde) == (criterium, waarde) and plaats in ("", count.plaats):
                return count.result
        raise NsocError(
            "tabel gedrukte_tellingen_keuze",
            found=f'geen telling van "{" ".join(filter(None, (criterium, waarde, plaats)))}"',
            expected="een rij met dit criterium, deze waarde en deze plaats",
            remedy="Voeg de telling toe met haar vindplaats, of verbeter de naam in het notebook.",
        )

    @property
    def niet_beschreven(self) -> Result:
        """How many projects of the printed list are not described."""
        rest = int(self.select(LIJST).value) - len(self.keuze.projecten)
        return count_result(self.keuze, "niet-beschreven", "Projecten van de lijst die niet zijn beschreven", rest)

    def add(self, *criteria: str) -> Result:
        """Add up the printed counts of criteria that are met or not, each at the first place that gives it."""
        total = sum(int(self.select(name, JA).value) for name in criteria)
        return count_result(self.keuze, f"gedrukt-samen.{'-'.join(criteria)}", f"Samen: {' en '.join(criteria)}", total)


@dataclass(frozen=True)
class CountCheck:
    """A printed count beside the descriptions: said there, read there by us, and the room they leave."""

    gedrukt: PrintedCount
    genoemd: Result
    afgeleid: Result
    laagst: int
    hoogst: int

    @property
    def past(self) -> str:
        """Whether both are equal, the printed count is possible, below what we derived, or impossible."""
        total = self.genoemd.value + self.afgeleid.value
        if not self.laagst <= self.gedrukt.aantal <= self.hoogst:
            return NIET
        if self.afgeleid.value and total > self.gedrukt.aantal:
            return MEER
        return GELIJK if total == self.gedrukt.aantal else MOGELIJK


def build_printed_counts(table: SourceTable, candidates: Candidates) -> PrintedCounts:
    """Check the printed counts against the criteria and return them, or raise one NsocError.

    ``table`` has criterium, waarde, aantal, eenheid, stadium, plaats, vindplaats; beside the criteria
    ``lijst`` and ``keuze`` count projects, and other words count something else. Refused are a value
    that the criterion does not have, a missing or negative count, and a place that counts twice.
    """
    found: dict[str, PrintedCount] = {}
    for row in read_rows(table):
        printed = _build_printed(row, table, candidates)
        if printed.result.id in found:
            raise row.refuse("plaats", "elke telling een keer per plaats", "Haal een van beide rijen weg.")
        found[printed.result.id] = printed
    return PrintedCounts(candidates, tuple(found.values()))


def _build_printed(row: SourceRow, table: SourceTable, candidates: Candidates) -> PrintedCount:
    name, value, number = row.filled("criterium"), row.text("waarde"), row.count("aantal")
    known = {criterion.id: criterion for criterion in candidates.criteria}
    if name in known:
        row.choice("waarde", known[name].waarden)
    place = row.filled("plaats")
    label = known[name].label if name in known else LABELS.get(name, name)
    subject = f"{label}: {value}" if value else label
    result = Result(
        id=".".join([table.meting, "keuze", "gedrukt", *(slug(part) for part in (name, value, place) if part)]),
        label=f"{subject} ({place}, gepubliceerd)",
        value=number,
        unit=row.filled("eenheid"),
        provenance=table.herkomst,
        dataset=table.dataset,
    )
    return PrintedCount(name, value, subject, number, row.text("stadium"), place, row.filled("vindplaats"), result)


def check_counts(printed: PrintedCounts) -> tuple[CountCheck, ...]:
    """Put every printed count that the descriptions can be held against beside them, in the printed order."""
    known = {KEUZE, *(criterion.id for criterion in printed.keuze.criteria)}
    return tuple(_check(printed.keuze, count) for count in printed.tellingen if count.criterium in known)


def _check(candidates: Candidates, printed: PrintedCount) -> CountCheck:
    name, value, number = printed.criterium, printed.waarde, len(candidates.projecten)
    if name == KEUZE:
        described = count_result(candidates, "gekozen", "Beschreven projecten", number)
        none = count_result(candidates, "gekozen.afgeleid", "Afgeleide projecten", 0)
        return CountCheck(printed, described, none, number, number)
    fixed = {project: candidates.values(project, name, GENOEMD) for project in candidates.projecten}
    possible = {*candidates.holders(name, value), *(project for project, held in fixed.items() if not held)}
    return CountCheck(
        printed,
        count_holders(candidates, name, value, GENOEMD),
        count_holders(candidates, name, value, AFGELEID),
        sum(held == (value,) for held in fixed.values()),
        len(possible),
    )


def find_questions(printed: PrintedCounts) -> tuple[ConsistencyFinding, ...]:
    """Return every question about the printed counts, by rule and then in the printed order.

    Another count in another place; one count described otherwise; values of one criterion that do not
    add up to the chosen projects; a count for which the descriptions leave no room.
    """
    subjects: dict[str, list[PrintedCount]] = {}
    for count in printed.tellingen:
        subjects.setdefault(count.onderwerp, []).append(count)
    findings = []
    for subject, group in subjects.items():
        if len({count.aantal for count in group}) > 1:
            findings.append(_ask(RESTATED, subject, group, "; ".join(f"{c.plaats}: {c.aantal}" for c in group)))
    for subject, group in subjects.items():
        described = [count for count in group if count.stadium]
        if len({count.stadium for count in described}) > 1:
            stages = "; ".join(dict.fromkeys(count.stadium for count in described))
            findings.append(_ask(STAGES, subject, described, f"{described[0].aantal}: {stages}"))
    return (*findings, *_uneven(printed), *_unfitting(printed))


def _uneven(printed: PrintedCounts) -> Iterable[ConsistencyFinding]:
    divided = {criterion.id: criterion.label for criterion in printed.keuze.criteria if len(criterion.waarden) > 1}
    whole = next((c.aantal for c in printed.tellingen if c.criterium == KEUZE), len(printed.keuze.projecten))
    places: dict[tuple[str, str], list[PrintedCount]] = {}
    for count in printed.tellingen:
        if count.criterium in divided:
            places.setdefault((count.criterium, count.plaats), []).append(count)
    for (name, _), group in places.items():
        total = sum(count.aantal for count in group)
        if total != whole:
            yield _ask(TOTALS, divided[name], group, f"samen {total} van de {whole} projecten")


def _unfitting(printed: PrintedCounts) -> Iterable[ConsistencyFinding]:
    for check in check_counts(printed):
        if check.past == NIET:
            count = check.gedrukt
            found = f"gedrukt {count.aantal}; de beschrijvingen laten {check.laagst} tot {check.hoogst} toe"
            yield _ask(UNFIT, count.onderwerp, [count], found)


def _ask(rule: Rule, subject: str, group: list[PrintedCount], found: str) -> ConsistencyFinding:
    return rule.ask(subject, ({"vindplaats": count.vindplaats} for count in group), found)


def _show_places(places: Iterable[str]) -> Indication:
    """Return places for a cell. The source is that of the chapter, so that its name is left out."""
    return indicate("; ".join(place.removeprefix(SOURCE) for place in places))


def tabulate_printed(printed: PrintedCounts) -> Table:
    """Return every printed count beside what the descriptions say and what we read there.

    Places that print the same count of the same thing share a row, which names them all.
    """
    same: dict[tuple[str, int], list[CountCheck]] = {}
    for check in check_counts(printed):
        same.setdefault((check.gedrukt.onderwerp, check.gedrukt.aantal), []).append(check)
    rows: list[Row] = []
    for (subject, _), checks in same.items():
        first, places = checks[0], _show_places(check.gedrukt.vindplaats for check in checks)
        rows.append((subject, first.gedrukt.result, first.genoemd, first.afgeleid, first.past, places))
    return Table(
        key=f"tabel-{printed.keuze.meting}-tellingen",
        bijschrift="Elke gedrukte telling naast de beschrijvingen van de projecten.",
        koppen=("Telling", "Gedrukt", "Genoemd", "Afgeleid", "Past", "Vindplaats"),
        rijen=tuple(rows),
        noten=(FIT_NOTE,),
    )


def tabulate_questions(printed: PrintedCounts) -> Table:
    """Return the questions to the authors about the printed counts, each with its places."""
    rows: tuple[Row, ...] = tuple(
        (f.onderwerp, indicate(f.staat_er), f.vraag, _show_places(f.vindplaatsen)) for f in find_questions(printed)
    )
    return Table(
        key=f"tabel-{printed.keuze.meting}-vragen-keuze",
        bijschrift="Vragen aan de auteurs over de tellingen.",
        koppen=("Onderwerp", "Wat er staat", "Vraag", "Vindplaats"),
        rijen=rows,
        noten=() if rows else ("Er zijn geen zulke vragen.",),
    )
