"""An HTML page taken apart, as a browser would see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "link", "img", "hr"}
SELF_CLOSED = {"rect", "path", "circle"}


@dataclass(eq=False)
class Element:
    """An element with its attributes, the text in it, and what it stands in."""

    tag: str
    attrs: dict[str, str]
    parent: Element | None
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, at any depth, blanks made one."""
        return " ".join("".join(self.pieces).split())

    @property
    def ancestors(self) -> list[Element]:
        """What it stands in, from the inside out."""
        return [] if self.parent is None else [self.parent, *self.parent.ancestors]


class Page(HTMLParser):
    """A parsed page. Raises AssertionError where an element is left open or closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document", {}, None)
        self.elements: list[Element] = []
        self._open = [self.root]
        self.feed(html)
        self.close()
        assert self._open == [self.root], f"left open: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open[-1])
        self._open[-1].children.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """The elements of that tag and these attributes, in the order of the page; class_ means class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            e for e in self.elements if e.tag == tag and all(e.attrs.get(n) == v for n, v in wanted.items())
        ]

    def one(self, tag: str, **attrs: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of <{tag} {attrs}>"
        return found[0]

    @property
    def text(self) -> str:
        """All text but that of style and script, blanks made one."""
        hidden = [e.text for e in self.elements if e.tag in ("style", "script")]
        text = self.root.text
        for part in hidden:
            text = text.replace(part, "")
        return text
