"""Scales: the ordered answers to a statement, and statements that together measure one thing."""

from __future__ import annotations

from dataclasses import dataclass

from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.paths import check_name


@dataclass(frozen=True)
class Scale:
    """An ordered set of answers, from disagreeing to agreeing.

    ``antwoorden`` maps the code of a numeric export to the label of a text export, in order.
    ``instemmend`` are the labels that count as agreeing, in the order in which they are added.
    ``herkomst`` tells whether the scale was published or is an assumption of ours.
    """

    id: str
    antwoorden: dict[str, str]
    instemmend: tuple[str, ...]
    weet_niet: tuple[str, ...]
    herkomst: str

    @property
    def labels(self) -> list[str]:
        return list(self.antwoorden.values())

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
        if not instemmend:
            raise NsocError(
                raw.at("instemmend"),
                found="een lege lijst",
                expected=f"de labels die als instemming tellen: {enumerate_nl(list(answers.values()))}",
                remedy="Noem ten minste een label.",
            )
        twice = [label for label in [*instemmend, *weet_niet] if [*instemmend, *weet_niet].count(label) > 1]
        if twice:
            raise NsocError(
                raw.at("instemmend"),
                found=f'"{twice[0]}" meer dan een keer onder instemmend en weet_niet',
                expected="elk label hooguit een keer",
                remedy="Verwijder het dubbele label; het zou dubbel tellen.",
            )
        for key, labels in (("instemmend", instemmend), ("weet_niet", weet_niet)):
            for label in labels:
                if label not in answers.values():
                    raise NsocError(
                        raw.at(key),
                        found=f'"{label}"',
                        expected=f"een label van deze schaal: {enumerate_nl(list(answers.values()))}",
                        remedy="Schrijf het label precies zoals onder antwoorden.",
                    )
        scale = cls(
            id=scale_id,
            antwoorden=answers,
            instemmend=tuple(instemmend),
            weet_niet=tuple(weet_niet),
            herkomst=raw.choice("herkomst", ("gepubliceerd", "aanname", "vragenlijst")),
        )
        raw.refuse_unknown()
        return scale


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
