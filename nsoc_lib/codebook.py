"""What was asked: statements, scales, themes, background variables and open questions."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import check_name
from nsoc_lib.scales import MeasuringScale, Scale

SMALLEST_GROUP = 3  # below this a group tells what one of its members answered
RICHTINGEN = ("positief", "negatief")


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
        if background.kleinste_groep < SMALLEST_GROUP:
            raise NsocError(
                raw.at("kleinste_groep"),
                found=str(background.kleinste_groep),
                expected=f"ten minste {SMALLEST_GROUP}",
                remedy="Een kleinere groep tonen verraadt wat iemand antwoordde.",
            )
        raw.refuse_unknown()
        return background


@dataclass(frozen=True)
class OpenQuestion:
    """A question answered in words. Words are kept only with a reason, and never published.

    ``codes`` maps the codes of the researchers' coding table to the label the report shows.
    """

    id: str
    kolom: str
    import_id: str
    tekst: str
    bewaren: bool
    reden: str
    codes: dict[str, str]

    @classmethod
    def build(cls, raw: Entry) -> OpenQuestion:
        codes = raw.entry("codes")
        question = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            kolom=raw.text("kolom"),
            import_id=raw.text("import_id"),
            tekst=raw.text("tekst"),
            bewaren=raw.flag("bewaren"),
            reden=raw.text("reden"),
            codes={check_name(code, codes.where): codes.text(code) for code in codes.names()},
        )
        raw.refuse_unknown()
        return question


@dataclass(frozen=True)
class Codebook:
    """Everything known about one questionnaire, in the order in which it was asked."""

    instrument: str
    schalen: dict[str, Scale]
    themas: dict[str, str]
    stellingen: tuple[Stelling, ...]
    achtergrond: tuple[Background, ...]
    open_vragen: tuple[OpenQuestion, ...]
    overslaan: dict[str, str]
    meetschalen: tuple[MeasuringScale, ...] = ()

    @property
    def vragen(self) -> tuple[Stelling | Background | OpenQuestion, ...]:
        return (*self.stellingen, *self.achtergrond, *self.open_vragen)

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

    @classmethod
    def build(cls, raw: Entry) -> Codebook:
        """Check the raw YAML of a codebook and return it, or raise one NsocError."""
        scales, themes = raw.entry("schalen"), raw.entry("themas")
        codebook = cls(
            instrument=check_name(raw.text("instrument"), raw.at("instrument")),
            schalen={name: Scale.build(scales.entry(name), name) for name in scales.names()},
            themas={check_name(name, themes.where): themes.text(name) for name in themes.names()},
            stellingen=tuple(Stelling.build(entry) for entry in raw.entries("stellingen")),
            achtergrond=tuple(Background.build(entry) for entry in raw.entries("achtergrond", [])),
            open_vragen=tuple(OpenQuestion.build(entry) for entry in raw.entries("open_vragen", [])),
            overslaan=dict(_build_skipped(entry) for entry in raw.entries("overslaan", [])),
            meetschalen=tuple(MeasuringScale.build(entry) for entry in raw.entries("meetschalen", [])),
        )
        raw.refuse_unknown()
        _check_references(codebook, raw.where)
        for scale in codebook.meetschalen:
            for stelling in scale.stellingen:
                codebook.select_stelling(stelling)
        return codebook


def _build_skipped(raw: Entry) -> tuple[str, str]:
    skipped = raw.text("kolom"), raw.text("reden")
    raw.refuse_unknown()
    return skipped


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
    for key in ("id", "import_id"):
        seen: set[str] = set()
        for question in codebook.vragen:
            value = str(getattr(question, key))
            if value in seen:
                raise NsocError(
                    where,
                    found=f'{key} "{value}" bij meer dan een vraag',
                    expected=f"elke {key} een keer",
                    remedy="Geef een van de vragen een andere waarde.",
                )
            seen.add(value)


def _check_themes(codebook: Codebook, where: str) -> None:
    for theme in codebook.themas:
        if not any(stelling.thema == theme for stelling in codebook.stellingen):
            raise NsocError(
                f"{where}, sleutel themas",
                found=f'het thema "{theme}" zonder stellingen',
                expected="bij elk thema ten minste een stelling",
                remedy="Verwijder het thema, of voeg de stellingen toe.",
            )
