"""Projects and codebooks in REFI-QDA as programs write them: what comes back, what is said, what is refused."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refi_files import (
    ATLAS,
    CODES,
    CODINGS,
    DOCUMENTS,
    NVIVO,
    TEKST,
    Coded,
    Style,
    codebook_xml,
    codes_xml,
    coding_xml,
    file_of,
    guid,
    passage,
    project_bytes,
    project_xml,
    sources_xml,
    write,
    zip_bytes,
)

from nsoc_lib.errors import NsocError
from nsoc_lib.sources.coded_project import CodedProject
from nsoc_lib.sources.refi_qda import load_refi
from nsoc_lib.sources.refi_text import EVEN_GOED

WHERE = "data/raw/meting-9/interviews.qdpx"
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STYLES = {"atlas": ATLAS, "nvivo": NVIVO}
GELD = ("Middelen", "Geld")


def load(folder: Path, content: bytes | str) -> CodedProject:
    return load_refi(write(folder, content), WHERE)


def refusal(folder: Path, content: bytes | str) -> str:
    with pytest.raises(NsocError) as raised:
        load(folder, content)
    return str(raised.value)


def single(sources: str, rest: str = "", members: dict[str, str | bytes] | None = None) -> bytes:
    """Return a project with the usual codes and these sources, as XML."""
    return zip_bytes({"project.qde": project_xml(codes_xml(CODES, nested=True), sources, rest=rest)} | (members or {}))


def found(project: CodedProject) -> list[tuple[str, int | None, int | None, str, str]]:
    """Return document, place, code and coder of every segment, in file order."""
    names = {source.id: source.naam for source in project.bronnen}
    return [(names[s.bron], s.start, s.eind, s.code, s.codeur) for s in project.segmenten]


def expected(codings: tuple[Coded, ...]) -> list[tuple[str, int, int, str, str]]:
    return [(c.document, c.start, c.end, "::".join(c.code), c.coder) for c in codings]


def said(project: CodedProject) -> dict[str, int]:
    counts: dict[str, int] = {}
    for note in project.notities:
        counts[note.wat] = counts.get(note.wat, 0) + note.aantal
    return counts


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_both_programs_give_the_same_codes_and_segments(tmp_path, style):
    """Nested or flattened, LF or CRLF with BOM, code points or UTF-16, sources/ or Sources/: the same comes out."""
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, style))
    assert found(project) == expected(CODINGS)
    assert {code.pad: code.definitie for code in project.codes} == CODES
    assert project.programma == f"REFI-QDA, {style.origin}"
    assert project.codeurs == ("Anna", "Bram")
    assert {segment.datum for segment in project.segmenten} == {"2024-05-01"}
    assert [(s.naam, s.soort, s.lengte) for s in project.bronnen] == [
        ("Gesprek A", "tekst", len(TEKST)),
        ("Gesprek B", "tekst", 16),
    ]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_positions_point_at_the_words_that_were_coded(tmp_path, style):
    """In the text with one character per line end, a place holds exactly the words that were selected."""
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, style))
    texts = {f"b{number}": text.replace("\r\n", "\n") for number, text in enumerate(DOCUMENTS.values(), 1)}
    assert [texts[segment.bron][segment.start : segment.eind] for segment in project.segmenten] == [
        "Geld is er wel 😀", "mensen niet", "Het vertrouwen groeit", "Het vertrouwen groeit", "geen geld"
    ]  # fmt: skip


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_no_word_of_an_interview_is_in_the_project(tmp_path, style):
    """What is returned holds places, never what was said or whose folder it came from."""
    shown = repr(load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, style)))
    assert not [word for word in ("weinig", "mensen niet", "groeit", "iemand") if word in shown]


def test_the_way_of_counting_is_told_per_source(tmp_path):
    """NVivo's UTF-16 units show in the text with an emoji; the other text has nothing but a BOM to count."""
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, NVIVO))
    assert [source.telling for source in project.bronnen] == [
        "UTF-16-eenheden, regeleinden zoals in het bestand: zo vallen meer plaatsen op woordgrenzen dan bij een andere telling",
        "codepunten, regeleinden zoals in het bestand: zo vallen meer plaatsen op woordgrenzen dan bij een andere telling",
    ]
    assert said(project)["teksten met plaatsen geteld in UTF-16-eenheden, regeleinden zoals in het bestand"] == 1


WORDS = st.lists(
    st.sampled_from(["geld", "mensen", "overleg", "in", "de 😀 buurt", "wel.", "één"]), min_size=4, max_size=25
)
ANY_STYLE = st.builds(
    Style,
    origin=st.just("verzonnen"),
    nested=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
    utf16=st.booleans(),
    counts_lf=st.booleans(),
    counts_bom=st.booleans(),
    folder=st.sampled_from(["sources", "Sources", "SOURCES"]),
    path=st.sampled_from(["internal://{}", "internal:/{}", "{}", "sources/{}"]),
    project=st.sampled_from(["project.qde", "Project.QDE", "evaluatie.qde"]),
    names=st.booleans(),
)


@st.composite
def projects(draw: st.DrawFn) -> tuple[str, tuple[Coded, ...]]:
    """Return a text and codings that each begin and end at a word, in file order and none twice."""
    words, gaps = draw(WORDS), draw(st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=25, max_size=25))
    text, places = "", []
    for word, gap in zip(words, gaps, strict=False):
        places.append((len(text), len(text) + len(word)))
        text += word + gap
    spans = draw(st.lists(st.tuples(st.sampled_from(range(len(places))), st.integers(0, 3)), min_size=1, max_size=20))
    chosen = [(places[first][0], places[min(first + more, len(places) - 1)][1]) for first, more in spans]
    codes, coders = st.sampled_from(list(CODES)), st.sampled_from(["Anna", "Bram"])
    codings = (Coded("Gesprek", *span, draw(codes), draw(coders)) for span in chosen)
    return text, tuple(dict.fromkeys(codings))


@QUICK
@given(project=projects(), style=ANY_STYLE)
def test_what_any_program_writes_comes_back(tmp_path, project, style):
    """Codes and segments come back as written; places too, unless the reader says that it could not know."""
    text, codings = project
    read = load(tmp_path, project_bytes(CODES, {"Gesprek": text}, codings, style))
    assert {code.pad: code.definitie for code in read.codes} == CODES
    assert [(s.code, s.codeur) for s in read.segmenten] == [("::".join(c.code), c.coder) for c in codings]
    if EVEN_GOED not in read.bronnen[0].telling:
        assert found(read) == expected(codings)


@pytest.mark.parametrize("path", ["internal://{}", "internal:/{}", "internal:///{}", "{}", "sources/{}", "Sources\\{}"])
@pytest.mark.parametrize("folder", ["sources", "Sources"])
def test_a_text_is_found_however_its_path_is_written(tmp_path, path, folder):
    """Programs differ in the path to a text and in the case of its folder."""
    style = replace(ATLAS, path=path, folder=folder)
    assert found(load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, style))) == expected(CODINGS)


def test_a_text_on_somebodys_own_computer_is_not_looked_for(tmp_path):
    """A path outside the file keeps its codings, with the place as given, and is counted."""
    style = replace(ATLAS, path="absolute:///C:/Users/iemand/{}")
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS[:1], style))
    assert [(s.start, s.eind, s.plaats) for s in project.segmenten] == [(None, None, "27-43")]
    assert [source.lengte for source in project.bronnen] == [None, None]
    assert said(project)["bronnen waarvan plaatsen niet zijn nagegaan"] == 1


def test_a_text_inside_the_xml_is_read(tmp_path):
    """PlainTextContent may stand in the place of a file."""
    mark = f'<PlainTextSelection guid="{guid(1)}" startPosition="0" endPosition="3">{coding_xml(CODINGS[0])}</PlainTextSelection>'
    project = load(
        tmp_path,
        single(f'<TextSource guid="{guid(2)}"><PlainTextContent>Wij ook</PlainTextContent>{mark}</TextSource>'),
    )
    assert [(s.start, s.eind) for s in project.segmenten] == [(0, 3)]
    assert project.bronnen[0].lengte == 7


def test_the_same_passage_coded_twice_counts_once_per_coder_and_code(tmp_path):
    """A coder who gave a passage a code twice gave it once; another coder or code stays."""
    twice = passage("mensen niet", ("Middelen", "Mensen"), guid=guid("andere selectie"))
    other = passage("mensen niet", ("Middelen",))
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, (*CODINGS, twice, other)))
    assert sorted(found(project)) == sorted(expected((*CODINGS, other)))
    assert said(project)["coderingen die er al waren"] == 1


def test_a_selection_without_length_is_kept(tmp_path):
    """A selection of no characters is a place where somebody gave a code."""
    point = Coded("Gesprek B", 7, 7, ("Middelen",))
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, (*CODINGS, point)))
    assert found(project) == expected((*CODINGS, point))
    assert said(project)["passages zonder lengte"] == 1


def test_a_place_outside_the_text_keeps_its_code(tmp_path):
    """A position after the end of a text is told, and the coding still counts."""
    far = Coded("Gesprek B", 900, 950, ("Middelen",))
    sources = sources_xml({"Gesprek B": DOCUMENTS["Gesprek B"]}, (far,), replace(ATLAS, names=False))
    sources = sources.replace('startPosition="16" endPosition="16"', 'startPosition="900" endPosition="950"')
    project = load(tmp_path, single(sources, members={f"sources/{file_of('Gesprek B')}": "Er is geen geld."}))
    assert [(s.start, s.eind, s.plaats, s.code) for s in project.segmenten] == [(None, None, "900-950", "Middelen")]
    assert said(project)["passages met een plaats die niet in de tekst ligt"] == 1


@pytest.mark.parametrize(
    "missing", ["startPosition", "endPosition", "creatingUser", "creationDateTime", "isCodable", "origin"]
)
def test_a_missing_attribute_is_no_reason_to_stop(tmp_path, missing):
    """Programs leave attributes out; what cannot be known without one is empty or called unknown."""
    qde = project_xml(codes_xml(CODES, nested=True), sources_xml(DOCUMENTS, CODINGS[:1], ATLAS))
    qde = qde.replace(f" {missing}=", " weg=")
    texts = {f"sources/{file_of(name)}": text for name, text in DOCUMENTS.items()}
    project = load(tmp_path, zip_bytes({"project.qde": qde, **texts}))
    [segment] = project.segmenten
    assert (segment.start is None) == (missing in ("startPosition", "endPosition"))
    assert (segment.codeur == "codeur onbekend") == (missing == "creatingUser")
    assert (segment.datum == "") == (missing == "creationDateTime")
    assert all(code.codeerbaar for code in project.codes)
    assert (project.programma == "REFI-QDA, programma niet genoemd") == (missing == "origin")


def test_passages_in_pdf_picture_and_recording_keep_kind_and_place(tmp_path):
    """What is no text keeps its kind and its place: page and corners, or milliseconds."""
    coding = coding_xml(CODINGS[0])
    corners = 'firstX="1" firstY="2" secondX="3" secondY="4"'
    project = load(
        tmp_path,
        single(
            f'<PDFSource name="a.pdf"><PDFSelection page="0" {corners}>{coding}</PDFSelection></PDFSource>'
            f'<PictureSource name="b.jpg"><PictureSelection {corners}>{coding}</PictureSelection></PictureSource>'
            f'<AudioSource name="c.m4a"><AudioSelection begin="10" end="20">{coding}</AudioSelection></AudioSource>'
            f'<VideoSource name="d.mp4"><Transcript><SyncPoint guid="{guid(1)}" timeStamp="5"/>'
            f'<SyncPoint guid="{guid(2)}" timeStamp="9"/><TranscriptSelection fromSyncPoint="{guid(1)}" '
            f'toSyncPoint="{guid(2)}">{coding}</TranscriptSelection></Transcript>'
            f'<VideoSelection begin="7" end="8">{coding}</VideoSelection>{coding}</VideoSource>'
        ),
    )
    assert [(s.bron, s.soort, s.start, s.eind, s.plaats) for s in project.segmenten] == [
        ("b1", "pdf", None, None, "pagina 0: 1,2,3,4"),
        ("b2", "afbeelding", None, None, "1,2,3,4"),
        ("b3", "geluid", 10, 20, ""),
        ("b4", "beeld", 7, 8, ""),
        ("b4", "transcript", 5, 9, "transcript 1"),
        ("b4", "hele bron", None, None, ""),
    ]
    assert [(source.soort, source.lengte) for source in project.bronnen] == [
        ("pdf", None), ("afbeelding", None), ("geluid", None), ("beeld", None)
    ]  # fmt: skip


def test_a_passage_of_a_pdf_that_is_both_area_and_text_counts_once(tmp_path):
    """ATLAS.ti writes a passage of a PDF as an area and as text, with one guid and two codings."""
    own, coding = guid("passage"), coding_xml(CODINGS[0])
    again = coding.replace(guid("codering", CODINGS[0]), guid("nog een"))
    project = load(
        tmp_path,
        single(
            f'<PDFSource name="a.pdf"><PDFSelection guid="{own}" page="0" firstX="1" firstY="2" secondX="3" secondY="4">'
            f'{coding}</PDFSelection><Representation plainTextPath="internal://a.txt">'
            f'<PlainTextSelection guid="{own}" startPosition="3" endPosition="7">{again}</PlainTextSelection>'
            "</Representation></PDFSource>",
            members={"sources/a.txt": "Er is geld"},
        ),
    )
    assert [(s.soort, s.start, s.eind, s.code) for s in project.segmenten] == [("tekst", 3, 7, "Middelen::Geld")]
    assert said(project)["coderingen die er al waren"] == 1


def test_sets_and_cases_name_their_sources_and_codes(tmp_path):
    """ATLAS.ti writes groups of documents and of codes as sets; NVivo writes cases."""
    a, b = guid("bron", "Gesprek A"), guid("bron", "Gesprek B")
    rest = (
        f'<Cases><Case guid="{guid(1)}" name="R_1"><SourceRef targetGUID="{a}"/><SourceRef targetGUID="{{{b.upper()}}}"/>'
        f'<SelectionRef targetGUID="{guid(7)}"/></Case></Cases>'
        f'<Sets><Set guid="{guid(2)}" name="tactisch"><MemberSource targetGUID="{a}"/></Set>'
        f'<Set guid="{guid(3)}" name="kern"><MemberSource targetGUID="{a}"/><MemberCode targetGUID="{guid(GELD)}"/></Set></Sets>'
    )
    project = load(tmp_path, project_bytes(CODES, DOCUMENTS, CODINGS, rest=rest))
    assert [(s.groepen, s.gevallen) for s in project.bronnen] == [(("tactisch", "kern"), ("R_1",)), ((), ("R_1",))]
    assert {code.id: code.groepen for code in project.codes if code.groepen} == {"Middelen::Geld": ("kern",)}
    assert said(project)["passages die bij een geval horen"] == 1


def test_what_is_no_coded_passage_is_counted(tmp_path):
    """Memos, links and selections without a code stay behind, each with a count."""
    rest = f'<Notes><Note guid="{guid(1)}"/><Note guid="{guid(2)}"/></Notes><Links><Link guid="{guid(3)}"/></Links>'
    content = project_bytes(CODES, DOCUMENTS, CODINGS, rest=rest)
    qde = zipfile.ZipFile(write(tmp_path, content)).read("project.qde").decode()
    qde = qde.replace("</TextSource>", '<PlainTextSelection startPosition="0" endPosition="3"/></TextSource>', 1)
    texts = {f"sources/{file_of(name)}": text for name, text in DOCUMENTS.items()}
    counts = said(load(tmp_path, zip_bytes({"project.qde": qde, **texts})))
    assert (counts["memo's"], counts["koppelingen"], counts["passages zonder code"]) == (2, 1, 1)


def test_two_users_with_one_name_stay_two_coders(tmp_path):
    """Merged projects have users with the same name; they are told apart by their guid."""
    content = project_bytes(CODES, DOCUMENTS, CODINGS)
    qde = zipfile.ZipFile(write(tmp_path, content)).read("project.qde").decode().replace('name="Bram"', 'name="Anna"')
    assert load(tmp_path, zip_bytes({"project.qde": qde})).codeurs == ("Anna", "Anna (2)")


def test_a_codebook_alone_has_codes_only(tmp_path):
    """A .qdc gives codes with definitions and no codings."""
    read = load(tmp_path, codebook_xml(codes_xml(CODES, nested=True)))
    assert {code.pad: code.definitie for code in read.codes} == CODES
    assert (read.alleen_codes, read.bronnen, read.segmenten) == (True, (), ())


# What is refused.


@pytest.mark.parametrize(
    ("members", "found_text"),
    [
        ({"sources/a.txt": "x"}, "een zipbestand zonder .qde"),
        ({"a.qde": "<x/>", "b.qde": "<x/>"}, "2 projecten: a.qde, b.qde"),
        ({"map/project.qde": "<x/>"}, "geen .qde in de hoofdmap, wel map/project.qde"),
    ],
)
def test_a_zip_without_exactly_one_project_is_refused(tmp_path, members, found_text):
    """The root of the zip holds one .qde, whatever its name."""
    assert refusal(tmp_path, zip_bytes(members)) == (
        f"Fout in {WHERE}\n"
        f"  gevonden: {found_text}\n"
        "  verwacht: een .qde in de hoofdmap\n"
        "  wat nu:   Exporteer het project opnieuw als REFI-QDA (.qdpx), of het codeboek als .qdc."
    )


def test_hidden_files_of_a_mac_are_no_projects(tmp_path):
    """A Mac adds files that begin with a point, or stand in __MACOSX."""
    qde = project_xml(codes_xml(CODES, nested=True), "")
    assert load(tmp_path, zip_bytes({"project.qde": qde, "._project.qde": "x", "__MACOSX/project.qde": "x"})).codes


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE Project SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Project [<!ENTITY a "b">]>',
        '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("wrap", [lambda xml: zip_bytes({"project.qde": xml}), str.encode], ids=["qdpx", "qdc"])
def test_entities_and_references_outside_are_refused(tmp_path, declaration, wrap):
    """No project needs a document type; nothing is looked up and nothing grows."""
    text = refusal(tmp_path, wrap(f"{declaration}<Project>&a;</Project>"))
    assert "gevonden: XML met een documenttype, eigen entiteiten of verwijzingen naar buiten" in text
    assert "passwd" not in text


@pytest.mark.parametrize(
    "path", ["internal://../geheim.txt", "internal://..%2Fgeheim.txt", "../geheim.txt", "internal://C:/x"]
)
def test_a_reference_that_climbs_out_is_refused(tmp_path, path):
    """A text is looked for among the members of the zip alone, and a path that leads elsewhere stops the reading."""
    assert refusal(tmp_path, single(f'<TextSource plainTextPath="{path}"/>')).startswith(
        f'Fout in {WHERE}\n  gevonden: een verwijzing naar "{path}"\n'
    )


def test_a_code_that_the_codebook_lacks_is_refused(tmp_path):
    """A coding with an unknown code means nothing."""
    content = project_bytes({("Middelen",): ""}, DOCUMENTS, CODINGS)
    assert refusal(tmp_path, content) == (
        f"Fout in {WHERE}\n"
        f'  gevonden: een codering met de code "{guid(GELD)}"\n'
        "  verwacht: een code die in het codeboek van het project staat\n"
        "  wat nu:   Exporteer het project opnieuw, met alle codes."
    )


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("respons,code\nR_1,Geld\n", "een bestand dat geen zip en geen XML is"),
        ("", "een bestand dat geen zip en geen XML is"),
        ("<html><p>Inloggen</p></html>", 'XML die met "html" begint'),
        (project_xml("", ""), 'XML die met "Project" begint'),
        (zip_bytes({"project.qde": codebook_xml("")}), 'XML die met "CodeBook" begint'),
        ("<CodeBook><Codes>", "tekst die geen geldige XML is"),
        (b"PK\x03\x04 en dan niets", "een zipbestand dat beschadigd of niet heel is"),
        (b'<?xml version="1.0" encoding="geheim"?><a/>', "tekst die geen geldige XML is"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content, part):
    """What is no project and no codebook is refused with what it is."""
    assert f"gevonden: {part}" in refusal(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """A name in meting.yml without a file gives one Dutch block."""
    with pytest.raises(NsocError, match="geen bestand met deze naam"):
        load_refi(tmp_path / "weg.qdpx", WHERE)


@QUICK
@given(cut=st.integers(0, 3000), flips=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=6))
def test_a_damaged_file_gives_a_project_or_one_error(tmp_path, cut, flips):
    """Whatever happens to the bytes, the outcome is a project or an NsocError."""
    content = bytearray(project_bytes(CODES, DOCUMENTS, CODINGS, NVIVO))
    for place, value in flips:
        content[place % len(content)] = value
    with suppress(NsocError):
        assert isinstance(load(tmp_path, bytes(content[: len(content) - cut % 500])), CodedProject)


XML_PARTS = st.lists(
    st.sampled_from([
        "<Project>", "</Project>", "<CodeBook>", "</CodeBook>", "<Codes>", "</Codes>", '<Code guid="1" name="a">', "</Code>",
        "<Sources>", "</Sources>", '<TextSource plainTextPath="internal://a.txt">', "</TextSource>", "<Coding>", "</Coding>",
        '<PlainTextSelection startPosition="-1" endPosition="99999999999999999999">', "</PlainTextSelection>",
        '<CodeRef targetGUID="1"/>', "<PDFSource>", "</PDFSource>", "<Representation>", "</Representation>", "x", "&amp;",
    ]), max_size=25,
)  # fmt: skip


@QUICK
@given(parts=XML_PARTS)
def test_any_xml_gives_a_project_or_one_error(tmp_path, parts):
    """Elements in a wrong order or place do no harm."""
    with suppress(NsocError):
        load(tmp_path, zip_bytes({"project.qde": f"<Project>{''.join(parts)}</Project>", "sources/a.txt": "één"}))
