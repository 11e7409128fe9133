"""Leaks in what accompanies a number: drawings, alternative text, downloads, hidden markup and the ledger itself."""

from __future__ import annotations

from urllib.parse import quote

from lekken.contract import ALT, DOWNLOAD, DRAWING, HIDDEN, LEDGER, LEDGER_FILE, WORKBOOK, planted
from lekken.documents import png_picture
from lekken.folder import HEAD, ReportFolder, bar_chart, bar_path, data_uri, table_csv
from lekken.groups import DOUANE, SHOWN, STATEMENT, WHOLE, breakdown, group, hidden_group, whole

BARS: dict[str, float | None] = {"OM": 83.3, "FIOD": 66.7, "Politie": 71.4, "Douane": None}
SAFE_ALT = "Staafdiagram. Van Douane is geen balk getekend: de groep is te klein."
ROWS = [["groep", "eens", "geldig"], *([name, str(k), str(n)] for name, (k, n) in SHOWN.items())]
SECRET = ["Douane", "2", "3"]


@planted(
    "balk-van-onderdrukte-groep",
    DRAWING,
    "kleinste_groep",
    "Douane",
    where="figuren/figuur-groepen.svg",
    derived=(2, 3),
)
def _bar(folder: ReportFolder, *, leaking: bool) -> None:
    """The table hides Douane; the figure draws its bar, and the axis makes its length 66,7% of at most three people."""
    breakdown(folder)
    bars = BARS | ({"Douane": 200 / 3} if leaking else {})
    folder.figure("figuur-groepen", bar_chart(bars), SAFE_ALT)


@planted(
    "pad-zonder-kleur",
    DRAWING,
    "kleinste_groep",
    "Douane",
    where="figuren/figuur-groepen.svg",
    derived=(2, 3),
    held_out=True,
)
def _invisible_path(folder: ReportFolder, *, leaking: bool) -> None:
    """The bar of Douane is there without fill and stroke: nobody sees it, everybody can read its path."""
    breakdown(folder)
    bar = bar_path(200 / 3, 140, attributes='fill="none" stroke="none" opacity="0"') if leaking else ""
    folder.figure("figuur-groepen", bar_chart(BARS, bar), SAFE_ALT)


@planted(
    "balk-buiten-het-vlak",
    DRAWING,
    "eensgezindheid",
    "Politie",
    where="figuren/figuur-groepen.svg",
    derived=(7, 7),
    held_out=True,
)
def _path_in_defs(folder: ReportFolder, *, leaking: bool) -> None:
    """The axis was cut at 80%, so that the bar of Politie seems to run on; in its path it ends at exactly 100."""
    whole(folder)
    folder.number("meting-1.respons.politie", "Geldige antwoorden van Politie", 7)
    share = 100.0 if leaking else 500 / 7
    clip = '<defs><clipPath id="p1"><rect x="100" y="0" width="320" height="300"/></clipPath></defs>'
    label = '<text x="95" y="36" text-anchor="end">Politie</text>'
    bar = bar_path(share, 20, attributes='clip-path="url(#p1)" fill="#1b5e82"')
    folder.figure(
        "figuur-groepen", bar_chart({}, clip + label + bar), "Staafdiagram van een groep, tot tachtig procent getekend."
    )


@planted("metadata-in-svg", DRAWING, "kleinste_groep", "Douane", where="figuren/figuur-groepen.svg", derived=(2, 3))
def _svg_metadata(folder: ReportFolder, *, leaking: bool) -> None:
    """The drawing carries the call that made it, in its metadata: plot(Douane=(2, 3))."""
    breakdown(folder)
    note = (
        "plot_groups(OM=(5, 6), FIOD=(4, 6), Politie=(5, 7), Douane=(2, 3))"
        if leaking
        else "plot_groups(OM, FIOD, Politie)"
    )
    extra = f"<metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:li>{note}</rdf:li></rdf:RDF></metadata>"
    folder.figure("figuur-groepen", bar_chart(BARS, extra), SAFE_ALT)


@planted(
    "titel-in-svg",
    DRAWING,
    "kleinste_groep",
    "Douane",
    where="figuren/figuur-groepen.svg",
    derived=(2, 3),
    held_out=True,
)
def _svg_title(folder: ReportFolder, *, leaking: bool) -> None:
    """A bar that is not drawn keeps the little text that appears under the mouse, with its number in words."""
    breakdown(folder)
    words = "Douane: twee van de drie eens" if leaking else "Douane: niet getoond"
    folder.figure("figuur-groepen", bar_chart(BARS, f"<g><title>{words}</title></g>"), SAFE_ALT)


@planted(
    "waarde-achter-een-streepje",
    DRAWING,
    "kleinste_groep",
    "Douane",
    where="figuren/figuur-groepen.svg",
    derived=(2, 3),
)
def _data_value(folder: ReportFolder, *, leaking: bool) -> None:
    """The label of Douane shows a dash, and data-value beside it 66.666…."""
    breakdown(folder)
    value = ' data-value="66.6666666666667"' if leaking else ""
    label = f'<g class="cijfer" data-id="{DOUANE}"{value}><text x="110" y="156">–</text></g>'
    folder.figure("figuur-groepen", bar_chart(BARS, label), SAFE_ALT)


@planted("alt-noemt-het-aantal", ALT, "kleinste_groep", "Douane", derived=(2, 3))
def _alt(folder: ReportFolder, *, leaking: bool) -> None:
    """The bar is not drawn; the text for who cannot see the figure says 2 of 3."""
    breakdown(folder)
    alt = "Staafdiagram. Douane: 2 van 3 eens." if leaking else SAFE_ALT
    folder.figure("figuur-groepen", bar_chart(BARS), alt)


@planted("aria-label-in-woorden", ALT, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _aria(folder: ReportFolder, *, leaking: bool) -> None:
    """Only a screen reader hears it, in words: two of the three."""
    breakdown(folder)
    words = "; bij Douane twee van de drie" if leaking else ""
    folder.table(
        "tabel-kort", "Kort.", ("Groep", "Mee eens"), [("Allen", folder.token(WHOLE))], label=f"{STATEMENT}{words}"
    )


@planted("alt-van-een-png", ALT, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _image_alt(folder: ReportFolder, *, leaking: bool) -> None:
    """A picture in the page has an alt with the share and, in its title, the base."""
    breakdown(folder)
    alt, title = ("Douane 67%", "n = 3") if leaking else ("Allen 76%", "n = 25")
    picture = data_uri(png_picture(), "image/png")
    folder.body.append(f'<p><img src="{picture}" alt="{alt} eens" title="{title}"></p>')


@planted("ophalen-in-base64", DOWNLOAD, "kleinste_groep", "Douane", derived=(2, 3))
def _base64(folder: ReportFolder, *, leaking: bool) -> None:
    """The table to take along holds the row that the table on the page does not."""
    breakdown(folder)
    rows = [*ROWS, SECRET if leaking else ["Douane", "", ""]]
    folder.paragraph(f'<a download="groepen.csv" href="{data_uri(table_csv(rows))}">Tabel als CSV</a>')


@planted("ophalen-met-procenttekens", DOWNLOAD, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _percent_encoded(folder: ReportFolder, *, leaking: bool) -> None:
    """The same, percent-encoded, with semicolons and the Dutch heads of a spreadsheet."""
    breakdown(folder)
    rows = [*ROWS, SECRET] if leaking else ROWS
    text = quote(table_csv(rows, ";").decode())
    folder.paragraph(f'<a download="groepen.csv" href="data:text/csv;charset=utf-8,{text}">Tabel als CSV</a>')


@planted(
    "csv-naast-de-figuur", DOWNLOAD, "kleinste_groep", "Douane", where="figuren/figuur-groepen.csv", derived=(2, 3)
)
def _csv_file(folder: ReportFolder, *, leaking: bool) -> None:
    """Beside the drawing lies what was drawn, transposed, so that no row is called Douane."""
    breakdown(folder)
    rows = [*ROWS, SECRET] if leaking else ROWS
    folder.figure("figuur-groepen", bar_chart(BARS), SAFE_ALT)
    folder.files["figuren/figuur-groepen.csv"] = table_csv([list(column) for column in zip(*rows, strict=True)])


@planted("commentaar", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3))
def _comment(folder: ReportFolder, *, leaking: bool) -> None:
    """A comment in the page remembers what was taken out."""
    breakdown(folder)
    folder.body.append(f"<!-- weggehaald: {'Douane 2/3' if leaking else 'Douane'} -->")


@planted("display-none", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _display_none(folder: ReportFolder, *, leaking: bool) -> None:
    """A row of the table is hidden by a class in the style sheet, not left out."""
    breakdown(folder)
    folder.style += " .klein { display: none }"
    cells = "<td>2</td><td>3</td>" if leaking else "<td>·</td><td>·</td>"
    folder.body.append(f'<table><tbody><tr class="klein"><th scope="row">Douane</th>{cells}</tr></tbody></table>')


@planted("popover-met-details", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3))
def _popover(folder: ReportFolder, *, leaking: bool) -> None:
    """The details of a number open on a click, also those of the suppressed one."""
    breakdown(folder)
    details = "<dt>Aantal</dt><dd>2</dd><dt>Basis</dt><dd>3</dd>" if leaking else "<dt>Status</dt><dd>niet getoond</dd>"
    folder.body.append(
        f'<button popovertarget="p1">Douane</button><div popover id="p1"><dl><dt>Groep</dt><dd>Douane</dd>{details}</dl></div>'
    )


@planted("data-attribuut", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _data_attribute(folder: ReportFolder, *, leaking: bool) -> None:
    """The mark of the suppressed number carries count and base for a script that was never written."""
    breakdown(folder)
    left = ' data-k="2" data-n="3"' if leaking else ' data-status="suppress"'
    folder.paragraph(f'Douane: <span class="onderdrukt" data-id="{DOUANE}"{left}>·</span>')


@planted("tekst-uit-de-stijl", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3))
def _css_content(folder: ReportFolder, *, leaking: bool) -> None:
    """The number stands nowhere in the text: the style sheet adds it for the printer."""
    breakdown(folder)
    words = "Douane: 2 van 3" if leaking else "concept 0.1"
    folder.style += f' @media print {{ #tabel-groepen::after {{ content: "{words}" }} }}'


@planted("sjabloon-dat-niet-toont", HIDDEN, "kleinste_groep", "Douane", derived=(2, 3), held_out=True)
def _template(folder: ReportFolder, *, leaking: bool) -> None:
    """A template element, and in it the number with its digits apart and as entities."""
    breakdown(folder)
    text = "Douane: <b>&#50;</b> van <b>&#x33;</b> eens" if leaking else "Douane: <b>niet getoond</b>"
    folder.body.append(f"<template><p>{text}</p></template>")


@planted("onderdrukt-maar-gevuld", LEDGER, "kleinste_groep", "Douane", where=LEDGER_FILE, derived=(2, 3))
def _filled(folder: ReportFolder, *, leaking: bool) -> None:
    """The row says suppress, shows nothing, and still has a value with its worst-case bounds."""
    left = {"value": "66.6666666666667", "low": "66.6666666666667", "high": "66.6666666666667", "population": "3"}
    breakdown(folder, **(left if leaking else {}))


@planted("aantal-in-het-label", LEDGER, "kleinste_groep", "Douane", where=LEDGER_FILE, derived=(2, 3), held_out=True)
def _label(folder: ReportFolder, *, leaking: bool) -> None:
    """The number went out of the row and stayed in its label."""
    label = (
        f"{STATEMENT}, Douane (2 van 3): (helemaal) mee eens"
        if leaking
        else f"{STATEMENT}, Douane: (helemaal) mee eens"
    )
    breakdown(folder, label=label)


@planted("aantal-naast-een-onderdrukt-aandeel", LEDGER, "kleinste_groep", "Douane", where=LEDGER_FILE, derived=(2, 3))
def _related(folder: ReportFolder, *, leaking: bool) -> None:
    """The share is suppressed; the count and base that belong to it are rows of their own and were forgotten."""
    breakdown(folder)
    for name, count in (("aantal", 2), ("basis", 3)):
        row, label = f"{DOUANE}.{name}", f"{STATEMENT}, Douane: {name}"
        if leaking:
            folder.number(row, label, count)
        else:
            folder.suppressed(row, label, "personen")


@planted("verborgen-werkblad", LEDGER, "kleinste_groep", "Douane", where=WORKBOOK, derived=(2, 3))
def _sheet(folder: ReportFolder, *, leaking: bool) -> None:
    """The workbook has a second sheet that Excel does not even offer to unhide."""
    breakdown(folder)
    folder.hidden_sheet = [*ROWS, SECRET] if leaking else ROWS


@planted("verborgen-kolom", LEDGER, "kleinste_groep", "Douane", where=WORKBOOK, derived=(2, 3), held_out=True)
def _column(folder: ReportFolder, *, leaking: bool) -> None:
    """The workbook has a hidden column with the counts as they were before suppression."""
    breakdown(folder)
    folder.hidden_columns = {"ruw": {DOUANE: "2/3"} if leaking else {WHOLE: "19/25"}}


@planted("opmerking-bij-een-cel", LEDGER, "kleinste_groep", "Douane", where=WORKBOOK, derived=(2, 3), held_out=True)
def _cell_note(folder: ReportFolder, *, leaking: bool) -> None:
    """A note at the empty cell tells the colleague what stood there."""
    breakdown(folder)
    folder.cell_notes = {DOUANE: "Was 2 van 3, weggehaald." if leaking else "Weggehaald, te kleine groep."}


@planted("rij-alleen-in-het-werkboek", LEDGER, "kleinste_groep", "Stuurgroep", where=WORKBOOK, derived=(3, 3))
def _row_in_workbook(folder: ReportFolder, *, leaking: bool) -> None:
    """The CSV was cleaned, the workbook was made a moment earlier."""
    whole(folder)
    hidden_group(folder, "Stuurgroep")
    group(folder, "OM", *SHOWN["OM"])
    row = dict.fromkeys(HEAD, "") | {
        "id": f"{DOUANE.replace('douane', 'stuurgroep')}.basis", "meting": "meting-1", "unit": "personen",
        "label": f"{STATEMENT}, Stuurgroep: geldige antwoorden", "provenance": "waargenomen",
    }  # fmt: skip
    folder.workbook_only = [
        row | ({"value": "3", "shown": "3", "status": "pass"} if leaking else {"status": "suppress"})
    ]
