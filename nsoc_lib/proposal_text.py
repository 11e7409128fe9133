"""The text of a proposed codebook: YAML that a researcher reads, with a comment at every guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from nsoc_lib.characters import on_one_line, without_accents
from nsoc_lib.proposal import OVERSLAAN, STELLING, Proposal, Proposed
from nsoc_lib.proposal_scales import AnswerList
from nsoc_lib.questions import OPEN
from nsoc_lib.scales import TE_BEVESTIGEN

MARK = "te bevestigen"
MOST_SHORT = 60
HEAD = """\
# Voorstel voor codeboek.yml, gemaakt met make codebook uit {file}
# ({program}).
# Alles wat geraden is, staat achter "te bevestigen:". Leg dit naast de vragenlijst, verbeter wat niet klopt, en haal
# bij elke schaal de regel "volgorde: te bevestigen" pas weg als de antwoorden van oneens naar eens lopen.
# Noem het daarna codeboek.yml; in meting.yml hoort keuzevragen: true, want hieronder staat een lijst vragen.
"""


def proposal_text(proposal: Proposal, file: str, instrument: str) -> str:
    """Return the codebook as YAML, every guess marked; the same proposal gives the same text."""
    return "\n".join([*_Text(proposal).lines(file, instrument), ""])


class _Text:
    """The proposal with the names it gives: ids of questions, scales and themes, each once."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        statements = proposal.having(STELLING)
        asked = [question for question in proposal.vragen if question.soort != OVERSLAAN]
        self.ids = dict(zip(asked, _names((q.kolom for q in asked), "vraag", taken=["stellingen"]), strict=True))
        scales = list(dict.fromkeys(question.antwoorden for question in statements))
        self.scales = {answers: f"schaal-{number}" for number, answers in enumerate(scales, 1)}
        blocks = list(dict.fromkeys(question.blok for question in statements))
        self.themes = dict(zip(blocks, _names((name for name, _ in blocks), "thema"), strict=True))

    def lines(self, file: str, instrument: str) -> Iterator[str]:
        yield from HEAD.format(file=_plain(file), program=_plain(self.proposal.programma)).splitlines()
        yield f"instrument: {_quote(instrument)}  # {MARK}: dezelfde naam als in meting.yml"
        yield from self._scales()
        yield "themas:" if self.themes else "themas: {}"
        for (_, title), name in self.themes.items():
            yield f"  {_quote(name)}: {_quote(_short(title))}  # {MARK}: de blokken van het bestand zijn als thema's genomen"
        yield "stellingen:" if self.scales else "stellingen: []"
        for question in self.proposal.having(STELLING):
            yield from self._statement(question)
        yield "vragen:"
        yield from self._questions()
        yield from self._left_out()
        if self.proposal.systeem:
            yield "systeemkolommen:"
            for role, column in self.proposal.systeem.items():
                yield f"  {role}: {_quote(column)}  # {MARK}: elke rij heeft hier een eigen waarde"

    def _scales(self) -> Iterator[str]:
        yield "schalen:" if self.scales else "schalen: {}"
        for answers, name in self.scales.items():
            yield f"  {name}:"
            yield "    herkomst: vragenlijst"
            if answers.geordend:
                yield "    # Het bestand zet de antwoorden zelf in deze volgorde, en de woorden lopen van oneens naar eens."
            else:
                yield f"    volgorde: {TE_BEVESTIGEN}  # {MARK}: van oneens naar eens; het bestand zegt dat niet"
            yield "    antwoorden:"
            yield from _answers(answers, "      ")
            yield f"    instemmend: {_list(answers.instemmend)}  # {MARK}: welke antwoorden tellen als eens"
            for key, labels in (("weet_niet", answers.weet_niet), ("ontbreekt", answers.geen_antwoord)):
                if labels:
                    yield f"    {key}: {_list(labels)}  # {MARK}: geraden naar de woorden"

    def _statement(self, question: Proposed) -> Iterator[str]:
        yield f"  - id: {_quote(self.ids[question])}  # {MARK}: {question.gissing}"
        yield f"    kolom: {_quote(question.kolom)}"
        yield f"    import_id: {_quote(question.import_id)}"
        yield f"    thema: {_quote(self.themes[question.blok])}"
        yield f"    kort: {_quote(_short(question.tekst))}  # {MARK}: een korte titel, die in het rapport komt"
        yield f"    tekst: {_quote(_plain(question.tekst))}"
        yield f"    schaal: {self.scales[question.antwoorden]}"
        yield f"    richting: positief  # {MARK}: negatief als eens zijn ongunstig is"

    def _questions(self) -> Iterator[str]:
        placed = False
        for question in self.proposal.vragen:
            if question.soort == STELLING and not placed:
                placed = True
                yield f"  - id: stellingen  # {MARK}: de plaats van de stellingen in de vragenlijst"
                yield "    soort: stellingen"
                yield "    kort: Stellingen"
                yield "    tekst: Stellingen"
            elif question.soort not in {STELLING, OVERSLAAN}:
                yield from self._question(question)

    def _question(self, question: Proposed) -> Iterator[str]:
        yield f"  - id: {_quote(self.ids[question])}"
        yield f"    soort: {question.soort}  # {MARK}: {question.gissing}"
        if question.soort != OPEN:
            yield f"    kort: {_quote(_short(question.tekst))}  # {MARK}: een korte titel, die in het rapport komt"
        yield f"    tekst: {_quote(_plain(question.tekst))}"
        yield f"    kolom: {_quote(question.kolom)}"
        yield f"    import_id: {_quote(question.import_id)}"
        if question.soort == OPEN:
            yield f"    bewaren: false  # {MARK}: true alleen als de woorden nodig zijn"
            yield "    reden: De woorden zijn niet nodig voor het rapport."
            yield "    codes: {}"
            return
        yield "    opties:"
        yield from _answers(question.antwoorden, "      ", question.toelichting, with_ids=True)

    def _left_out(self) -> Iterator[str]:
        left_out = {question.kolom: question for question in reversed(self.proposal.having(OVERSLAAN))}
        if left_out:
            yield "overslaan:"
        for column, question in reversed(left_out.items()):
            yield f"  - kolom: {_quote(column)}"
            yield f"    reden: {_quote(question.gissing)}  # {MARK}: deze kolom wordt niet gelezen"


def _answers(
    answers: AnswerList, indent: str, with_words: tuple[str, ...] = (), *, with_ids: bool = False
) -> Iterator[str]:
    """Return a line per answer, with what the file does not say about it."""
    ids = _names(answers.labels, "optie") if with_ids else []
    guess = ""
    if not answers.codes_bekend:
        guess = f"  # {MARK}: het bestand heeft alleen woorden; de code is een nummer van ons"
    if not answers.labels_bekend:
        guess = f"  # {MARK}: het bestand zegt niet wat deze code betekent"
    for number, (code, label) in enumerate(answers.antwoorden):
        fields = [f"id: {_quote(ids[number])}"] if with_ids else []
        fields += [f"code: {_quote(code)}", f"label: {_quote(label)}"]
        fields += ["toelichting: true"] if code in with_words else []
        yield f"{indent}- {{{', '.join(fields)}}}{guess}"
    for code, label in answers.ontbrekend:
        yield f'{indent}# {MARK}: code {_plain(code)} ("{_plain(label)}") noemt het bestand ontbrekend; daarom geen antwoord'


def _names(texts: Iterable[str], otherwise: str, taken: Iterable[str] = ()) -> list[str]:
    """Return a name of small letters, digits and dashes for each text, no name twice."""
    names: list[str] = []
    used = set(taken)
    for text in texts:
        bare = re.sub(r"[^a-z0-9]+", "-", without_accents(text).casefold())[:40].strip("-") or otherwise
        name, number = bare, 2
        while name in used:
            name, number = f"{bare}-{number}", number + 1
        used.add(name)
        names.append(name)
    return names


def _quote(text: str) -> str:
    """Return a text that YAML reads back as it is, on one line."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9).strip()


def _list(labels: Iterable[str]) -> str:
    return f"[{', '.join(map(_quote, labels))}]"


def _plain(text: str) -> str:
    """Return a text on one line, without characters that steer a screen."""
    return on_one_line(text) or "zonder tekst"


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= MOST_SHORT else f"{plain[: MOST_SHORT - 1].rstrip()}…"
