"""Shares of a small group, never without their counts: k of n who answered, of N invited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nsoc_lib.characters import without_accents
from nsoc_lib.codebook import Background, Stelling
from nsoc_lib.disclosure import judge_result
from nsoc_lib.disclosure_profile import GROEP
from nsoc_lib.errors import NsocError, enumerate_nl
from nsoc_lib.frequencies import Crosstab, Level
from nsoc_lib.protection import Split, protect_statement, with_smallest_group
from nsoc_lib.result import PROCENT, Result
from nsoc_lib.rounding import ROUNDED_ONCE
from nsoc_lib.survey import STATUSSEN, Survey, count_kinds

CONTRADICTION = (
    "een aandeel telt hooguit zoveel mensen als er antwoordden, en er antwoorden hooguit zoveel als genodigd"
)


@dataclass(frozen=True)
class Share:
    """``count`` of ``n`` valid answers among ``population`` invited people.

    ``parts`` are the counts of the categories that make up ``count``; ``missing`` says per kind
    how many of the invited gave no valid answer, together ``population`` minus ``n``. Empty means
    not known. Bounds are worst-case and free of assumptions (Manski): those without an answer
    may all differ, or all agree. Raises ValueError when counts contradict each other.
    """

    count: int
    n: int
    population: int
    parts: tuple[int, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if not (0 <= self.count <= self.n <= self.population and self.n > 0):
            raise ValueError(f"{CONTRADICTION}: {self.count} van {self.n} van {self.population}")
        if self.parts and sum(self.parts) != self.count:
            raise ValueError(f"de categorieën {self.parts} tellen niet op tot {self.count}")
        if self.missing and sum(count for _, count in self.missing) != self.population - self.n:
            raise ValueError(f"{self.missing} tellen niet op tot wie van de {self.population} niet antwoordde")

    @property
    def percentage(self) -> float:
        return 100 * self.count / self.n

    @property
    def bounds(self) -> tuple[float, float]:
        """Least and largest percentage of the invited, whatever those without an answer think."""
        unknown = self.population - self.n
        return 100 * self.count / self.population, 100 * (self.count + unknown) / self.population

    def to_result(self, result_id: str, label: str, *, rounding: str, provenance: str, dataset: str) -> Result:
        low, high = self.bounds
        return Result(
            id=result_id,
            label=label,
            value=self.percentage,
            unit=PROCENT,
            provenance=provenance,
            dataset=dataset,
            count=self.count,
            n=self.n,
            population=self.population,
            low=low,
            high=high,
            rounding=rounding,
            parts=self.parts,
            missing=self.missing,
        )


@dataclass(frozen=True)
class Agreement:
    """One statement with the share that agrees with it, in the direction in which it was reported.

    ``share`` is what was counted and is never shown; ``eens`` is what may be shown of it. ``groepen`` and
    ``antwoorden`` hold the breakdown and the whole scale of observed answers, with what is hidden hidden.
    """

    stelling: Stelling
    share: Share
    eens: Result
    groepen: Mapping[str, Result] = field(default_factory=dict)
    antwoorden: Mapping[str, Result] = field(default_factory=dict)


def share_agreeing(survey: Survey, thema: str) -> tuple[Agreement, ...]:
    """Return per statement of a theme the share that agrees, the largest share first.

    The base of each statement is its own number of valid answers; "weet niet" does not count
    as an answer. Raises NsocError when the theme does not exist.
    """
    agreements = [protect_agreement(survey, stelling) for stelling in survey.codeboek.select_thema(thema)]
    return tuple(sorted(agreements, key=_by_what_is_shown))


def _by_what_is_shown(agreement: Agreement) -> tuple[bool, float, str]:
    """Order by what a reader sees: a hidden share comes last, so that its place tells nothing."""
    shown = agreement.eens
    return shown.suppressed, 0.0 if shown.suppressed else -shown.value, agreement.stelling.id


def agreement_by_statement(survey: Survey) -> dict[str, Result]:
    """Return the share that agrees with each statement of a questionnaire, by the id of the statement."""
    codebook = survey.codeboek
    return {
        stelling.id: protect_agreement(survey, stelling).eens
        for thema in codebook.themas
        for stelling in codebook.select_thema(thema)
    }


def protect_agreement(survey: Survey, stelling: Stelling) -> Agreement:
    """Return the share that agrees with one statement, with what may not be shown of observed answers hidden."""
    share = count_agreeing(survey, stelling)
    result = _share_result(survey, stelling, share)
    return _protect(survey, stelling, share, result) if survey.waargenomen else Agreement(stelling, share, result)


def _share_result(survey: Survey, stelling: Stelling, share: Share, group: str = "") -> Result:
    base = f"{survey.meting}.{survey.codeboek.instrument}.{stelling.thema}.{stelling.id}"
    result = share.to_result(
        f"{base}.groep.{slug(group)}.eens" if group else f"{base}.eens",
        f"{stelling.kort}{f', {group}' if group else ''}: (helemaal) mee eens",
        rounding=ROUNDED_ONCE if group else survey.opgave.afronding,
        provenance=survey.opgave.herkomst,
        dataset=survey.dataset,
    )
    # The parts are the answers of the group, which are shown nowhere.
    return replace(result, parts=()) if group else result


def _protect(survey: Survey, stelling: Stelling, share: Share, result: Result) -> Agreement:
    """Return what may be shown of observed answers: everybody, each answer, each group of the first background."""
    scale, counts = survey.codeboek.scale_of(stelling), count_answers(survey, stelling)
    background = survey.codeboek.achtergrond[0] if survey.codeboek.achtergrond else None
    rules = with_smallest_group(survey.regels, background.kleinste_groep) if background else survey.regels
    by_group = share_by_group(survey, stelling, background) if background and _knows_groups(survey, background) else {}
    groups = {name: group for name, group in by_group.items() if group}
    protected = protect_statement(
        {label: count for label, count in counts.items() if label not in scale.weet_niet},
        scale.instemmend,
        {name: Split(group.count, group.n - group.count, group.population) for name, group in groups.items()},
        survey.genodigd,
        rules,
    )
    hidden = dict.fromkeys(counts, protected.alle) | dict(protected.antwoorden)
    eens = survey.judge(hide(result, protected.alle))
    if not eens.suppressed and any(hidden[label] for label in scale.instemmend):
        # The parts of a share are answers as well.
        eens = replace(eens, parts=(), rounding=eens.rounding if eens.counts_rounded else ROUNDED_ONCE)
    by_name = {
        name: judge_result(hide(_share_result(survey, stelling, group, name), protected.groepen[name]), rules, GROEP)
        for name, group in groups.items()
    }
    answers = {
        label: survey.judge(hide(answer_result(result, label, count), hidden[label])) for label, count in counts.items()
    }
    return Agreement(stelling, share, eens, by_name, answers)


def hide(result: Result, reason: str) -> Result:
    """Return the result, suppressed when there is a reason."""
    return result.suppress(reason) if reason else result


def _knows_groups(survey: Survey, background: Background) -> bool:
    """Whether the record says of any group how many were invited; without that there is no breakdown."""
    return background.id in survey.respondenten and bool(survey.opgave.veldwerk.groepen)


def count_agreeing(survey: Survey, stelling: Stelling) -> Share:
    """Count who agrees with one statement, per agreeing category, among the valid answers."""
    counts = survey.count_statement(stelling.id)
    share = _share_of_answers(survey, stelling, counts.of("antwoord"), survey.genodigd)
    return replace(share, missing=_count_missing(survey, stelling, counts))


def _count_missing(survey: Survey, stelling: Stelling, counts: Crosstab) -> tuple[tuple[str, int], ...]:
    """Count per kind who gave no valid answer; who never began is missing too."""
    answers, statuses = counts.of("antwoord"), counts.of("status")
    unsure = sum(answers.get(label, 0) for label in survey.codeboek.scale_of(stelling).weet_niet)
    kinds = {kind: statuses.get(kind, 0) for kind in STATUSSEN if kind != "geldig"}
    kinds |= count_kinds(counts, survey.soorten)
    if unsure:
        kinds["weet niet"] = unsure
    return (*kinds.items(), ("niet begonnen", survey.genodigd - counts.rows))


def share_by_group(survey: Survey, stelling: Stelling, background: Background) -> dict[str, Share | None]:
    """Count who agrees within each group of those invited; None where nobody of a group answered.

    Raises NsocError for a group without a number of invited people, or with more answers than that.
    """
    invited = {group.groep: group.aantal for group in survey.opgave.veldwerk.groepen}
    unknown = [group for group in background.antwoorden if group not in invited]
    if unknown:
        raise NsocError(
            f"data/raw/{survey.meting}/meting.yml, sleutel groepen",
            found=f"geen aantal genodigden voor {enumerate_nl(unknown)}",
            expected=f"elk antwoord op {background.id} uit het codeboek",
            remedy="Voeg de groep toe onder veldwerk, of verbeter haar naam.",
        )
    counts = survey.count("stelling", "antwoord", by=background.id).where("stelling", stelling.id)
    shares: dict[str, Share | None] = {}
    for group in background.antwoorden:
        answers = counts.where(background.id, group).of("antwoord")
        n = sum(_valid(survey, stelling, answers).values())
        if n > invited[group]:
            raise NsocError(
                f"data/raw/{survey.meting}/meting.yml, sleutel groepen",
                found=f"{invited[group]} genodigden voor {group}, en {n} antwoorden",
                expected="niet meer antwoorden dan genodigden in een groep",
                remedy="Verbeter het aantal genodigden, of de groep van een deelnemer.",
            )
        shares[group] = _share_of_answers(survey, stelling, answers, invited[group]) if n else None
    return shares


def _share_of_answers(survey: Survey, stelling: Stelling, answers: Mapping[Level, int], population: int) -> Share:
    scale = survey.codeboek.scale_of(stelling)
    counted = _valid(survey, stelling, answers)
    if not any(counted.values()):
        raise NsocError(
            f"data/raw/{survey.meting}/{survey.opgave.bestand}, kolom {stelling.kolom}",
            found="geen enkel geldig antwoord",
            expected=f'ten minste een antwoord op "{stelling.kort}"',
            remedy="Haal de stelling uit codeboek.yml, met een reden onder overslaan, of kijk de export na.",
        )
    parts = tuple(counted.get(label, 0) for label in scale.instemmend)
    return Share(sum(parts), sum(counted.values()), population, parts)


def _valid(survey: Survey, stelling: Stelling, answers: Mapping[Level, int]) -> dict[Level, int]:
    """Return the counts of the answers that count: all but "weet niet"."""
    unsure = survey.codeboek.scale_of(stelling).weet_niet
    return {label: count for label, count in answers.items() if label not in unsure}


def count_answers(survey: Survey, stelling: Stelling) -> dict[str, int]:
    """Count every answer of the scale, those nobody chose included, in the order of the scale."""
    counts = survey.count_statement(stelling.id).of("antwoord")
    return {label: counts.get(label, 0) for label in survey.codeboek.scale_of(stelling).labels}


def answer_result(eens: Result, label: str, count: int) -> Result:
    """Return the count of one answer to a statement as a result beside its share."""
    return Result(
        id=f"{eens.id.removesuffix('.eens')}.antwoord.{slug(label)}",
        label=f"{eens.label.split(':')[0]}: {label}",
        value=count,
        unit="personen",
        provenance=eens.provenance,
        dataset=eens.dataset,
    )


def slug(label: str) -> str:
    """Return a label as part of a result id: lower case, without accents or spaces.

    >>> slug("Coördinerend Overleg")
    'coordinerend-overleg'
    """
    return re.sub(r"[^a-z0-9]+", "-", without_accents(label).lower()).strip("-")
