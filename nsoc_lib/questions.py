"""Kinds of question beyond statements, each with the columns a Qualtrics export has for it.

A kind is named by ``soort``: ``toestemming`` (consent, by its first option), ``open``, ``een`` (one answer), ``meer``
(several), ``kies`` (at most ``aantal``, a top-n), ``rangorde`` (rank what was chosen at ``van``),
``lus`` (one answer for each option chosen at ``van``) and ``stellingen`` (the place of the
statements in the order of the questionnaire).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nsoc_lib.doubles import first_double
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import check_name

TOESTEMMING, OPEN, EEN, MEER, KIES, RANGORDE, LUS, STELLINGEN = (
    "toestemming", "open", "een", "meer", "kies", "rangorde", "lus", "stellingen",
)  # fmt: skip
GESLOTEN = (EEN, MEER, KIES, RANGORDE, LUS)
FOLLOWING = (RANGORDE, LUS)  # what is shown depends on what was chosen before
SMALLEST_GROUP = 3  # below this a group tells what one of its members answered
NIET_GEPUBLICEERD = "niet gepubliceerd"
WORDS = "_TEXT"  # the end of the name of a column with what was written at an option


@dataclass(frozen=True)
class OpenQuestion:
    """A question answered in words. Words are kept only with a reason, and never published.

    Words that look like personal data are not kept even then, unless ``persoonlijk`` gives a reason.
    ``codes`` maps the codes of the researchers' coding table to the label the report shows.
    """

    id: str
    kolom: str
    import_id: str
    tekst: str
    bewaren: bool
    reden: str
    codes: dict[str, str]
    gepubliceerd: str = NIET_GEPUBLICEERD
    soort: str = OPEN
    persoonlijk: str = ""

    @property
    def kolommen(self) -> dict[str, str]:
        return {self.import_id: self.kolom}

    @classmethod
    def build(cls, raw: Entry) -> OpenQuestion:
        question = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            kolom=raw.text("kolom"),
            import_id=raw.text("import_id"),
            tekst=raw.text("tekst"),
            bewaren=raw.flag("bewaren"),
            reden=raw.text("reden"),
            codes=_build_codes(raw),
            gepubliceerd=raw.text("gepubliceerd", NIET_GEPUBLICEERD),
            persoonlijk=raw.text("persoonlijk", ""),
        )
        raw.refuse_unknown()
        if question.persoonlijk and not question.bewaren:
            raise NsocError(
                raw.at("persoonlijk"),
                found="een reden om persoonsgegevens te bewaren, en bewaren: false",
                expected="deze sleutel alleen bij bewaren: true",
                remedy="Haal persoonlijk weg, of bewaar de woorden met een reden.",
            )
        return question


@dataclass(frozen=True)
class Option:
    """One answer to choose. ``toelichting``: a text field "anders, namelijk" belongs to it.

    ``code`` is the number in the names of columns, and stands in cells as well unless ``waarde`` gives
    another: Qualtrics lets an author recode what is written in cells, never what columns are called.
    """

    id: str
    code: str
    label: str
    toelichting: bool = False
    waarde: str = ""

    @property
    def in_cel(self) -> str:
        """What a cell of a numeric export holds for this option."""
        return self.waarde or self.code

    @classmethod
    def build(cls, raw: Entry) -> Option:
        option = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            code=raw.code("code"),
            label=raw.text("label"),
            toelichting=raw.flag("toelichting", default=False),
            waarde=raw.code("waarde") if raw.has("waarde") else "",
        )
        raw.refuse_unknown()
        return option


@dataclass(frozen=True)
class Question:
    """One question of a questionnaire that is no statement and is not answered in words.

    ``opties`` are its answers; a question that follows ``van`` takes the options of that question,
    and a ``lus`` has its answers in ``antwoorden``. ``codes`` are the researchers' categories for
    what was written at "anders, namelijk". ``soort_uit`` says how the kind is known and
    ``gepubliceerd`` where the source gives outcomes. Results on fewer than ``kleinste_groep``
    people are not shown; of an ``achtergrond`` question no option that fewer chose is shown either.
    """

    id: str
    soort: str
    kort: str
    tekst: str
    kolom: str = ""
    import_id: str = ""
    opties: tuple[Option, ...] = ()
    antwoorden: tuple[Option, ...] = ()
    van: str = ""
    aantal: int = 0
    codes: dict[str, str] = field(default_factory=dict)
    kleinste_groep: int = SMALLEST_GROUP
    soort_uit: str = "vragenlijst"
    gepubliceerd: str = NIET_GEPUBLICEERD
    achtergrond: bool = False

    @property
    def kolommen(self) -> dict[str, str]:
        """The columns of the export, ImportId to tag, in the split form in which each option has its own."""
        if self.soort == STELLINGEN:
            return {}
        if self.soort in {TOESTEMMING, EEN}:
            columns = {self.import_id: self.kolom}
        else:
            columns = {self.column_of(option)[0]: self.column_of(option)[1] for option in self.opties}
        texts = [option for option in self.opties if option.toelichting and self.soort not in FOLLOWING]
        return columns | dict(map(self.words_at, texts))

    def words_at(self, option: Option) -> tuple[str, str]:
        """Return ImportId and tag of the column with what was written at one option."""
        return f"{self.import_id}_{option.code}{WORDS}", f"{self.kolom}_{option.code}{WORDS}"

    def column_of(self, option: Option) -> tuple[str, str]:
        """Return ImportId and tag of the column that belongs to one option."""
        if self.soort in {TOESTEMMING, EEN}:
            return self.import_id, self.kolom
        if self.soort == LUS:
            return f"{option.code}_{self.import_id}", f"{option.code}_{self.kolom}"
        return f"{self.import_id}_{option.code}", f"{self.kolom}_{option.code}"

    def select_option(self, option_id: str) -> Option:
        """Return one option by its id. Raises NsocError when the question does not have it."""
        for option in self.opties:
            if option.id == option_id:
                return option
        raise NsocError(
            f"de vraag {self.id}",
            found=f'geen optie "{option_id}"',
            expected=f"een van: {enumerate_nl([option.id for option in self.opties])}",
            remedy="Verbeter de naam van de optie, of voeg haar toe aan het codeboek.",
        )


Listed = Question | OpenQuestion


def build_questions(entries: list[Entry]) -> tuple[Listed, ...]:
    """Return the questions in the order of the questionnaire, or raise NsocError with its place."""
    built: dict[str, Listed] = {}
    for raw in entries:
        kind = raw.choice("soort", (TOESTEMMING, OPEN, *GESLOTEN, STELLINGEN))
        question = OpenQuestion.build(raw) if kind == OPEN else _build_question(raw, kind, built)
        if question.id in built:
            raise NsocError(
                raw.at("id"),
                found=f'"{question.id}" bij meer dan een vraag',
                expected="elke vraag een eigen id",
                remedy="Geef een van de vragen een andere naam.",
            )
        built[question.id] = question
    return tuple(built.values())


def _build_question(raw: Entry, kind: str, earlier: dict[str, Listed]) -> Question:
    source = _followed(raw, kind, earlier) if kind in FOLLOWING else None
    smallest = raw.whole("kleinste_groep", SMALLEST_GROUP)
    own_options = kind in {TOESTEMMING, EEN, MEER, KIES}
    question = Question(
        id=check_name(raw.text("id"), raw.at("id")),
        soort=kind,
        kort=raw.text("kort"),
        tekst=raw.text("tekst"),
        kolom="" if kind == STELLINGEN else raw.text("kolom"),
        import_id="" if kind == STELLINGEN else raw.text("import_id"),
        opties=source.opties if source else _build_options(raw, "opties") if own_options else (),
        antwoorden=_build_options(raw, "antwoorden") if kind == LUS else (),
        van=source.id if source else "",
        aantal=raw.whole("aantal") if kind == KIES else source.aantal if source else 0,
        codes=_build_codes(raw) if raw.has("codes") else {},
        kleinste_groep=smallest,
        soort_uit=raw.text("soort_uit", "vragenlijst"),
        gepubliceerd=raw.text("gepubliceerd", NIET_GEPUBLICEERD),
        achtergrond=raw.flag("achtergrond", default=False),
    )
    raw.refuse_unknown()
    if kind == KIES and not 0 < question.aantal < len(question.opties):
        raise NsocError(
            raw.at("aantal"),
            found=f"{question.aantal} van {len(question.opties)} opties",
            expected="ten minste een, en minder dan er opties zijn",
            remedy="Verbeter aantal, of gebruik soort: meer.",
        )
    refuse_small_group(raw, smallest)
    return question


def refuse_small_group(raw: Entry, smallest: int) -> None:
    """Refuse a ``kleinste_groep`` under the smallest group any table may show, with NsocError."""
    if smallest < SMALLEST_GROUP:
        raise NsocError(
            raw.at("kleinste_groep"),
            found=str(smallest),
            expected=f"ten minste {SMALLEST_GROUP}",
            remedy="Maak het getal groter: een kleinere groep tonen verraadt wat iemand antwoordde.",
        )


def _followed(raw: Entry, kind: str, earlier: dict[str, Listed]) -> Question:
    """Return the earlier question whose chosen options are ranked or asked about."""
    wanted = KIES if kind == RANGORDE else MEER
    source = earlier.get(raw.text("van"))
    if not isinstance(source, Question) or source.soort != wanted:
        names = [name for name, question in earlier.items() if question.soort == wanted]
        raise NsocError(
            raw.at("van"),
            found=f'"{raw.text("van")}"',
            expected=f"een eerdere vraag van soort {wanted}: {enumerate_nl(names) or 'die is er niet'}",
            remedy="Verbeter de naam, of zet die vraag eerder in de lijst.",
        )
    return source


def _build_options(raw: Entry, key: str) -> tuple[Option, ...]:
    options = tuple(Option.build(entry) for entry in raw.entries(key))
    if not options:
        raise NsocError(
            raw.at(key),
            found="een lege lijst",
            expected="ten minste een antwoord",
            remedy="Voeg de antwoorden toe: id, code en label.",
        )
    for part, attribute in (("id", "id"), ("code", "code"), ("label", "label"), ("waarde", "in_cel")):
        if twice := first_double(getattr(option, attribute) for option in options):
            raise NsocError(
                raw.at(key),
                found=f'{part} "{twice}" meer dan een keer',
                expected=f"elke {part} een keer",
                remedy="Verwijder of verbeter het dubbele antwoord.",
            )
    return options


def _build_codes(raw: Entry) -> dict[str, str]:
    codes = raw.entry("codes")
    return {check_name(code, codes.where): codes.text(code) for code in codes.names()}


def count_asked(questions: tuple[Listed, ...]) -> int:
    """Count the questions as a respondent meets them: statements under one heading are one, consent is none."""
    return sum(question.soort != TOESTEMMING for question in questions)
