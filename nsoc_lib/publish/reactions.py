"""The step behind ``make reactions``: the comments in a Word file added to the table of reactions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nsoc_lib.paths import Study
from nsoc_lib.publish.contents import collect_contents
from nsoc_lib.publish.files import write_whole
from nsoc_lib.publish.finished import bookmarked_places, finish_parts
from nsoc_lib.publish.given_file import show_given
from nsoc_lib.publish.word import load_published
from nsoc_lib.reactions import COLUMNS, Merged, Reaction, merge_reactions
from nsoc_lib.sources.disclosure import load_disclosure
from nsoc_lib.sources.reaction_table import load_reactions, load_roles
from nsoc_lib.sources.word_comments import load_comments


def collect_reactions(study: Study, file: Path) -> Merged:
    """Add the comments of a Word file to ``reacties.csv`` and return the table.

    Nothing that stood there is lost; the same file twice adds nothing. Raises NsocError when the
    file or the table is not in order, or the report has not been made; nothing is written then.
    """
    where = show_given(
        file,
        "het evaluatierapport.docx dat een lezer met opmerkingen terugstuurde",
        "Geef het bestand op: make reactions FILE=opmerkingen.docx",
    )
    remarks = load_comments(file, where)
    path = study.reactions_file
    known = load_reactions(path, study.show(path))
    roles = load_roles(study.readers_file, study.show(study.readers_file))
    evaluation, executed = load_published(study)
    parts = finish_parts(evaluation, executed, collect_contents(evaluation, executed, load_disclosure(study)))
    merged = merge_reactions(known, remarks, roles, bookmarked_places(parts))
    write_whole(path, reactions_csv(merged.reactions).encode("utf-8"))
    return merged


def reactions_csv(reactions: tuple[Reaction, ...]) -> str:
    """Return the table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(reaction.cells for reaction in reactions)
    return buffer.getvalue()
