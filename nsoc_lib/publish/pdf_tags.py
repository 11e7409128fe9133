"""The tags of a printed page: what each piece is, for who has the file read aloud.

Chromium names every element of the page. Some names are wrong on paper, and the numbers by which
cells point at their headers count what the browser happened to make before: they differ between prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

# Names that a reader of PDF 1.7 does not know, and what they are to it.
ROLES = {"/Strong": "/Span", "/Em": "/Span"}


def mend_tags(pdf: pikepdf.Pdf) -> None:
    """Name what the browser misnames, and number what it numbers by chance. Changes ``pdf``."""
    import pikepdf

    tree = pdf.Root.StructTreeRoot
    tree["/RoleMap"] = pikepdf.Dictionary({name: pikepdf.Name(role) for name, role in ROLES.items()})
    for element in list(_elements(tree)):
        if element.get("/S") == "/Form":  # a number that opens on a screen; there is nothing to fill in on paper
            element["/S"] = pikepdf.Name("/Span")
        if element.get("/S") == "/Figure" and "/Alt" not in element:
            _name_frame(element)
    _number(pdf, tree)


def _name_frame(frame: Any) -> None:
    """Make of a figure without a text what it is: a table with its caption, or a frame around a drawing."""
    import pikepdf

    frame["/S"] = pikepdf.Name("/Div")
    inner = list(_elements(frame))
    tables = [element for element in inner if element.get("/S") == "/Table"]
    drawn = any(element.get("/S") == "/Figure" for element in inner)
    for caption in [kid for kid in _kids(frame) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Caption"]:
        if len(tables) == 1 and not drawn:
            frame["/K"] = pikepdf.Array([kid for kid in _kids(frame) if not _is_same(kid, caption)])
            tables[0]["/K"] = pikepdf.Array([caption, *_kids(tables[0])])
            caption["/P"] = tables[0]
        else:
            caption["/S"] = pikepdf.Name("/P")


def _number(pdf: pikepdf.Pdf, tree: Any) -> None:
    """Give elements with an id a number in reading order, and point cells at their headers by it."""
    import pikepdf

    elements = list(_elements(tree))
    numbered = [element for element in elements if "/ID" in element]
    names = {bytes(element.ID): f"e{number:06d}" for number, element in enumerate(numbered, 1)}
    for element in elements:
        if "/ID" in element:
            element["/ID"] = pikepdf.String(names[bytes(element.ID)])
        for attributes in _listed(element.get("/A")):
            if "/Headers" in attributes:
                heads = (names[bytes(head)] for head in attributes.Headers)
                attributes["/Headers"] = pikepdf.Array([pikepdf.String(head) for head in heads])
    listed = [entry for element in numbered for entry in (element.ID, element)]
    tree["/IDTree"] = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(listed)))


def _listed(value: Any) -> list[Any]:
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _kids(element: Any) -> list[Any]:
    return _listed(element.get("/K"))


def _elements(element: Any) -> Iterator[Any]:
    """Return every structure element below this one, in reading order."""
    import pikepdf

    waiting = list(reversed(_kids(element)))
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            waiting += reversed(_kids(kid))


def _is_same(one: Any, other: Any) -> bool:
    import pikepdf

    return isinstance(one, pikepdf.Dictionary) and bool(one.objgen == other.objgen)
