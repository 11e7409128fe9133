"""Leaks in the other published files: executed notebooks, the Word and PDF files, pictures and the deposit."""

from __future__ import annotations

from lekken.contract import DRAWING, NOTEBOOK, PDF, WORD, ZIP, planted
from lekken.documents import (
    alternative_text,
    attach,
    deleted_run,
    hidden_run,
    pdf_file,
    png_picture,
    subject,
    white_text,
    word_file,
)
from lekken.folder import ReportFolder, code_cell, shown_output, stream_output, table_csv
from lekken.groups import DOUANE, STATEMENT, WHOLE, breakdown
from lekken.shown import ROWS, SECRET

CHAPTER = "procesthermometer-meting-1-draagvlak"
BOOK = f"notebooks/{CHAPTER}.ipynb"
SAFE = ["Draagvlak", "Van allen is 76% het eens (19 van 25).", "Van Douane is niets te tonen."]


@planted("tekstvorm-van-een-uitvoer", NOTEBOOK, "kleinste_groep", "Douane", where=BOOK, derived=(2, 3))
def _plain_output(folder: ReportFolder, *, leaking: bool) -> None:
    """The markup of a table is suppressed; the plain text of the same output is not."""
    breakdown(folder)
    line = "Douane | 67% | 2 | 3" if leaking else "Douane | · | · | ·"
    text = f"{STATEMENT}\nGroep | Mee eens | Aantal | Geldig\nOM | 83% | 5 | 6\n{line}"
    folder.notebook(
        CHAPTER, [code_cell("tabulate_groups(enquete)", shown_output(text_html="<p>Tabel</p>", text_plain=text))]
    )


@planted("resultaat-in-de-uitvoer", NOTEBOOK, "kleinste_groep", "Douane", where=BOOK, derived=(2, 3))
def _payload(folder: ReportFolder, *, leaking: bool) -> None:
    """The notebook carries the results for the ledger; there Douane still has count and base."""
    breakdown(folder)
    row = dict(folder.rows[DOUANE]) | ({"count": "2", "n": "3"} if leaking else {})
    folder.notebook(CHAPTER, [code_cell("tabulate_groups(enquete)", folder.results_output([folder.rows[WHOLE], row]))])


@planted("metadata-van-een-cel", NOTEBOOK, "kleinste_groep", "Douane", where=BOOK, derived=(2, 3), held_out=True)
def _cell_metadata(folder: ReportFolder, *, leaking: bool) -> None:
    """What was suppressed is remembered in the metadata of the cell, for a colleague."""
    breakdown(folder)
    memory = {
        "onderdrukt": [
            {"groep": "Douane", "k": 2, "n": 3} if leaking else {"groep": "Douane", "regel": "kleinste_groep"}
        ]
    }
    folder.notebook(CHAPTER, [code_cell("tabulate_groups(enquete)", metadata={"nsoc": memory})])


@planted("bijlage-van-een-cel", NOTEBOOK, "kleinste_groep", "Douane", where=BOOK, derived=(2, 3), held_out=True)
def _attachment(folder: ReportFolder, *, leaking: bool) -> None:
    """A cell with prose has a file attached that no text refers to: the whole table."""
    from base64 import b64encode

    breakdown(folder)
    content = b64encode(table_csv([*ROWS, SECRET] if leaking else ROWS)).decode()
    cell = {
        "cell_type": "markdown",
        "id": "2",
        "metadata": {},
        "source": ["## Lezing"],
        "attachments": {"t.csv": {"text/csv": content}},
    }
    folder.notebook(CHAPTER, [cell])


@planted("regel-in-de-broncode", NOTEBOOK, "kleinste_groep", "Douane", where=BOOK, derived=(2, 3), held_out=True)
def _source(folder: ReportFolder, *, leaking: bool) -> None:
    """The researcher wrote a remark in the code while looking at the data."""
    breakdown(folder)
    remark = "# let op: douane maar 3, waarvan 2 eens" if leaking else "# let op: douane is te klein om te tonen"
    folder.notebook(CHAPTER, [code_cell(f"tabulate_groups(enquete)  {remark}", stream_output("klaar\n"))])


@planted("verborgen-tekst-in-word", WORD, "kleinste_groep", "Douane", where="evaluatierapport.docx", derived=(2, 3))
def _hidden_word(folder: ReportFolder, *, leaking: bool) -> None:
    """The Word file has a run that is not shown and not printed."""
    breakdown(folder)
    words = " Douane: 2 van 3." if leaking else " Douane: te klein."
    folder.files["evaluatierapport.docx"] = word_file(SAFE, lambda document: hidden_run(document, words))


@planted(
    "verwijderd-met-bijhouden",
    WORD,
    "kleinste_groep",
    "Douane",
    where="evaluatierapport.docx",
    derived=(2, 3),
    held_out=True,
)
def _tracked(folder: ReportFolder, *, leaking: bool) -> None:
    """The sentence was deleted with changes tracked: one click brings it back."""
    breakdown(folder)
    words = "Bij de Douane twee van de drie." if leaking else "Bij de Douane is niets te tonen."
    folder.files["evaluatierapport.docx"] = word_file(SAFE, lambda document: deleted_run(document, words))


@planted("opmerking-in-word", WORD, "kleinste_groep", "Douane", where="evaluatierapport.docx", derived=(2, 3))
def _comment(folder: ReportFolder, *, leaking: bool) -> None:
    """A comment in the margin explains the dot in the table."""
    breakdown(folder)
    words = "Dit is 2 van 3 bij Douane." if leaking else "Dit is te klein om te tonen."
    folder.files["evaluatierapport.docx"] = word_file(
        SAFE,
        lambda document: document.add_comment(document.paragraphs[2].runs, text=words, author="redactie", initials="r"),
    )


@planted(
    "eigenschappen-van-word",
    WORD,
    "kleinste_groep",
    "Douane",
    where="evaluatierapport.docx",
    derived=(2, 3),
    held_out=True,
)
def _properties(folder: ReportFolder, *, leaking: bool) -> None:
    """The properties of the file hold a remark on the version."""
    breakdown(folder)
    words = "versie met Douane 2/3" if leaking else "versie zonder Douane"

    def change(document: object) -> None:
        document.core_properties.comments = words  # type: ignore[attr-defined]

    folder.files["evaluatierapport.docx"] = word_file(SAFE, change)


@planted("witte-tekst-in-pdf", PDF, "kleinste_groep", "Douane", where="evaluatierapport.pdf", derived=(2, 3))
def _white(folder: ReportFolder, *, leaking: bool) -> None:
    """White on white at the foot of the page: who selects all, sees it."""
    breakdown(folder)
    line = "Douane 2 van 3" if leaking else "Douane niet getoond"
    folder.files["evaluatierapport.pdf"] = pdf_file(SAFE, lambda pdf: white_text(pdf, line))


@planted(
    "alternatieve-tekst-in-pdf",
    PDF,
    "kleinste_groep",
    "Douane",
    where="evaluatierapport.pdf",
    derived=(2, 3),
    held_out=True,
)
def _pdf_alt(folder: ReportFolder, *, leaking: bool) -> None:
    """The structure tree of the tagged PDF holds the text of the figure, from before suppression."""
    breakdown(folder)
    words = "Staafdiagram. Douane: 67% van drie." if leaking else "Staafdiagram. Douane: niet getoond."
    folder.files["evaluatierapport.pdf"] = pdf_file(SAFE, lambda pdf: alternative_text(pdf, words))


@planted("bestand-in-pdf", PDF, "kleinste_groep", "Douane", where="evaluatierapport.pdf", derived=(2, 3), held_out=True)
def _embedded(folder: ReportFolder, *, leaking: bool) -> None:
    """The PDF carries the table as an embedded CSV."""
    breakdown(folder)
    content = table_csv([*ROWS, SECRET] if leaking else ROWS)
    folder.files["evaluatierapport.pdf"] = pdf_file(SAFE, lambda pdf: attach(pdf, "groepen.csv", content))


@planted("onderwerp-van-pdf", PDF, "kleinste_groep", "Douane", where="evaluatierapport.pdf", derived=(2, 3))
def _subject(folder: ReportFolder, *, leaking: bool) -> None:
    """The subject in the properties of the PDF is a sentence from an earlier version."""
    breakdown(folder)
    words = "Draagvlak (Douane: 2 van de 3 eens)" if leaking else "Draagvlak"
    folder.files["evaluatierapport.pdf"] = pdf_file(SAFE, lambda pdf: subject(pdf, words))


@planted(
    "tekst-in-png",
    DRAWING,
    "kleinste_groep",
    "Douane",
    where="figuren/figuur-groepen.png",
    derived=(2, 3),
    held_out=True,
)
def _png(folder: ReportFolder, *, leaking: bool) -> None:
    """The picture for slides has a description in its file."""
    breakdown(folder)
    folder.files["figuren/figuur-groepen.png"] = png_picture("Douane 2/3" if leaking else "Douane niet getoond")


@planted("tabel-in-deposit", ZIP, "kleinste_groep", "Douane", where="deposit.zip!tabellen/groepen.csv", derived=(2, 3))
def _deposit(folder: ReportFolder, *, leaking: bool) -> None:
    """The deposit was packed from tables before suppression."""
    breakdown(folder)
    folder.archive(
        {"tabellen/groepen.csv": table_csv([*ROWS, SECRET] if leaking else ROWS), "leesmij.txt": b"Tabellen.\n"}
    )


@planted(
    "zip-in-deposit",
    ZIP,
    "kleinste_groep",
    "Douane",
    where="deposit.zip!bijlagen.zip!groepen.csv",
    derived=(2, 3),
    held_out=True,
)
def _nested(folder: ReportFolder, *, leaking: bool) -> None:
    """An archive in the archive, under a name that promises appendices."""
    breakdown(folder)
    inner = folder.archive({"groepen.csv": table_csv([*ROWS, SECRET] if leaking else ROWS)}, name="")
    folder.archive({"bijlagen.zip": inner})


@planted("boekje-in-deposit", ZIP, "kleinste_groep", "Douane", where="deposit.zip!codeboek.json", derived=(2, 3))
def _codebook(folder: ReportFolder, *, leaking: bool) -> None:
    """The codebook in the deposit counts how often each answer occurs per group, as software for archives does."""
    import json

    breakdown(folder)
    counts = {"OM": {"eens": 5, "geldig": 6}} | ({"Douane": {"eens": 2, "geldig": 3}} if leaking else {})
    folder.archive({"codeboek.json": json.dumps({"hoofddoel": {"per groep": counts}}).encode()})
