"""Scales: the ordered answers to a statement, and statements that together measure one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nsoc_lib.doubles import first_double
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import check_name

TE_BEVESTIGEN = "te bevestigen"  # what a machine writes at an order that it proposes


@dataclass(frozen=True)
class Scale:
    """An ordered set of answers, from disagreeing to agreeing.

    ``antwoorden`` maps the code of a numeric export to the label of a text export, in order.
    ``instemmend`` are the labels that count as agreeing, in the order in which they are added.
    ``weet_niet`` are answers that count in no share; ``ontbreekt`` are labels that are no answer at
    all, such as a refusal, for a file that does not say so itself. ``herkomst`` tells whether the
    scale was published or is an assumption of ours; ``bevestigd`` that somebody checked the order.
    """

    id: str
    antwoorden: dict[str, str]
    instemmend: tuple[str, ...]
    weet_niet: tuple[str, ...]
    herkomst: str
    ontbreekt: tuple[str, ...] = ()
    bevestigd: bool = True

    @property
    def labels(self) -> list[str]:
        """The answers in order, without what only tells why there is none."""
        return [label for label in self.antwoorden.values() if label not in self.ontbreekt]

    @property
    def agreeing_first(self) -> list[str]:
        """The answers from agreeing to disagreeing, whichever way the file runs."""
        return self.labels if self.labels[0] in self.instemmend else self.labels[::-1]

    @classmethod
    def build(cls, raw: Entry, scale_id: str) -> Scale:
        answers: dict[str, str] = {}
        for answer in raw.entries("antwoorden"):
            code, label = answer.code("code"), answer.text("label")
            if code in answers or label in answers.values():
                raise NsocError(
                    answer.where,
                    found=f'code {code} of label "{label}" staat er al',
                    expected="elke code en elk label een keer",
                    remedy="Verwijder de dubbele regel.",
                )
            answers[code] = label
            answer.refuse_unknown()
        instemmend, weet_niet = raw.texts("instemmend"), raw.texts("weet_niet", [])
        ontbreekt = raw.texts("ontbreekt", [])
        if not instemmend:
            raise NsocError(
                raw.at("instemmend"),
                found="een lege lijst",
                expected=f"de labels die als instemming tellen: {enumerate_nl(list(answers.values()))}",
                remedy="Noem ten minste een label.",
            )
        _check_labels(raw, {"instemmend": instemmend, "weet_niet": weet_niet, "ontbreekt": ontbreekt}, answers)
        _refuse_no_choice(
            raw, [label for label in answers.values() if label not in {*weet_niet, *ontbreekt}], instemmend
        )
        scale = cls(
            id=scale_id,
            antwoorden=answers,
            instemmend=tuple(instemmend),
            weet_niet=tuple(weet_niet),
            herkomst=raw.choice("herkomst", ("gepubliceerd", "aanname", "vragenlijst")),
            ontbreekt=tuple(ontbreekt),
            bevestigd=not (raw.has("volgorde") and raw.choice("volgorde", (TE_BEVESTIGEN,))),
        )
        raw.refuse_unknown()
        return scale


def _check_labels(raw: Entry, keys: dict[str, list[str]], answers: dict[str, str]) -> None:
    """Refuse a label under two keys, which would count twice, and one that the scale does not have."""
    if twice := first_double(label for labels in keys.values() for label in labels):
        raise NsocError(
            raw.at("instemmend"),
            found=f'"{twice}" meer dan een keer onder instemmend, weet_niet en ontbreekt',
            expected="elk label hooguit een keer",
            remedy="Verwijder het dubbele label; het zou dubbel tellen.",
        )
    for key, labels in keys.items():
        for label in labels:
            if label not in answers.values():
                raise NsocError(
                    raw.at(key),
                    found=f'"{label}"',
                    expected=f"een label van deze schaal: {enumerate_nl(list(answers.values()))}",
                    remedy="Schrijf het label precies zoals onder antwoorden.",
                )


def _refuse_no_choice(raw: Entry, opinions: list[str], agreeing: list[str]) -> None:
    """Refuse a scale on which everybody with an opinion agrees, whatever they answered."""
    if set(opinions) <= set(agreeing):
        raise NsocError(
            raw.at("instemmend"),
            found=f"alle antwoorden met een mening: {enumerate_nl(opinions)}",
            expected="ten minste een antwoord dat geen instemming is",
            remedy="Noem onder instemmend alleen de antwoorden die instemming betekenen.",
        )


def refuse_unconfirmed(scales: Iterable[Scale], where: str) -> None:
    """Raise one NsocError that names every scale whose order nobody checked yet.

    Codes need not run from disagreeing to agreeing: a proposal by a machine is no basis for counting.
    """
    waiting = [scale for scale in scales if not scale.bevestigd]
    if waiting:
        raise NsocError(
            f"{where}, sleutel schalen",
            found="; ".join(
                f"schaal {scale.id} met volgorde: {TE_BEVESTIGEN}, van oneens naar eens voorgesteld als: "
                f"{' < '.join(scale.antwoorden.values())}"
                for scale in waiting
            ),
            expected="schalen waarvan iemand de volgorde met de vragenlijst heeft vergeleken",
            remedy="Vergelijk de volgorde en instemmend met de vragenlijst, verbeter ze zo nodig, en haal dan de "
            f"regel volgorde: {TE_BEVESTIGEN} weg.",
        )


@dataclass(frozen=True)
class MeasuringScale:
    """Statements that together measure one thing, because the makers say so. A theme is not one by itself."""

    id: str
    titel: str
    stellingen: tuple[str, ...]

    @classmethod
    def build(cls, raw: Entry) -> MeasuringScale:
        scale = cls(
            id=check_name(raw.text("id"), raw.at("id")),
            titel=raw.text("titel"),
            stellingen=tuple(raw.texts("stellingen")),
        )
        raw.refuse_unknown()
        return scale
