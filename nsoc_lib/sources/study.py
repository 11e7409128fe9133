"""Read the YAML files in which a researcher describes a study."""

from __future__ import annotations

import csv
import os
from functools import lru_cache
from pathlib import Path

import yaml

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study
from nsoc_lib.unfilled import refuse_unfilled

MOST_DEEP = 100  # levels; the reader in C ends the whole process at some tens of thousands
MOST_CHARACTERS = 2_000_000  # a hundred times the longest codebook; reading YAML takes a second per 100 000
# A block that takes over other blocks. A few lines of those unfold into more than any memory holds.
MERGE = "tag:yaml.org,2002:merge"


class _UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # in C ten times as fast
    """A safe loader that refuses a key given twice, where YAML would keep the last in silence."""


class _DoubleKeyError(Exception):
    """A key given twice in one block, with the line of the second."""


def _construct_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[object, object]:
    seen: set[str] = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == MERGE:
            raise yaml.constructor.ConstructorError(None, None, "a key that is no text", key_node.start_mark)
        key = str(loader.construct_object(key_node, deep=True))
        if key in seen:
            raise _DoubleKeyError(key, key_node.start_mark.line + 1)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def load_yaml(path: Path, where: str) -> Entry:
    """Read one YAML file as an Entry. Raises NsocError when it is absent, not UTF-8 or broken."""
    return parse_yaml(load_text(path, where), where)


def parse_yaml(text: str, where: str) -> Entry:
    """Return the text of one YAML file as an Entry. Raises NsocError when it is broken, too long, or has a key twice."""
    if len(text) > MOST_CHARACTERS:
        raise NsocError(
            where,
            found=f"{len(text)} tekens",
            expected=f"YAML van ten hoogste {MOST_CHARACTERS} tekens",
            remedy="Kijk of dit het goede bestand is; gegevens horen in een tabel.",
        )
    try:
        _refuse_depth(text)
        values = yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506 (a SafeLoader with one refusal more)
    except _DoubleKeyError as error:
        key, line = error.args
        raise NsocError(
            f"{where}, regel {line}",
            found=f'de sleutel "{key}" voor de tweede keer',
            expected="elke sleutel een keer in een blok",
            remedy="Verwijder een van beide.",
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NsocError(
            f"{where}, regel {line}",
            found="tekst die geen geldige YAML is",
            expected="sleutel: waarde, met spaties ingesprongen (geen tabs) en gesloten aanhalingstekens",
            remedy="Kijk op deze regel en de regel erboven.",
        ) from error
    except RecursionError as error:
        raise NsocError(
            where,
            found="lijsten of blokken die te diep in elkaar zitten",
            expected="sleutel: waarde, met een paar keer inspringen",
            remedy="Haal haken weg die er niet horen, of zet het bestand terug zoals het was.",
        ) from error
    except (ValueError, TypeError) as error:
        raise NsocError(
            where,
            found=f"een waarde die YAML niet kan lezen, zoals een datum die niet bestaat ({error})",
            expected="tekst tussen aanhalingstekens, of een geldige datum of getal",
            remedy='Zet de waarde tussen aanhalingstekens: "…".',
        ) from error
    except yaml.YAMLError as error:
        raise NsocError(
            where,
            found="een teken dat in YAML niet mag voorkomen",
            expected="gewone tekst in UTF-8",
            remedy="Sla het bestand opnieuw op als platte tekst in UTF-8.",
        ) from error
    return Entry(values, where)


def _refuse_depth(text: str) -> None:
    """Raise RecursionError for lists or blocks that are nested deeper than any file of ours, before they are built."""
    depth = 0
    for event in yaml.parse(text, Loader=_UniqueKeyLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEEP:
            raise RecursionError


def load_text(path: Path, where: str) -> str:
    """Read one UTF-8 text file. Raises NsocError when it is absent or in another encoding."""
    try:
        return load_bytes(path, where).decode("utf-8-sig")  # bytes, so that line ends inside an answer stay
    except UnicodeDecodeError as error:
        raise NsocError(
            where,
            found=f"een bestand dat geen UTF-8 is (byte {error.start + 1})",
            expected="tekst in UTF-8",
            remedy="Exporteer of bewaar het opnieuw met tekencodering UTF-8.",
        ) from error


def load_bytes(path: Path, where: str) -> bytes:
    """Read one file as it is. Raises NsocError when it is absent or the system does not give it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse_unreadable(error, where) from error


def refuse_larger(path: Path, where: str, most: int, what: str = "de antwoorden op een vragenlijst") -> None:
    """Raise NsocError for a file of more than ``most`` bytes, before it fills the memory."""
    if path.is_file() and path.stat().st_size > most:
        raise too_large(where, f"meer dan {most // 1_000_000} MB", what)


def too_large(where: str, found: str, what: str = "de antwoorden op een vragenlijst") -> NsocError:
    """Return the error for a file that holds more than what it should be can hold."""
    remedy = "Kijk of dit het goede bestand is; bewaar of exporteer minder kolommen als het klopt."
    return NsocError(where, found=found, expected=what, remedy=remedy)


def name_csv_fault(error: csv.Error) -> str:
    """Return in Dutch what is wrong with a table, as Python's own reader found it."""
    large = "field limit" in str(error)
    return f"een cel van meer dan {csv.field_size_limit()} tekens" if large else "tekst die geen geldige CSV is"


def refuse_unreadable(error: OSError, where: str) -> NsocError:
    """Return the error for a file that the system would not give: not there, not ours to read, or out of reach."""
    if isinstance(error, PermissionError):
        return NsocError(
            where,
            found="een bestand dat u niet mag lezen",
            expected="een bestand dat open staat voor wie de verwerking draait",
            remedy="Geef uzelf leesrechten op dit bestand.",
        )
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return NsocError(
            where,
            found="geen bestand met deze naam",
            expected="dit bestand, op deze plaats",
            remedy="Zet het bestand terug of verbeter de naam waar ernaar verwezen wordt.",
        )
    return NsocError(
        where,
        found=f"een bestand dat niet te lezen is ({os.strerror(error.errno or 0)})",
        expected="een bestand op een schijf die werkt",
        remedy="Open het zelf; lukt dat niet, zet dan een andere kopie neer.",
    )


def load_evaluation(study: Study) -> Evaluation:
    """Read ``evaluatie.yml``, the table of contents."""
    where = study.show(study.evaluation_file)
    return _build_evaluation(load_text(study.evaluation_file, where), where)


@lru_cache(maxsize=8)  # every chapter asks for it, to know which profile is in force
def _build_evaluation(text: str, where: str) -> Evaluation:
    return Evaluation.build(parse_yaml(text, where))


def check_filled(study: Study) -> None:
    """Raise NsocError when ``evaluatie.yml`` still has places that ``make new-meting`` left open."""
    path = study.evaluation_file
    refuse_unfilled(load_yaml(path, study.show(path)))


def load_meting(study: Study, name: str) -> Meting:
    """Read the ``meting.yml`` of one folder under ``data/raw``."""
    path = study.record_file(name)
    where = study.show(path)
    return _build_meting(load_text(path, where), where, name)


@lru_cache(maxsize=32)  # a chapter asks for the same record once per table; parsing it costs more than the table
def _build_meting(text: str, where: str, folder: str) -> Meting:
    return Meting.build(refuse_unfilled(parse_yaml(text, where)), folder=folder)


def load_codebook(study: Study, meting: str, file_name: str) -> Codebook:
    """Read the codebook of one questionnaire."""
    path = study.raw / meting / file_name
    where = study.show(path)
    return _build_codebook(load_text(path, where), where)


@lru_cache(maxsize=32)
def _build_codebook(text: str, where: str) -> Codebook:
    return Codebook.build(parse_yaml(text, where))
