"""The page with which JupyterLab opens: which chapter is which notebook, which sentence to edit, how to see it in the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from nsoc_lib.evaluation import Chapter, Evaluation

MARK = "Aan te passen"  # how the first cell of a notebook begins to say which sentence to edit
# What Markdown would take for its own. A title is text.
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|<>#"})


@dataclass(frozen=True)
class NotebookLink:
    """Where a notebook stands, as the page links to it and as it may be shown."""

    link: str
    bestand: str
    van_repository: bool


@dataclass(frozen=True)
class Workplace:
    """What the page must know about files: links from the page, and what follows a command for this study.

    ``studie`` (``DATA=…``) and ``uitvoer`` (``REPORTS=…``) are empty where the command needs nothing, and begin with
    a space elsewhere. ``schoon`` says whether there are cleaned tables to read.
    """

    notebooks: Mapping[str, NotebookLink]
    inhoudsopgave: NotebookLink
    map: str
    studie: str
    uitvoer: str
    schoon: bool


PAGE = Template("""\
# $titel

Dit is de werkplaats van de onderzoeker. Elk hoofdstuk van het rapport is een notebook; hieronder staat welk.
$waarschuwing
## Een hoofdstuk aanpassen

1. **Open het notebook** met een klik op zijn naam in de tabel hieronder.
2. **Draai het van boven naar beneden**: wacht tot het rondje rechtsboven, naast *Python 3*, open is, en kies dan menu *Run*,
   *Run All Cells*. Onder elke cel staat wat het rapport laat zien. Nummers van figuren, tabellen en noten vult het rapport zelf in.
   Schoon opnieuw beginnen: *Restart Kernel and Run All Cells* in hetzelfde menu.
3. **Pas een zin aan.** De eerste cel zegt bij **$merk** welke. Verander de woorden; wat tussen accolades staat is een getal uit de
   gegevens en blijft staan. *Shift + Enter* toont de nieuwe zin.
4. **Bewaar** met *Ctrl + S*. Bewaard wordt alleen wat u schreef: tekst en code, nooit de uitkomsten. Een notebook dat u opnieuw
   opent is dus leeg tot u het draait.
5. **Zie het in het rapport**: draai `make report$opties` in een terminal, in de map van de repository. `make why$opties` zegt vooraf
   welke hoofdstukken opnieuw gaan.

Hulp bij het schrijven van code: *Tab* vult een naam aan, *Shift + Tab* toont wat een functie doet. Gaat er iets mis, dan staat onder
de cel een blok: wat er is gevonden, wat er was verwacht, en wat u kunt doen.

## Welk hoofdstuk is welk notebook

Het rapport draait een notebook met de waarden uit de laatste kolom. Hier draait het met die in zijn cel met parameters; zet er
de waarden van een hoofdstuk in om dat hoofdstuk te zien. Wat daar staat verandert het rapport niet: dat volgt $inhoud.
$delen
## Een hoofdstuk toevoegen

1. `make new-notebook NAME=eigen_vraag$studie` maakt een notebook dat meteen draait, in `$map`.
2. Het noemt ook een regel. Zet die in $inhoud, onder de hoofdstukken van een deel.
3. `make report$opties`. Deze pagina noemt het nieuwe hoofdstuk na de volgende `make lab$opties`.
""")
NOT_CLEANED = Template("""
> **De gegevens zijn nog niet schoongemaakt.** Draai eerst `make report$opties` in een terminal; tot dan kan geen notebook ze lezen.
""")
OF_REPOSITORY = Template("""
Een notebook met een sterretje is van de repository en geldt voor alle studies. Wilt u het alleen voor deze studie veranderen, zet dan
een kopie met dezelfde naam in `$map`; die gaat voor.
""")


def render_start(evaluation: Evaluation, work: Workplace) -> str:
    """Return the page in Markdown, made of ``evaluatie.yml``, so that it names every chapter and no other."""
    parts = [
        f"\n### {_plain(part.titel)}\n\n| hoofdstuk | notebook | waarden in het rapport |\n|---|---|---|\n"
        + "".join(_row(chapter, work) for chapter in part.hoofdstukken)
        for part in evaluation.delen
    ]
    mixed = work.studie and any(work.notebooks[c.notebook].van_repository for c in evaluation.chapters)
    if mixed:
        parts.append(OF_REPOSITORY.substitute(map=work.map))
    options = work.studie + work.uitvoer
    return PAGE.substitute(
        titel=_plain(evaluation.titel),
        merk=MARK,
        waarschuwing="" if work.schoon else NOT_CLEANED.substitute(opties=options),
        delen="".join(parts),
        inhoud=f"[`{work.inhoudsopgave.bestand}`]({work.inhoudsopgave.link})",
        map=work.map,
        studie=work.studie,
        opties=options,
    )


def _row(chapter: Chapter, work: Workplace) -> str:
    notebook = work.notebooks[chapter.notebook]
    star = r" \*" if work.studie and notebook.van_repository else ""
    values = ", ".join(f"`{name}: {value}`" for name, value in chapter.parameters.items()) or "geen"
    return f"| {_plain(chapter.titel)} | [{chapter.notebook}]({notebook.link}){star} | {values} |\n"


def _plain(text: str) -> str:
    return text.translate(_ESCAPES)
