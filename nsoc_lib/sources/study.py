"""Read the YAML files in which a researcher describes a study."""

from __future__ import annotations

from pathlib import Path

import yaml

from nsoc_lib.codebook import Codebook
from nsoc_lib.entries import Entry
from nsoc_lib.errors import NsocError
from nsoc_lib.evaluation import Evaluation
from nsoc_lib.meting import Meting
from nsoc_lib.paths import Study


class _UniqueKeyLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, where YAML would keep the last in silence."""


def _construct_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[object, object]:
    seen: set[object] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f'de sleutel "{key}" staat er twee keer', key_node.start_mark
            )
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def load_yaml(path: Path, where: str) -> Entry:
    """Read one YAML file as an Entry. Raises NsocError when it is absent, not UTF-8 or broken."""
    text = load_text(path, where)
    try:
        values = yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506 (a SafeLoader with one refusal more)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NsocError(
            f"{where}, regel {line}",
            found=f"tekst die geen geldige YAML is ({error.problem})",
            expected="sleutel: waarde, met spaties ingesprongen (geen tabs) en gesloten aanhalingstekens",
            remedy="Kijk op deze regel en de regel erboven.",
        ) from error
    except yaml.YAMLError as error:
        raise NsocError(
            where,
            found="een teken dat in YAML niet mag voorkomen",
            expected="gewone tekst in UTF-8",
            remedy="Sla het bestand opnieuw op als platte tekst in UTF-8.",
        ) from error
    return Entry(values, where)


def load_text(path: Path, where: str) -> str:
    """Read one UTF-8 text file. Raises NsocError when it is absent or in another encoding."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NsocError(
            where,
            found="geen bestand met deze naam",
            expected="dit bestand, op deze plaats",
            remedy="Zet het bestand terug of verbeter de naam waar ernaar verwezen wordt.",
        ) from error
    except UnicodeDecodeError as error:
        raise NsocError(
            where,
            found=f"een bestand dat geen UTF-8 is (byte {error.start + 1})",
            expected="tekst in UTF-8",
            remedy="Exporteer of bewaar het opnieuw met tekencodering UTF-8.",
        ) from error


def load_evaluation(study: Study) -> Evaluation:
    """Read ``evaluatie.yml``, the table of contents."""
    path = study.evaluation_file
    return Evaluation.build(load_yaml(path, study.show(path)))


def load_meting(study: Study, name: str) -> Meting:
    """Read the ``meting.yml`` of one folder under ``data/raw``."""
    path = study.record_file(name)
    return Meting.build(load_yaml(path, study.show(path)), folder=name)


def load_codebook(study: Study, meting: str, file_name: str) -> Codebook:
    """Read the codebook of one questionnaire."""
    path = study.raw / meting / file_name
    return Codebook.build(load_yaml(path, study.show(path)))
