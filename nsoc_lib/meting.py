"""The record of one folder under ``data/raw``: what came in, from whom, how it was gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from nsoc_lib.doubles import first_double
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.paths import check_name
from nsoc_lib.rounding import ROUNDED_APART, ROUNDED_ONCE

HERKOMSTEN = ("gepubliceerd", "herleid", "gesimuleerd", "waargenomen")
EXCEL, CSV, REFI = "excel", "csv", "refi-qda"
FORMATEN = ("qualtrics", "limesurvey", "spss", EXCEL, CSV)
MET_STRUCTUUR = ("limesurvey",)  # programs whose export may come with a file that describes the questionnaire
AFRONDINGEN = (ROUNDED_ONCE, ROUNDED_APART)
ONBEKEND = "niet gepubliceerd"
ENQUETEHERKOMSTEN = ("gesimuleerd", "waargenomen", ONBEKEND)
SURVEY_TABLES, CHOICES = ("respondenten", "open_antwoorden"), "keuzes"
MOST_NAME = 200  # characters; no file system takes much more
KOLOMSOORTEN = ("tekst", "geheel", "getal", "deelnemer")  # deelnemer: a ResponseId, kept as its pseudonym


@dataclass(frozen=True)
class RawTable:
    """A table that was typed over or supplied, one file, one suite, one locator per row.

    ``formaat`` is csv, or that of a coded project; for the latter ``aanvulling`` gives, by
    column, what the file does not say and what holds for every row.
    """

    naam: str
    bestand: str
    herkomst: str
    bron: str
    kolommen: dict[str, str]
    formaat: str = CSV
    aanvulling: dict[str, str] = field(default_factory=dict)

    @classmethod
    def build(cls, raw: Entry) -> RawTable:
        columns, formaat = raw.entry("kolommen"), raw.choice("formaat", (CSV, REFI), CSV)
        supplied = raw.entry("aanvulling") if formaat == REFI and raw.has("aanvulling") else None
        table = cls(
            naam=check_name(raw.text("naam"), raw.at("naam")),
            bestand=_file_name(raw, "bestand"),
            herkomst=raw.choice("herkomst", HERKOMSTEN),
            bron=raw.text("bron"),
            kolommen={name: columns.choice(name, KOLOMSOORTEN) for name in columns.names()},
            formaat=formaat,
            aanvulling={name: supplied.text(name) for name in supplied.names()} if supplied else {},
        )
        raw.refuse_unknown()
        return table


@dataclass(frozen=True)
class Invited:
    """How many people of one group were invited, and how that number is known."""

    groep: str
    aantal: int
    herkomst: str
    bron: str

    @classmethod
    def build(cls, raw: Entry) -> Invited:
        invited = cls(
            groep=raw.text("groep"),
            aantal=raw.whole("aantal"),
            herkomst=raw.choice("herkomst", HERKOMSTEN),
            bron=raw.text("bron"),
        )
        raw.refuse_unknown()
        return invited


@dataclass(frozen=True)
class Fieldwork:
    """How a survey was held. What the source does not print is "niet gepubliceerd".

    ``uitgenodigd`` is None when nobody can say how many people got the questionnaire.
    """

    vorm: str
    periode: str
    herinneringen: str
    redenen_niet_meedoen: str
    uitgenodigd: int | None
    bron_uitgenodigd: str
    groepen: tuple[Invited, ...]

    @classmethod
    def build(cls, raw: Entry) -> Fieldwork:
        fieldwork = cls(
            vorm=raw.text("vorm"),
            periode=raw.text("periode"),
            herinneringen=raw.text("herinneringen"),
            redenen_niet_meedoen=raw.text("redenen_niet_meedoen"),
            uitgenodigd=raw.whole_or("uitgenodigd", ONBEKEND),
            bron_uitgenodigd=raw.text("bron_uitgenodigd"),
            groepen=tuple(Invited.build(entry) for entry in raw.entries("groepen")),
        )
        raw.refuse_unknown()
        total = sum(group.aantal for group in fieldwork.groepen)
        if total != (fieldwork.uitgenodigd or 0):
            raise NsocError(
                raw.where,
                found=f"uitgenodigd: {fieldwork.uitgenodigd or ONBEKEND}, de groepen samen: {total}",
                expected="groepen die samen het aantal genodigden vormen",
                remedy="Verbeter het aantal genodigden of dat van een groep.",
            )
        return fieldwork


@dataclass(frozen=True)
class SurveyRecord:
    """One questionnaire of a meting: its export, codebook, origin, fieldwork and rounding rule.

    ``bestand`` is empty for answers that were never published. ``keuzevragen`` says that the
    codebook has questions beside statements and open ones; its tables then carry the instrument's name.
    ``structuur`` names the file with which the program describes its questionnaire, if there is one.
    ``blad`` names the sheet of an Excel file that has several with data.
    """

    instrument: str
    bestand: str
    formaat: str
    codeboek: str
    codering: str
    herkomst: str
    toelichting: str
    afronding: str
    weging: str
    weging_reden: str
    veldwerk: Fieldwork
    keuzevragen: bool = False
    structuur: str = ""
    blad: str = ""

    @property
    def versie_van(self) -> tuple[str, ...]:
        """The files that make up the version of the answers: export and structure."""
        return tuple(name for name in (self.bestand, self.structuur) if name)

    @property
    def tabellen(self) -> tuple[str, ...]:
        """The names of the cleaned tables that this questionnaire gives; none without answers."""
        if not self.bestand:
            return ()
        if self.keuzevragen:
            return (self.instrument, *(f"{self.instrument}_{name}" for name in (*SURVEY_TABLES, CHOICES)))
        return (self.instrument, *SURVEY_TABLES)

    @classmethod
    def build(cls, raw: Entry) -> SurveyRecord:
        weighting, herkomst = raw.entry("weging"), raw.choice("herkomst", ENQUETEHERKOMSTEN)
        _refuse_half_a_survey(raw, herkomst)
        record = cls(
            instrument=check_name(raw.text("instrument"), raw.at("instrument")),
            bestand=_file_name(raw, "bestand") if raw.has("bestand") else "",
            formaat=raw.choice("formaat", FORMATEN),
            codeboek=_file_name(raw, "codeboek"),
            codering=_file_name(raw, "codering") if raw.has("codering") else "",
            herkomst=herkomst,
            toelichting=raw.text("toelichting"),
            afronding=raw.choice("afronding", AFRONDINGEN),
            weging=weighting.choice("keuze", ("geen",)),
            weging_reden=weighting.text("reden"),
            veldwerk=Fieldwork.build(raw.entry("veldwerk")),
            keuzevragen=raw.flag("keuzevragen", default=False),
            structuur=_structure_name(raw),
            blad=raw.text("blad", ""),
        )
        weighting.refuse_unknown()
        raw.refuse_unknown()
        if record.blad and record.formaat != EXCEL:
            raise NsocError(
                raw.at("blad"),
                found=f"blad: {record.blad}, en formaat: {record.formaat}",
                expected="een blad alleen bij formaat: excel",
                remedy="Verwijder blad, of verbeter formaat.",
            )
        return record


@dataclass(frozen=True)
class Meting:
    """One folder under ``data/raw``: a round of measurement, or tables that belong to none.

    ``onderzoek`` names the study that the round belongs to; empty when nobody recorded it. Figures
    of two studies are never compared, and neither are those of an unrecorded one.
    """

    naam: str
    titel: str
    enquetes: tuple[SurveyRecord, ...]
    tabellen: tuple[RawTable, ...]
    onderzoek: str = ""

    @property
    def table_sources(self) -> dict[str, tuple[str, str]]:
        """Per cleaned table the raw file it comes from and its provenance."""
        sources = {name: (r.bestand, r.herkomst) for r in self.enquetes for name in r.tabellen}
        return sources | {table.naam: (table.bestand, table.herkomst) for table in self.tabellen}

    def select_survey(self, instrument: str) -> SurveyRecord:
        """Return the record of one questionnaire. Raises NsocError when the meting has none."""
        for record in self.enquetes:
            if record.instrument == instrument:
                return record
        raise NsocError(
            f"data/raw/{self.naam}/meting.yml",
            found=f'geen enquete "{instrument}"',
            expected="een blok onder enquetes met dit instrument",
            remedy="Voeg het instrument toe, of kies een meting die het wel heeft.",
        )

    @classmethod
    def build(cls, raw: Entry, folder: str) -> Meting:
        """Check the raw YAML of ``meting.yml`` and return it, or raise one NsocError."""
        name = check_name(raw.text("meting"), raw.at("meting"))
        if name != folder:
            raise NsocError(
                raw.at("meting"),
                found=f'"{name}"',
                expected=f'"{folder}", de naam van de map',
                remedy="Maak de naam gelijk aan die van de map.",
            )
        meting = cls(
            naam=name,
            titel=raw.text("titel"),
            enquetes=tuple(SurveyRecord.build(entry) for entry in raw.entries("enquetes", [])),
            tabellen=tuple(RawTable.build(entry) for entry in raw.entries("tabellen", [])),
            onderzoek=check_name(raw.text("onderzoek"), raw.at("onderzoek")) if raw.has("onderzoek") else "",
        )
        raw.refuse_unknown()
        _refuse_same_name(meting, raw.where)
        return meting


def _refuse_half_a_survey(raw: Entry, herkomst: str) -> None:
    """Refuse a file of answers that were never published, and answers without a file."""
    if raw.has("bestand") == (herkomst != ONBEKEND):
        return
    if raw.has("bestand"):
        raise NsocError(
            raw.at("bestand"),
            found=f"een bestand, en herkomst: {ONBEKEND}",
            expected=f"geen bestand bij {ONBEKEND}",
            remedy="Zet herkomst: waargenomen als dit de echte antwoorden zijn; haal bestand anders weg.",
        )
    raise NsocError(
        raw.where,
        found='geen sleutel "bestand"',
        expected=f"de naam van de export, of herkomst: {ONBEKEND}",
        remedy="Voeg bestand: … toe.",
    )


def _structure_name(raw: Entry) -> str:
    """Return the name of the file that describes the questionnaire, for a program that has such a file."""
    if raw.has("structuur") and raw.choice("formaat", FORMATEN) not in MET_STRUCTUUR:
        raise NsocError(
            raw.at("structuur"),
            found=f"een structuur bij formaat: {raw.text('formaat')}",
            expected=f"alleen bij formaat: {', '.join(MET_STRUCTUUR)}",
            remedy="Haal structuur weg, of verbeter formaat.",
        )
    return _file_name(raw, "structuur") if raw.has("structuur") else ""


def _refuse_same_name(meting: Meting, where: str) -> None:
    names = [name for record in meting.enquetes for name in record.tabellen]
    names += [table.naam for table in meting.tabellen]
    if twice := first_double(names):
        raise NsocError(
            f"{where}, sleutel tabellen",
            found=f'twee tabellen met de naam "{twice}"',
            expected="elke tabel een eigen naam, ook anders dan respondenten en open_antwoorden",
            remedy="Geef een van beide een andere naam.",
        )


def _file_name(raw: Entry, key: str) -> str:
    name = raw.text(key)
    if "/" in name or "\\" in name or name.startswith(".") or not name.isprintable() or len(name) > MOST_NAME:
        raise NsocError(
            raw.at(key),
            found=f'"{name}"',
            expected="de naam van een bestand in dezelfde map",
            remedy="Zet het bestand naast meting.yml en noem alleen de naam.",
        )
    return name
