"""The step behind ``make new-meting``: a folder with its record, and the lines in ``evaluatie.yml``."""

from __future__ import annotations

from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.insertion import insert_part
from nsoc_lib.paths import Study, check_name
from nsoc_lib.publish.files import write_whole
from nsoc_lib.sources.study import load_evaluation, load_text, parse_yaml
from nsoc_lib.unfilled import VUL_IN

RECORD = """\
# Wat er in deze map staat, van wie het komt en hoe het is verzameld.
# Overal waar "{vul_in}" staat moet u iets invullen; make report zegt wat er nog ontbreekt.
meting: {name}
# De naam van de evaluatie waar deze meting bij hoort, zoals in de andere metingen. Metingen met dezelfde naam mogen
# worden vergeleken, als vergelijkingen.csv zegt hoe (docs/adding-a-meting.md).
onderzoek: {vul_in}
titel: {vul_in}

enquetes:
  - instrument: vragenlijst-{name}  # procesthermometer als het dezelfde vragenlijst is als in meting-1
    bestand: {vul_in}  # de export, in deze map
    formaat: {vul_in}  # qualtrics, limesurvey, spss, excel of csv; make doctor FILE=… zegt het
    # structuur: naam.lss   # alleen bij limesurvey
    # blad: naam            # alleen bij excel met meer dan een blad
    codeboek: codeboek.yml  # make codebook FILE=… doet een voorstel
    keuzevragen: true       # een codeboek met een lijst vragen, zoals make codebook voorstelt; anders false
    # codering: codering.csv  # codes van open antwoorden: respons, vraag, code, codeur
    herkomst: waargenomen
    toelichting: {vul_in}   # een zin over deze gegevens, voor de lezer
    afronding: percentage van de som
    weging: {{keuze: geen, reden: {vul_in}}}
    veldwerk:
      vorm: {vul_in}        # zoals: vragenlijst via internet
      periode: {vul_in}
      herinneringen: {vul_in}
      redenen_niet_meedoen: {vul_in}
      uitgenodigd: {vul_in}  # een getal, of: niet gepubliceerd
      bron_uitgenodigd: {vul_in}
      groepen: []           # een regel per groep, samen het aantal genodigden; [] als het aantal niet bekend is
      # - {{groep: Teammanagers, aantal: 5, herkomst: waargenomen, bron: lijst met adressen}}
"""
PART = """\
# Toegevoegd door make new-meting. Herhaal het hoofdstuk voor elk thema van het codeboek, en zet {name} ook achter
# metingen: bij "Kwaliteit van de gegevens" als dat hoofdstuk er is.
- titel: {name}
  hoofdstukken:
    - titel: {vul_in}
      notebook: procesthermometer
      parameters: {{meting: {name}, instrument: vragenlijst-{name}, thema: {vul_in}}}
"""


def add_meting(study: Study, name: str) -> tuple[str, ...]:
    """Make the folder of a meting and name it in ``evaluatie.yml``; return the files that were written.

    Raises NsocError, and writes nothing, when the name is no name for a folder, when the folder is
    there, or when ``evaluatie.yml`` would not read back as it was with one part more.
    """
    check_name(name, "NAME")
    folder, path = study.raw / name, study.evaluation_file
    if folder.exists():
        raise NsocError(
            study.show(folder),
            found="een map of bestand met deze naam",
            expected="een naam die nog vrij is",
            remedy="Kies een andere naam, of werk verder in deze map.",
        )
    where = study.show(path)
    before = load_evaluation(study)
    old = load_text(path, where)
    lines = PART.format(name=name, vul_in=VUL_IN).splitlines()
    new = insert_part(old, lines, where)
    after = Evaluation.build(parse_yaml(new, where))
    added = [part for part in after.delen if part.titel == name and part not in before.delen]
    if len(added) != 1 or [part for part in after.delen if part not in added] != list(before.delen):
        raise NsocError(
            where,
            found="een inhoudsopgave waarin het nieuwe deel niet past zonder iets anders te veranderen",
            expected="een lijst delen, elk met een streepje",
            remedy="Voeg het deel met de hand toe, zoals docs/tutorial/README.md het toont.",
        )
    mark = b"\xef\xbb\xbf" if path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    write_whole(study.record_file(name), RECORD.format(name=name, vul_in=VUL_IN).encode("utf-8"))
    write_whole(path, mark + new.encode("utf-8"))
    return (study.show(study.record_file(name)), where)
