"""What was asked: statements, scales, themes, background variables and questions of other kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

from nsoc_lib.doubles import first_double
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import check_name
from nsoc_lib.questions import STELLINGEN, Listed, OpenQuestion, Question, build_questions, refuse_small_group
from nsoc_lib.scales import MeasuringScale, Scale, refuse_unconfirmed

RICHTINGEN = ("positief", "negatief")
SYSTEEMKOLOMMEN = ("deelnemer", "compleet", "voortgang", "status")  # what a file without Qualtrics' names may declare


@dataclass(frozen=True)
class Stelling:
    """One statement of a questionnaire, in the direction in which it was put to people."""

    id: str
    kolom: str
    import_id: str
    thema: str
    kort: str
    tekst: str
    schaal: str
    richting: str

    @classmethod
    def build(cls, raw: Entry) -> Stelling:
        stelling = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            kolom=raw.text("kolom"),
            import_id=raw.text("import_id"),
            thema=raw.text("thema"),
            kort=raw.text("kort"),
            tekst=raw.text("tekst"),
            schaal=raw.text("schaal"),
            richting=raw.choice("richting", RICHTINGEN),
        )
        raw.refuse_unknown()
        return stelling


@dataclass(frozen=True)
class Background:
    """A background variable. Groups smaller than ``kleinste_groep`` are never shown apart."""

    id: str
    kolom: str
    import_id: str
    tekst: str
    antwoorden: tuple[str, ...]
    kleinste_groep: int

    @classmethod
    def build(cls, raw: Entry) -> Background:
        background = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            kolom=raw.text("kolom"),
            import_id=raw.text("import_id"),
            tekst=raw.text("tekst"),
            antwoorden=tuple(raw.texts("antwoorden")),
            kleinste_groep=raw.whole("kleinste_groep"),
        )
        refuse_small_group(raw, background.kleinste_groep)
        raw.refuse_unknown()
        return background


@dataclass(frozen=True)
class Codebook:
    """Everything known about one questionnaire, in the order in which it was asked.

    ``vragenlijst`` is the whole questionnaire in order, for one that has more than statements; its
    open questions stand in ``open_vragen`` as well. Without it statements come before open questions.
    ``systeem`` names the column that holds who answered (``deelnemer``) or how far they came.
    """

    instrument: str
    schalen: dict[str, Scale]
    themas: dict[str, str]
    stellingen: tuple[Stelling, ...]
    achtergrond: tuple[Background, ...]
    open_vragen: tuple[OpenQuestion, ...]
    overslaan: dict[str, str]
    meetschalen: tuple[MeasuringScale, ...] = ()
    vragenlijst: tuple[Listed, ...] = ()
    systeem: dict[str, str] = field(default_factory=dict)

    @property
    def vragen(self) -> tuple[Stelling | Background | OpenQuestion, ...]:
        return (*self.stellingen, *self.achtergrond, *self.open_vragen)

    @property
    def gesloten(self) -> tuple[Question, ...]:
        """The questions with answers to choose from, consent included."""
        return tuple(q for q in self.vragenlijst if isinstance(q, Question) and q.soort != STELLINGEN)

    @property
    def kolommen(self) -> dict[str, str]:
        """Every column that the export must have, ImportId to tag."""
        columns = {question.import_id: question.kolom for question in self.vragen}
        return columns | {key: tag for question in self.gesloten for key, tag in question.kolommen.items()}

    @property
    def volgorde(self) -> tuple[tuple[str, ...], ...]:
        """The columns of what was asked, one group per question or statement, in the order of asking."""
        statements = tuple((stelling.import_id,) for stelling in self.stellingen)
        if not self.vragenlijst:
            return (*statements, *((question.import_id,) for question in self.open_vragen))
        return tuple(
            group
            for question in self.vragenlijst
            for group in (statements if question.soort == STELLINGEN else (tuple(question.kolommen),))
        )

    def select_vraag(self, question_id: str) -> Question:
        """Return one question with answers to choose from, by its id. Raises NsocError when there is none."""
        for question in self.gesloten:
            if question.id == question_id:
                return question
        raise NsocError(
            "het codeboek",
            found=f'geen vraag "{question_id}"',
            expected=f"een van: {enumerate_nl([question.id for question in self.gesloten])}",
            remedy="Verbeter de naam van de vraag of voeg haar toe aan het codeboek.",
        )

    def scale_of(self, stelling: Stelling) -> Scale:
        return self.schalen[stelling.schaal]

    def select_thema(self, thema: str) -> tuple[Stelling, ...]:
        """Return the statements of one theme. Raises NsocError when the theme does not exist."""
        if thema not in self.themas:
            raise NsocError(
                "parameter thema",
                found=f'"{thema}"',
                expected=f"een thema uit het codeboek: {enumerate_nl(list(self.themas))}",
                remedy="Verbeter thema in data/raw/evaluatie.yml of in de cel met parameters.",
            )
        return tuple(stelling for stelling in self.stellingen if stelling.thema == thema)

    def select_stelling(self, stelling_id: str) -> Stelling:
        """Return one statement by its id. Raises NsocError when the codebook does not know it."""
        for stelling in self.stellingen:
            if stelling.id == stelling_id:
                return stelling
        raise NsocError(
            "het codeboek",
            found=f'geen stelling "{stelling_id}"',
            expected=f"een van: {enumerate_nl([s.id for s in self.stellingen])}",
            remedy="Verbeter de naam van de stelling of voeg haar toe aan het codeboek.",
        )

    def label_answer(self, question_id: str, answer: str) -> str:
        """Return the label of an option, or of a code of an open question. Raises NsocError when there is none."""
        codes = {question.id: question.codes for question in self.open_vragen}.get(question_id)
        if codes is None:
            return self.select_vraag(question_id).select_option(answer).label
        if answer not in codes:
            raise NsocError(
                f"de vraag {question_id}",
                found=f'geen code "{answer}"',
                expected=f"een van: {enumerate_nl(list(codes), most=12)}",
                remedy="Verbeter de code in het notebook, of voeg haar toe aan het codeboek.",
            )
        return codes[answer]

    @classmethod
    def build(cls, raw: Entry) -> Codebook:
        """Check the raw YAML of a codebook and return it, or raise one NsocError."""
        scales, themes = raw.entry("schalen"), raw.entry("themas")
        listed = build_questions(raw.entries("vragen", []))
        open_questions = [OpenQuestion.build(entry) for entry in raw.entries("open_vragen", [])]
        codebook = cls(
            instrument=check_name(raw.text("instrument"), raw.at("instrument")),
            schalen={name: Scale.build(scales.entry(name), name) for name in scales.names()},
            themas={check_name(name, themes.where): themes.text(name) for name in themes.names()},
            stellingen=tuple(Stelling.build(entry) for entry in raw.entries("stellingen")),
            achtergrond=tuple(Background.build(entry) for entry in raw.entries("achtergrond", [])),
            open_vragen=(*open_questions, *(question for question in listed if isinstance(question, OpenQuestion))),
            overslaan=dict(_build_skipped(entry) for entry in raw.entries("overslaan", [])),
            meetschalen=tuple(MeasuringScale.build(entry) for entry in raw.entries("meetschalen", [])),
            vragenlijst=listed,
            systeem=_build_system(raw.entry("systeemkolommen")) if raw.has("systeemkolommen") else {},
        )
        raw.refuse_unknown()
        _check_references(codebook, raw.where)
        refuse_unconfirmed(codebook.schalen.values(), raw.where)
        for scale in codebook.meetschalen:
            for stelling in scale.stellingen:
                codebook.select_stelling(stelling)
        return codebook


def _build_skipped(raw: Entry) -> tuple[str, str]:
    skipped = raw.text("kolom"), raw.text("reden")
    raw.refuse_unknown()
    return skipped


def _build_system(raw: Entry) -> dict[str, str]:
    columns = {name: raw.text(name) for name in SYSTEEMKOLOMMEN if raw.has(name)}
    raw.refuse_unknown()
    return columns


def _check_references(codebook: Codebook, where: str) -> None:
    for stelling in codebook.stellingen:
        place = f"{where}, stelling {stelling.id}"
        for key, value, known in (
            ("thema", stelling.thema, list(codebook.themas)),
            ("schaal", stelling.schaal, list(codebook.schalen)),
        ):
            if value not in known:
                raise NsocError(
                    f"{place}, sleutel {key}",
                    found=f'"{value}"',
                    expected=f"een van: {enumerate_nl(known)}",
                    remedy=f"Verbeter de naam of voeg hem toe onder {'themas' if key == 'thema' else 'schalen'}.",
                )
    _check_themes(codebook, where)
    asked = [question for question in codebook.vragen if question not in codebook.vragenlijst]
    ids = [question.id for question in (*asked, *codebook.vragenlijst)]
    columns = [question.import_id for question in codebook.vragen]
    columns += [import_id for question in codebook.gesloten for import_id in question.kolommen]
    for key, values in (("id", ids), ("import_id", columns)):
        if twice := first_double(values):
            raise NsocError(
                where,
                found=f'{key} "{twice}" bij meer dan een vraag',
                expected=f"elke {key} een keer",
                remedy="Geef een van de vragen een andere waarde.",
            )
    _check_place_of_statements(codebook, where)


def _check_place_of_statements(codebook: Codebook, where: str) -> None:
    """Refuse a list without a place for the statements: nobody would have reached them."""
    places = sum(question.soort == STELLINGEN for question in codebook.vragenlijst)
    if codebook.vragenlijst and places != min(len(codebook.stellingen), 1):
        raise NsocError(
            f"{where}, sleutel vragen",
            found=f"{places} keer soort: stellingen, en {len(codebook.stellingen)} stellingen",
            expected="een plaats voor de stellingen in de volgorde van de vragenlijst, als er stellingen zijn",
            remedy="Voeg een vraag met soort: stellingen toe, of haal haar weg.",
        )


def _check_themes(codebook: Codebook, where: str) -> None:
    for theme in codebook.themas:
        if not any(stelling.thema == theme for stelling in codebook.stellingen):
            raise NsocError(
                f"{where}, sleutel themas",
                found=f'het thema "{theme}" zonder stellingen',
                expected="bij elk thema ten minste een stelling",
                remedy="Verwijder het thema, of voeg de stellingen toe.",
            )
