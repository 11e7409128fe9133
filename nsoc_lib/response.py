"""Who was invited, who started, who finished, and who answered each statement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nsoc_lib.codebook import Stelling
from nsoc_lib.disclosure import list_reasons
from nsoc_lib.errors import NsocError
from nsoc_lib.meting import SurveyRecord
from nsoc_lib.questions import OpenQuestion
from nsoc_lib.result import Result
from nsoc_lib.rounding import ROUNDED_ONCE
from nsoc_lib.shares import Share, protect_agreement, slug
from nsoc_lib.suppression import AANVULLEND, KLEIN
from nsoc_lib.survey import STATUSSEN, Survey, count_kinds

WEET_NIET = "weet niet"


@dataclass(frozen=True)
class Response:
    """The flow from invited to complete, in people and as shares of those invited."""

    genodigd: Result
    gestart: Result
    compleet: Result
    deels: Result
    uitgevallen: Result
    gestartaandeel: Result
    compleetaandeel: Result


def count_response(survey: Survey) -> Response:
    """Count the flow of one questionnaire. Raises NsocError when more people answered than were invited."""
    invited, started = survey.genodigd, len(survey.respondenten)
    complete = int(survey.respondenten["compleet"].sum())
    if started > invited:
        raise NsocError(
            f"data/raw/{survey.meting}/{survey.opgave.bestand}",
            found=f"{started} deelnemers",
            expected=f"hooguit de {invited} genodigden van meting.yml",
            remedy="Verbeter uitgenodigd in meting.yml, of haal wie niet was uitgenodigd uit de export.",
        )
    base = f"{survey.meting}.respons"

    def people(name: str, value: int, label: str, provenance: str = survey.opgave.herkomst) -> Result:
        return survey.judge(Result(f"{base}.{name}", label, value, "personen", provenance, survey.dataset))

    def share(name: str, count: int, label: str) -> Result:
        flow = Share(count, invited, invited).to_result(
            f"{base}.{name}", label, rounding=ROUNDED_ONCE, provenance=survey.opgave.herkomst, dataset=survey.dataset
        )
        return survey.judge(flow)

    response = Response(
        genodigd=people(
            "genodigd",
            invited,
            "Uitgenodigd voor de vragenlijst",
            "waargenomen" if survey.waargenomen else "gepubliceerd",
        ),
        gestart=people("gestart", started, "Begonnen aan de vragenlijst"),
        compleet=people("compleet", complete, "Vragenlijst helemaal ingevuld"),
        deels=people("deels", started - complete, "Vragenlijst deels ingevuld"),
        uitgevallen=people("niet-begonnen", invited - started, "Niet begonnen"),
        gestartaandeel=share("gestart.aandeel", started, "Begonnen aan de vragenlijst"),
        compleetaandeel=share("compleet.aandeel", complete, "Vragenlijst helemaal ingevuld"),
    )
    return _hide_together(response) if survey.waargenomen else response


def _hide_together(response: Response) -> Response:
    """Hide what would give a hidden step away: the invited are known, and the steps add up to them."""
    beginning = ("gestart", "uitgevallen", "gestartaandeel")
    finishing = ("compleet", "deels", "compleetaandeel")
    reasons = {name: getattr(response, name).status_reden for name in (*beginning, *finishing)
               if getattr(response, name).suppressed}  # fmt: skip
    if not reasons:
        return response
    fallen = (*beginning, *finishing) if any(name in reasons for name in beginning) else finishing
    return replace(
        response, **{name: getattr(response, name).suppress(reasons.get(name, AANVULLEND)) for name in fallen}
    )


def count_status(survey: Survey, stelling: Stelling) -> dict[str, Result]:
    """Count the valid answers to a statement and, apart, each kind of missing.

    An answer that the scale calls "weet niet" is no valid answer; it is a kind of its own, and
    only there when the scale has one. So is each kind of missing that the file or the codebook declares.
    """
    scale = survey.codeboek.scale_of(stelling)
    counted = survey.count_statement(stelling.id)
    answers, statuses = counted.of("antwoord"), counted.of("status")
    unknown = sum(answers.get(label, 0) for label in scale.weet_niet)
    counts = {status: statuses.get(status, 0) for status in STATUSSEN}
    counts["geldig"] -= unknown
    counts |= count_kinds(counted, survey.soorten)
    if scale.weet_niet:
        counts[WEET_NIET] = unknown
    base = f"{survey.meting}.{survey.codeboek.instrument}.{stelling.thema}.{stelling.id}.eens"
    results = {
        status: Result(
            id=f"{base}.{'basis' if status == 'geldig' else slug(status)}",
            label=f"{stelling.kort}: (helemaal) mee eens: {'geldige antwoorden' if status == 'geldig' else status}",
            value=count,
            unit="personen",
            provenance=survey.opgave.herkomst,
            dataset=survey.dataset,
        )
        for status, count in counts.items()
    }
    if not survey.waargenomen:
        return results
    eens = protect_agreement(survey, stelling).eens
    if eens.suppressed:  # its base would follow from those who did not answer
        return {status: result.suppress(eens.status_reden) for status, result in results.items()}
    judged = {status: survey.judge(result) for status, result in results.items()}
    if not list_reasons(judged.values()):
        return judged
    # The kinds of no answer add up to the invited minus the base, so one hidden kind takes the others along.
    return {
        status: judged[status] if status == STATUSSEN[0] else result.suppress(KLEIN)
        for status, result in results.items()
    }


def share_mentioning(survey: Survey, question: OpenQuestion, code: str) -> Result:
    """Return the share of all who started whose open answer got this code.

    The base is everybody who started: who did not write anything did not mention it either.
    """
    count = int(((survey.open_antwoorden["vraag"] == question.id) & (survey.open_antwoorden["code"] == code)).sum())
    share = Share(count, len(survey.respondenten), survey.genodigd)
    mentioned = share.to_result(
        f"{survey.meting}.{survey.codeboek.instrument}.{question.id}.{code}",
        question.codes[code],
        rounding=ROUNDED_ONCE,
        provenance=survey.opgave.herkomst,
        dataset=survey.dataset,
    )
    return survey.judge(mentioned)


def invited_groups(record: SurveyRecord, meting: str) -> list[Result]:
    """Return how many people of each group were invited, each with its own provenance and source."""
    return [
        Result(
            id=f"{meting}.respons.genodigd.groep-{number}",
            label=f"Uitgenodigd: {group.groep}",
            value=group.aantal,
            unit="personen",
            provenance=group.herkomst,
            dataset=group.bron,
        )
        for number, group in enumerate(record.veldwerk.groepen, 1)
    ]
