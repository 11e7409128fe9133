"""Small reports in Word for the tests, and comments in them as Word writes them."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import docx
import nbformat
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from small_reports import notebook, output

from nsoc_lib.evaluation import Chapter, Evaluation, Part
from nsoc_lib.figures import Figure
from nsoc_lib.places import bookmark_name
from nsoc_lib.prose import tell
from nsoc_lib.publish.files import content_hash, write_whole
from nsoc_lib.result import Result
from nsoc_lib.tables import Table

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CONTENTS = """\
titel: Een proef
ondertitel: Klein
opstellers: Wij
status: concept
versie: "0.3"
datum: 1 mei 2024
verantwoording: [Vooraf te weten.]
delen:
  - titel: Deel een
    hoofdstukken:
"""


def people(name: str, value: int = 7) -> Result:
    return Result(f"meting-1.respons.{name}", name, value, "personen", "waargenomen", "proef@abc")


def chapter_notebook(name: str) -> nbformat.NotebookNode:
    """Return an executed chapter: a heading, a sentence with a result, a list, a table and a figure."""
    result = people(f"in-{name}")
    table = Table(
        f"tabel-{name}", f"Wie er begon in {name}.", ("Wat", "Hoeveel"), (("Begonnen", result),), ("Een noot.",)
    )
    twin = Table(f"tabel-twee-{name}", "Hetzelfde.", ("Wat", "Hoeveel"), (("Begonnen", result),))
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text class="aanduiding">LEK</text></svg>'
    figure = Figure(f"figuur-{name}", f"Balk van {name}.", f"Een balk in {name}.", svg, PNG, twin, (result,))
    shown = (tell(f"In {name} begonnen {{n}} mensen.", n=result), table.show(), figure.show())
    cells = [
        nbformat.v4.new_markdown_cell(f"## Kop van {name}\n\nEen alinea van {name}.\n\n- punt van {name}", id="k"),
        nbformat.v4.new_code_cell("x", id="u", outputs=list(map(output, shown))),
    ]
    return notebook(*cells)


def evaluation(*names: str, status: str = "concept") -> Evaluation:
    chapters = tuple(Chapter(f"Hoofdstuk {name}", name, {}) for name in names)
    part = Part("Deel een", bijlage=False, hoofdstukken=chapters)
    return Evaluation("Een proef", "Klein", "Wij", status, "0.3", "1 mei 2024", ("Vooraf te weten.",), (part,))


def publish_study(root: Path, *names: str, status: str = "concept") -> None:
    """Put a study in ``root`` as if ``make report`` had just published these chapters."""
    lines = "".join(f"      - titel: Hoofdstuk {name}\n        notebook: {name}\n" for name in names)
    contents = root / "data" / "raw" / "evaluatie.yml"
    write_whole(contents, (CONTENTS.replace("status: concept", f"status: {status}") + lines).encode())
    for name in names:
        text = nbformat.writes(chapter_notebook(name))
        write_whole(root / "reports" / "notebooks" / f"{name}.ipynb", text.encode())
    write_whole(root / "reports" / "evaluatierapport.html", f"<html>{content_hash([contents])}</html>".encode())


def comment_on(path: Path, remarks: dict[str, tuple[str, str]]) -> None:
    """Save a Word file with comments: of each author on the first run that holds some words, what they say."""
    document = docx.Document(str(path))
    paragraphs = [paragraph for element in document.element.body.iter(qn("w:p")) for paragraph in [element]]
    for words, (author, text) in remarks.items():
        element = next(p for p in paragraphs if words in "".join(t.text or "" for t in p.iter(qn("w:t"))))
        runs = [docx.text.run.Run(r, document._body) for r in element.iter(qn("w:r"))]
        document.add_comment(runs, text=text, author=author, initials=author[:1])
    document.save(str(path))


def plain_document(*texts: str) -> docx.document.Document:
    """Return a Word file with a section heading, and a paragraph with a bookmark per text: a_1_1 and on."""
    document = docx.Document()
    document.add_heading("3.1 Kop", 3)
    for number, text in enumerate(texts, 1):
        add_bookmark(document.add_paragraph(text), f"a_1_{number}", number)
    return document


def add_bookmark(paragraph: docx.text.paragraph.Paragraph, anchor: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), bookmark_name(anchor))
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(end)


def as_bytes(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
