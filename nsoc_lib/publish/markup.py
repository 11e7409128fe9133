"""Walk through markup of ours and copy it as it stands, so that a pass over it changes only what it means to."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Copier(HTMLParser):
    """Copies what it is fed into ``copy``, piece by piece. A pass overrides what it changes and appends that itself."""

    def __init__(self, *, convert_charrefs: bool = False) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.copy: list[str] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.copy.append(self.get_starttag_text() or "")

    def parse_endtag(self, i: int) -> int:
        end = super().parse_endtag(i)
        self.copy.append(self.rawdata[i:end])  # as it stands: a name in a drawing minds its case
        return end

    def handle_data(self, data: str) -> None:
        self.copy.append(data)

    def handle_entityref(self, name: str) -> None:
        self.copy.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.copy.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.copy.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self.copy.append(f"<!--{data}-->")
