"""What two metingen may say about each other: a comparison only where researchers declared one.

Nothing is compared by default. The later of two metingen declares in its table ``vergelijkingen`` what it
may be held against and why; without that, or across studies, there is a Dutch sentence and no number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from nsoc_lib.codebook import Stelling
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.published import Dossier
from nsoc_lib.questions import SMALLEST_GROUP
from nsoc_lib.result import Result
from nsoc_lib.rounds import NIET_VERGELIJKBAAR, OPZETTEN, Change, Design, NoComparison, Round, compare_rounds
from nsoc_lib.shares import count_agreeing, protect_agreement
from nsoc_lib.source_rows import SourceRow, SourceTable, read_rows
from nsoc_lib.suppression import KLEINE_GROEP
from nsoc_lib.survey import Survey

VERGELIJKINGEN, KOPPELINGEN = "vergelijkingen", "koppelingen"
UNDECLARED = (
    "Niemand heeft vastgelegd hoe deze metingen zich tot elkaar verhouden, en zonder dat wordt niets vergeleken."
)
UNKNOWN_STUDY = "Van een van de metingen is niet vastgelegd bij welk onderzoek zij hoort."
NOT_SHOWN = "Van een van beide metingen mag het aantal niet worden getoond, en een verschil zou het verraden."
NOTHING_SHARED = "De metingen hebben geen enkele stelling gemeen."

Persons = tuple[dict[str, str], dict[str, str]]  # per side: respondent and the name used for both sides


@dataclass(frozen=True)
class Declaration:
    """What researchers declared about a later meting beside an earlier one: design, reason, who and when, where."""

    eerder: str
    later: str
    design: Design
    reden: str
    ondertekening: str
    vindplaats: str


@dataclass(frozen=True)
class Pair:
    """Two metingen with their declaration, missing when there is none, and what may be said of each statement.

    ``uitkomsten`` are in the order of the later codebook. It is empty when nothing at all is compared, and
    then ``weigering`` is the Dutch sentence why.
    """

    eerder: Dossier
    later: Dossier
    verklaring: Declaration | None
    uitkomsten: tuple[tuple[Stelling, Change | NoComparison], ...] = ()
    weigering: str = ""

    @property
    def changes(self) -> tuple[tuple[Stelling, Change], ...]:
        """The statements that are compared."""
        return tuple((stelling, outcome) for stelling, outcome in self.uitkomsten if isinstance(outcome, Change))

    @property
    def reasons(self) -> dict[str, list[str]]:
        """Per reason not to compare the short names of its statements; none for all of them together."""
        found: dict[str, list[str]] = {self.weigering: []} if self.weigering else {}
        for stelling, outcome in self.uitkomsten:
            if isinstance(outcome, NoComparison):
                found.setdefault(outcome.reason, []).append(stelling.kort)
        return found

    @property
    def surveys(self) -> tuple[Survey, Survey] | None:
        """The questionnaire that both metingen have; None when they have none in common."""
        both = [name for name in self.later.enquetes if name in self.eerder.enquetes]
        return (self.eerder.enquetes[both[0]], self.later.enquetes[both[0]]) if both else None

    @property
    def shared(self) -> tuple[Stelling, ...]:
        """The statements of the later questionnaire whose id the earlier one has as well."""
        if self.surveys is None:
            return ()
        first, second = self.surveys
        known = {stelling.id for stelling in first.codeboek.stellingen}
        return tuple(stelling for stelling in second.codeboek.stellingen if stelling.id in known)

    @property
    def gedeeld(self) -> Result | None:
        """How many statements both questionnaires have; None without a questionnaire in common."""
        if self.surveys is None:
            return None
        label = "Stellingen in beide vragenlijsten"
        return Result(
            f"{self.base}.stellingen", label, len(self.shared), "stellingen", "herleid", self.surveys[1].dataset
        )

    @property
    def base(self) -> str:
        """How the id of every result of this pair begins."""
        return f"{self.later.meting.naam}.vergelijking.{self.eerder.meting.naam}"

    @property
    def nagebootst(self) -> bool:
        """Whether the answers on either side are imitated."""
        return self.surveys is not None and not all(survey.waargenomen for survey in self.surveys)


def build_declarations(table: SourceTable) -> tuple[Declaration, ...]:
    """Check the table ``vergelijkingen`` of a meting and return its rows, or raise one NsocError."""
    found: list[Declaration] = []
    for row in read_rows(table):
        row.once("met", [known.eerder for known in found], "elke andere meting een keer")
        found.append(_build_declaration(row))
    return tuple(found)


def _build_declaration(row: SourceRow) -> Declaration:
    if row.filled("met") == row.tabel.meting:
        raise row.refuse("met", "een andere meting dan deze zelf", "Noem de eerdere meting.")
    if not row.moment("datum"):
        raise row.refuse("datum", "de datum waarop dit is vastgelegd", "Vul de datum in.")
    design = Design(row.choice("opzet", OPZETTEN), row.filled("reden"), row.text("toestemming"))
    signed = f"{row.filled('rol')}, {row.text('datum')}"
    return Declaration(row.text("met"), row.tabel.meting, design, design.reden, signed, row.filled("vindplaats"))


def build_links(table: SourceTable, declared: Iterable[str], first: Survey, second: Survey) -> dict[str, str]:
    """Return per respondent of the second questionnaire who of the first is the same person.

    The table ``koppelingen`` holds pseudonyms; ``declared`` are the metingen it may speak of. Raises
    NsocError for another meting, for somebody in neither export and for somebody linked twice.
    """
    links: dict[str, str] = {}
    for row in read_rows(table):
        if row.choice("met", declared) != first.meting:
            continue
        person, same = _find(row, "respondent_eerste", first), _find(row, "respondent_tweede", second)
        if same in links or person in links.values():
            column = "respondent_tweede" if same in links else "respondent_eerste"
            raise row.refuse(
                column, "elke deelnemer een keer", "Haal een van de rijen weg.", "iemand die al gekoppeld is"
            )
        links[same] = person
    return links


def _find(row: SourceRow, column: str, survey: Survey) -> str:
    known = dict(zip(survey.respondenten["kenmerk"], survey.respondenten["respondent"], strict=True))
    if row.filled(column) not in known:
        raise row.refuse(
            column,
            f"de ResponseId van een deelnemer in {survey.opgave.bestand} van {survey.meting}",
            "Verbeter de koppeling, of haal de rij weg.",
            "iemand die niet in die export staat",
        )
    return str(known[row.text(column)])


def compare_metingen(dossiers: tuple[Dossier, ...]) -> tuple[Pair, ...]:
    """Return every pair of these metingen with what may be said about it.

    The one that declares is the later of the two; where nobody did, it is the last in ``dossiers``. Raises
    NsocError for fewer than two metingen, and when both of two declare.
    """
    if len(dossiers) < len(("eerder", "later")):
        raise NsocError(
            "parameter metingen",
            found=f'"{enumerate_nl([dossier.meting.naam for dossier in dossiers])}"',
            expected="ten minste twee metingen, met een spatie ertussen",
            remedy="Verbeter metingen in data/raw/evaluatie.yml of in de cel met parameters.",
        )
    tables = [dossier.tabellen[VERGELIJKINGEN] for dossier in dossiers if VERGELIJKINGEN in dossier.tabellen]
    declared = {(d.eerder, d.later): d for table in tables for d in build_declarations(table)}
    return tuple(_compare_pair(*sides, declared) for sides in combinations(dossiers, 2))


def _compare_pair(first: Dossier, second: Dossier, declared: dict[tuple[str, str], Declaration]) -> Pair:
    names = first.meting.naam, second.meting.naam
    if names[::-1] in declared:
        if names in declared:
            raise NsocError(
                f"tabel {VERGELIJKINGEN} van {names[0]} en van {names[1]}",
                found="in allebei een verklaring over de andere",
                expected="een verklaring, bij de latere meting",
                remedy="Haal een van beide weg.",
            )
        first, second, names = second, first, names[::-1]
    declaration = declared.get(names)
    design = declaration.design if declaration else Design(NIET_VERGELIJKBAAR, UNDECLARED)
    pair = Pair(first, second, declaration)
    reason = _refuse_whole(pair, design)
    if reason or pair.surveys is None:
        return Pair(first, second, declaration, weigering=reason)
    persons: Persons = ({}, {})
    if KOPPELINGEN in second.tabellen:
        known = [earlier for earlier, later in declared if later == names[1]]
        persons = name_persons(build_links(second.tabellen[KOPPELINGEN], known, *pair.surveys), *pair.surveys)
    outcomes = tuple((stelling, _compare_statement(pair, stelling.id, design, persons)) for stelling in pair.shared)
    return Pair(first, second, declaration, outcomes)


def _refuse_whole(pair: Pair, design: Design) -> str:
    """Return why nothing at all is compared; empty when the statements are looked at one by one."""
    studies = pair.eerder.meting.onderzoek, pair.later.meting.onderzoek
    if not all(studies):
        return UNKNOWN_STUDY
    if pair.surveys and studies[0] == studies[1] and design.opzet != NIET_VERGELIJKBAAR:
        return "" if pair.shared else NOTHING_SHARED
    first, second = (Round(study, "", "", None, "") for study in studies)
    outcome = compare_rounds(first, second, design, minimum=SMALLEST_GROUP)
    assert isinstance(outcome, NoComparison)  # there is no share on either side
    return outcome.reason


def _compare_statement(pair: Pair, stelling: str, design: Design, persons: Persons) -> Change | NoComparison:
    assert pair.surveys is not None
    if any(not _may_be_compared(survey, stelling) for survey in pair.surveys):
        return NoComparison(NOT_SHOWN)
    first, second = (
        _build_round(dossier, survey, stelling, names)
        for dossier, survey, names in zip((pair.eerder, pair.later), pair.surveys, persons, strict=True)
    )
    return compare_rounds(first, second, design, minimum=smallest_group(*pair.surveys))


def _may_be_compared(survey: Survey, stelling: str) -> bool:
    """Whether the exact count is shown: a change is computed from both counts and would give a hidden one away."""
    if not survey.waargenomen:
        return True
    eens = protect_agreement(survey, survey.codeboek.select_stelling(stelling)).eens
    if eens.status_reden == KLEINE_GROEP:
        return True  # compare_rounds refuses it with a reason of its own
    return not (eens.suppressed or eens.counts_rounded)


def smallest_group(*surveys: Survey) -> int:
    """Return the largest of the smallest groups that these codebooks allow to be shown."""
    declared = [background.kleinste_groep for survey in surveys for background in survey.codeboek.achtergrond]
    ruled = [survey.regels.kleinste_groep for survey in surveys if survey.waargenomen]
    return max([SMALLEST_GROUP, *declared, *ruled])


def name_persons(links: dict[str, str], first: Survey, second: Survey) -> Persons:
    """Return per questionnaire a name for each respondent, the same in both for who is linked."""
    earlier, later = (list(survey.respondenten["respondent"]) for survey in (first, second))
    names = {name: f"later {name}" for name in later} | {name: f"eerder {links[name]}" for name in links}
    return {name: f"eerder {name}" for name in earlier}, names


def _build_round(dossier: Dossier, survey: Survey, name: str, persons: dict[str, str]) -> Round:
    """Return one side: the share that agrees, and per person when respondents have names in both."""
    stelling = survey.codeboek.select_stelling(name)
    scale = survey.codeboek.scale_of(stelling)
    rows = survey.antwoorden.loc[survey.antwoorden["stelling"] == name]
    valid = rows.loc[rows["antwoord"].notna() & ~rows["antwoord"].isin(scale.weet_niet)]
    agrees = zip(valid["respondent"], valid["antwoord"].isin(scale.instemmend), strict=True)
    return Round(
        evaluatie=dossier.meting.onderzoek,
        naam=f"“{dossier.meting.titel}”",
        stelling=_question(survey, stelling),
        share=count_agreeing(survey, stelling),
        herkomst=survey.opgave.herkomst,
        antwoorden={persons[respondent]: bool(agree) for respondent, agree in agrees} if persons else {},
    )


def _question(survey: Survey, stelling: Stelling) -> str:
    """Return all that makes a question the same one: name, words, direction, answers and which count."""
    scale = survey.codeboek.scale_of(stelling)
    counted = sorted(scale.instemmend), sorted(scale.weet_niet)
    return repr((stelling.id, " ".join(stelling.tekst.split()), stelling.richting, scale.labels, counted))
