"""Leaks about persons: rows, ids, addresses, paths and open answers; and quotations that point at somebody."""

from __future__ import annotations

from lekken.contract import LEDGER_FILE, MICRODATA, NO_MICRODATA, NO_QUOTATION, QUOTATION, planted
from lekken.documents import pdf_file, word_file
from lekken.files import BOOK, CHAPTER, SAFE
from lekken.folder import ReportFolder, bar_chart, code_cell, shown_output, stream_output, table_csv
from lekken.groups import whole

ANSWERS = ("eens", "helemaal eens", "neutraal", "oneens", "eens", "helemaal eens", "weet niet")


@planted("kenmerk-van-qualtrics", MICRODATA, NO_MICRODATA, "kenmerk", never="R_2wXk9PqLmN4vB7c")
def _response_id(folder: ReportFolder, *, leaking: bool) -> None:
    """A footnote on the quality of the data names a record by its ResponseId."""
    record = "R_2wXk9PqLmN4vB7c" if leaking else "een van de vragenlijsten"
    folder.paragraph(f"In {record} is de laatste bladzijde niet bereikt.")


@planted(
    "kenmerk-in-metadata", MICRODATA, NO_MICRODATA, "kenmerk", where=BOOK, never="R_3PtAbCdEfGh1jKl", held_out=True
)
def _id_in_metadata(folder: ReportFolder, *, leaking: bool) -> None:
    """Papermill kept the parameters of a trial run: leave out this record."""
    parameters = {"meting": "meting-1", "zonder": "R_3PtAbCdEfGh1jKl" if leaking else "geen"}
    folder.notebook(CHAPTER, [code_cell("1")], {"papermill": {"parameters": parameters}})


@planted("open-antwoord-in-tabel", MICRODATA, NO_MICRODATA, "open antwoord", never="alleen doe")
def _open_answer(folder: ReportFolder, *, leaking: bool) -> None:
    """A table of what people added lists the answers as they were typed, in place of the codes given to them."""
    whole(folder)
    if leaking:
        heads, rows = (
            ("Toelichting",),
            [
                ("Ik vind dat ik dit werk al jaren alleen doe.",),
                ("Bij ons wordt er niet geluisterd!",),
                ("geen idee hoor",),
            ],
        )
    else:
        heads, rows = ("Code",), [("Capaciteit",), ("Samenwerking",), ("Geen mening",)]
    folder.table("tabel-open", "Wat deelnemers toevoegden.", heads, rows)


@planted(
    "open-antwoord-in-uitvoer", MICRODATA, NO_MICRODATA, "open antwoord", where=BOOK, never="mijn baas", held_out=True
)
def _open_in_output(folder: ReportFolder, *, leaking: bool) -> None:
    """The head of a column, shown while working and never taken out."""
    text = (
        "0    Zolang mijn baas niet meedoet, gebeurt er niets\n1    Prima zo\nName: toelichting, dtype: str"
        if leaking
        else "klaar"
    )
    folder.notebook(CHAPTER, [code_cell("enquete.open", shown_output(text_plain=text))])


@planted("ip-adres-in-notebook", MICRODATA, NO_MICRODATA, "IP-adres", where=BOOK, never="145.53.17.204")
def _ip(folder: ReportFolder, *, leaking: bool) -> None:
    """A column IPAddress in a preview. The twin has a version and a date of four parts."""
    text = "IPAddress\n145.53.17.204" if leaking else "pandas 3.0.0.1\n2024.11.22"
    folder.notebook(CHAPTER, [code_cell("x", stream_output(text))])


@planted(
    "ipv6-in-deposit",
    MICRODATA,
    NO_MICRODATA,
    "IP-adres",
    where="deposit.zip!log.txt",
    never="2a02:a45f",
    held_out=True,
)
def _ipv6(folder: ReportFolder, *, leaking: bool) -> None:
    """A log in the deposit holds a modern address. The twin has times, which have colons as well."""
    line = "sessie 2a02:a45f:11aa:1:5c2b:9d01:77e4:3f10\n" if leaking else "sessie 11:04:12 tot 11:52:40\n"
    folder.archive({"log.txt": line.encode()})


@planted(
    "e-mail-in-eigenschappen", MICRODATA, NO_MICRODATA, "e-mailadres", where="evaluatierapport.docx", never="j.devries@"
)
def _mail(folder: ReportFolder, *, leaking: bool) -> None:
    """The author of the Word file is the address of somebody who reviewed it."""

    def change(document: object) -> None:
        document.core_properties.author = "j.devries@partner.example" if leaking else "De bouwers van nsoc_lib"  # type: ignore[attr-defined]

    folder.files["evaluatierapport.docx"] = word_file(SAFE, change)


@planted("e-mail-met-procenttekens", MICRODATA, NO_MICRODATA, "e-mailadres", never="a.bakker", held_out=True)
def _encoded_mail(folder: ReportFolder, *, leaking: bool) -> None:
    """A link with the address of a respondent, percent-encoded. The twin has a handle with the same sign."""
    target = (
        "https://enquete.example/s/x?to=a.bakker%40partner.example" if leaking else "https://social.example/%40enquete"
    )
    folder.paragraph(f'<a href="{target}">Vragenlijst</a>')


@planted("pad-van-de-onderzoeker", MICRODATA, NO_MICRODATA, "bestandspad", where=BOOK, never="/home/")
def _path(folder: ReportFolder, *, leaking: bool) -> None:
    """A warning in the notebook names the file in the home folder of who ran it."""
    place = "/home/jvries/nsoc/notebooks/draagvlak.py:14" if leaking else "notebooks/draagvlak.py:14"
    folder.notebook(CHAPTER, [code_cell("x", stream_output(f"{place}: UserWarning: leeg\n", "stderr"))])


@planted("pad-van-windows", MICRODATA, NO_MICRODATA, "bestandspad", where="deposit.zip", never="Users", held_out=True)
def _windows_path(folder: ReportFolder, *, leaking: bool) -> None:
    r"""The comment of the archive says where it was packed: C:\Users\…, which no list of members shows."""
    comment = (
        "Ingepakt uit C:\\Users\\jvries\\OneDrive\\nsoc" if leaking else "Ingepakt met de schijfruimte C: en D: vrij"
    )
    folder.archive({"leesmij.txt": b"Tabellen.\n"}, comment)


@planted("rijen-in-csv", MICRODATA, NO_MICRODATA, "per deelnemer", where="figuren/figuur-stippen.csv")
def _rows(folder: ReportFolder, *, leaking: bool) -> None:
    """The file beside a figure has a row per respondent. The twin has a row per statement, as many."""
    if leaking:
        lines = [["respondent", "hoofddoel", "werkdoelen"]] + [
            [str(n), ANSWERS[n % 7], ANSWERS[3 * n % 7]] for n in range(1, 29)
        ]
    else:
        lines = [["stelling", "eens", "geldig"]] + [[f"stelling {n}", str(12 + n % 5), "25"] for n in range(1, 29)]
    folder.files["figuren/figuur-stippen.csv"] = table_csv(lines)


@planted("rijen-als-html", MICRODATA, NO_MICRODATA, "per deelnemer", where=BOOK, held_out=True)
def _frame(folder: ReportFolder, *, leaking: bool) -> None:
    """The head of the answers as pandas shows it: no ids, but five persons with their answers side by side."""
    heads = ("vraag_1", "vraag_2", "vraag_3") if leaking else ("eens", "neutraal", "oneens")
    rows = [(ANSWERS[n], ANSWERS[n + 1], ANSWERS[n + 2]) if leaking else ("19", "4", "2") for n in range(5)]
    body = "".join(f"<tr><th>{n}</th>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for n, row in enumerate(rows))
    head = "".join(f"<th>{h}</th>" for h in heads)
    markup = f'<table class="dataframe"><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>'
    folder.notebook(CHAPTER, [code_cell("x", shown_output(text_html=markup, text_plain="tabel"))])


@planted(
    "stip-per-deelnemer", MICRODATA, NO_MICRODATA, "per deelnemer", where="figuren/figuur-stippen.svg", held_out=True
)
def _dots(folder: ReportFolder, *, leaking: bool) -> None:
    """A swarm of 28 dots: the coordinates are the answers of 28 persons to two statements. The twin has 28 statements."""
    name = "deelnemer" if leaking else "stelling"
    dots = "".join(f'<use href="#m" x="{100 + 50 * (n * 5 % 7)}" y="{60 + 40 * (n * 3 % 5)}"/>' for n in range(28))
    axes = f'<text x="300" y="305">Een stip per {name}</text>'
    folder.figure(
        "figuur-stippen",
        bar_chart({}, f'<defs><circle id="m" r="3"/></defs>{axes}<g id="stippen">{dots}</g>'),
        f"Een stip per {name}.",
    )


@planted(
    "vaste-kenmerken-in-deposit", MICRODATA, NO_MICRODATA, "kenmerk", where="deposit.zip!koppelingen.csv", held_out=True
)
def _pseudonyms(folder: ReportFolder, *, leaking: bool) -> None:
    """Pseudonyms instead of ids, the same in both rounds: still a row per person. The twin has hashes of files."""
    import hashlib

    marks = [hashlib.sha256(f"nsoc {n}".encode()).hexdigest()[:12] for n in range(25)]
    lines = [["kenmerk", "meting-1", "meting-2"], *([m, "ja", "ja"] for m in marks)]
    files = [["bestand", "hash", "soort"], *([f"tabel_{n}.csv", m, "tabel"] for n, m in enumerate(marks))]
    folder.archive({"koppelingen.csv" if leaking else "inhoud.csv": table_csv(lines if leaking else files)})


@planted(
    "telefoonnummer-in-pdf", MICRODATA, NO_MICRODATA, "telefoonnummer", where="evaluatierapport.pdf", never="06-2345"
)
def _phone(folder: ReportFolder, *, leaking: bool) -> None:
    """Somebody left a number to be called back. The twin has the number of a file, as long."""
    line = "Bel gerust terug: 06-23456718." if leaking else "Dossier 6234567189 is gesloten."
    folder.files["evaluatierapport.pdf"] = pdf_file([*SAFE, line])


# Quotations. In the page: a blockquote with the id of its release, and the attribution in its footer.
# "deelnemer" is everybody who was invited; another attribution is a group of which the ledger says how many were.
RELEASED = ("deelnemer", "Een gesprek later lukte het wel.")


def _quote(folder: ReportFolder, number: int, text: str, by: str, attributes: str = "") -> None:
    folder.body.append(
        f'<blockquote class="citaat" data-citaat="c{number}"{attributes}><p>{text}</p><footer class="bron">{by}</footer></blockquote>'
    )


def _releases(folder: ReportFolder, *numbers: int) -> None:
    """Add the table of releases to the page: which quotation, who (a role), when, why."""
    rows = [(f"c{n}", "voorzitter begeleidingscommissie", "1 mei 2024", "niemand te herkennen") for n in numbers]
    folder.table("tabel-vrijgave", "Vrijgegeven citaten.", ("Citaat", "Rol", "Datum", "Reden"), rows)


@planted("citaat-zonder-vrijgave", QUOTATION, NO_QUOTATION, "c2", "vrijgave")
def _unreleased(folder: ReportFolder, *, leaking: bool) -> None:
    """Two quotations, one release."""
    _quote(folder, 1, RELEASED[1], RELEASED[0])
    _quote(folder, 2, "Het kost tijd, maar het loont.", RELEASED[0])
    _releases(folder, *((1,) if leaking else (1, 2)))


@planted("citaat-van-de-enige-directeur", QUOTATION, "kleinste_rol", "c1", "Directeur", held_out=True)
def _unique_role(folder: ReportFolder, *, leaking: bool) -> None:
    """One director was invited, as the page itself says. Of the police there were seven."""
    _quote(folder, 1, "Ik had meer verwacht.", "Directeur" if leaking else "Politie")
    _releases(folder, 1)


@planted("citaat-van-een-van-twee", QUOTATION, "kleinste_rol", "c2", "Ministerie")
def _one_of_two(folder: ReportFolder, *, leaking: bool) -> None:
    """The second of two quotations is attributed to the ministry, from which two people were invited."""
    _quote(folder, 1, RELEASED[1], "Politie")
    _quote(folder, 2, "Dat had eerder gekund.", "medewerker Ministerie" if leaking else "medewerker OM")
    _releases(folder, 1, 2)


@planted("aanduiding-van-twee-kenmerken", QUOTATION, "kleinste_rol", "c1", "Ministerie", held_out=True)
def _crossed_role(folder: ReportFolder, *, leaking: bool) -> None:
    """Neither a woman nor an adviser is rare, but the ministry sent two people."""
    _quote(folder, 1, "Er is te weinig tijd.", "adviseur, vrouw, Ministerie" if leaking else "deelnemer")
    _releases(folder, 1)


@planted("naam-in-een-citaat", QUOTATION, NO_QUOTATION, "c1", "naam", never="Van Houten")
def _name(folder: ReportFolder, *, leaking: bool) -> None:
    """A name in the middle of a sentence. The twin has a title without one."""
    person = "mevrouw Van Houten" if leaking else "de voorzitter"
    _quote(folder, 1, f"Zonder {person} was het nooit van de grond gekomen.", RELEASED[0])
    _releases(folder, 1)


@planted("eenheid-in-een-citaat", QUOTATION, NO_QUOTATION, "c1", "Douane", held_out=True)
def _unit(folder: ReportFolder, *, leaking: bool) -> None:
    """A unit that only three people come from stands in the words themselves, in lower case and joined to another."""
    place = "bij ons op het douanekantoor" if leaking else "bij ons op kantoor"
    _quote(folder, 1, f"Dat weet {place} iedereen.", RELEASED[0])
    _releases(folder, 1)


@planted("twee-citaten-van-een-persoon", QUOTATION, NO_QUOTATION, "c1", "c2", "zelfde persoon")
def _linked_quotes(folder: ReportFolder, *, leaking: bool) -> None:
    """Two quotations far apart share the number of a respondent, so what each gives away adds up."""
    _quote(folder, 1, "Ik kwam er later bij.", "deelnemer 7" if leaking else "deelnemer")
    folder.paragraph("Verderop in het rapport.")
    _quote(folder, 2, "In mijn vorige baan deed ik hetzelfde.", "deelnemer 7" if leaking else "deelnemer")
    _releases(folder, 1, 2)


@planted("zelfde-citaat-andere-bron", QUOTATION, NO_QUOTATION, "c1", "c2", held_out=True)
def _same_quote(folder: ReportFolder, *, leaking: bool) -> None:
    """The same words, once as somebody of the police and once as somebody of the steering group: one person is both."""
    _quote(folder, 1, "Wij zijn pas net begonnen.", "Politie")
    _quote(folder, 2, "Wij zijn pas net begonnen." if leaking else "Het begin is er.", "Stuurgroep")
    _releases(folder, 1, 2)


@planted("plaats-in-een-citaat", QUOTATION, NO_QUOTATION, "c1", never="Zoetermeer")
def _place(folder: ReportFolder, *, leaking: bool) -> None:
    """A place of work points at an office. The twin has no word with a capital but the first."""
    _quote(
        folder,
        1,
        f"Sinds ik in {'Zoetermeer' if leaking else 'een ander gebouw'} werk, zie ik het anders.",
        RELEASED[0],
    )
    _releases(folder, 1)


@planted("rij-met-een-naam", MICRODATA, NO_MICRODATA, "naam", where=LEDGER_FILE, never="Bakker", held_out=True)
def _named_row(folder: ReportFolder, *, leaking: bool) -> None:
    """The label of a row says who typed it. The twin says which role."""
    who = "dhr. A. Bakker" if leaking else "de projectleider"
    folder.number("kader.leerpunten.aantal", f"Leerpunten, ingevuld door {who}", 9, unit="leerpunten")
