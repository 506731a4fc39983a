"""Paragraphs of a Word document: final text of tracked changes, styles, list labels, text boxes, drawn arrows, colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ingest.layout.glyphs import plain
from ingest.readers.drawing import A, Theme, arrow, hex_colour, named, solid, themed, unless_white
from ingest.readers.word_numbering import Label, Numbering, W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_WITHIN = {f"{W}{t}" for t in "ins moveTo hyperlink smartTag fldSimple customXml bdo dir sdtContent ruby rubyBase".split()}
_SYMBOLS = ("wingdings", "symbol", "webdings")
_ON = (None, "1", "true", "on")


@dataclass(frozen=True)
class Looks:
    """What a style or run says of its text; None where it leaves that to the style below it."""

    level: int = 0
    title: bool = False
    bold: bool | None = None
    size: float | None = None
    list_id: str | None = None
    list_level: int = 0
    hidden: bool | None = None


@dataclass
class Paragraph:
    """One paragraph as printed. `colours` are those its text or drawn marks are set off with, `boxes` the text boxes anchored in it."""

    text: str = ""
    looks: Looks = field(default_factory=Looks)
    label: Label | None = None
    bold: bool = False
    size: float = 0.0
    colours: set[str] = field(default_factory=set)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote" or "endnote", id)
    boxes: list[Any] = field(default_factory=list)
    page_breaks: int = 0
    hidden: bool = False


class Styles:
    """Looks of paragraph and character styles, each with what it inherits."""

    def __init__(self, part: Any | None) -> None:
        """`part` is the root element of styles.xml."""
        styles = list(part.iterfind(f"{W}style")) if part is not None else []
        self._styles = {s.get(f"{W}styleId"): s for s in styles}
        self._known: dict[str, Looks] = {}
        default = next((s for s in styles if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true")), None)
        self._default = default.get(f"{W}styleId") if default is not None else None
        size = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz") if part is not None else None
        self._size = _half_points(size) or 10.0  # ECMA-376 part 1, 17.3.2.38: ten points where nothing says otherwise

    def looks(self, style: str | None) -> Looks:
        """What a style says, with everything it inherits."""
        style = style or self._default
        if style not in self._known:
            self._known[style or ""] = self._inherited(style, frozenset())
        return self._known[style or ""]

    def _inherited(self, style: str | None, seen: frozenset[str]) -> Looks:
        element = self._styles.get(style or "")
        if element is None or style in seen:
            return Looks(bold=False, size=self._size)
        based = element.find(f"{W}basedOn")
        below = self._inherited(based.get(f"{W}val"), seen | {style or ""}) if based is not None else Looks(bold=False, size=self._size)
        name = element.find(f"{W}name")
        own = read_looks(element.find(f"{W}pPr"), element.find(f"{W}rPr"))
        level, title = _heading(str(name.get(f"{W}val", "")) if name is not None else "")
        return Looks(
            level or own.level or below.level,
            title or below.title,
            own.bold if own.bold is not None else below.bold,
            own.size or below.size,
            own.list_id or below.list_id,
            own.list_level or below.list_level,
            own.hidden if own.hidden is not None else below.hidden,
        )


def _heading(name: str) -> tuple[int, bool]:
    """Level of a built-in heading style by its name (Word keeps the English one whatever the language), and whether it is the title."""
    words = name.lower().split()
    if len(words) == 2 and words[0] == "heading" and words[1].isdigit():
        return int(words[1]), False
    return 0, words == ["title"]


def read_looks(paragraph: Any | None, run: Any | None) -> Looks:
    """What paragraph properties and run properties say themselves."""
    level, list_id, list_level = 0, None, 0
    if paragraph is not None:
        outline = paragraph.find(f"{W}outlineLvl")
        value = outline.get(f"{W}val", "9") if outline is not None else "9"
        level = int(value) + 1 if value.isdigit() and int(value) < 9 else 0
        own = paragraph.find(f"{W}numPr/{W}numId")
        depth = paragraph.find(f"{W}numPr/{W}ilvl")
        list_id = own.get(f"{W}val") if own is not None else None
        list_level = int(depth.get(f"{W}val", "0")) if depth is not None else 0
    if run is None:
        return Looks(level, list_id=list_id, list_level=list_level)
    return Looks(level, False, _switch(run, "b"), _half_points(run.find(f"{W}sz")), list_id, list_level, _switch(run, "vanish"))


def _switch(properties: Any, name: str) -> bool | None:
    element = properties.find(f"{W}{name}")
    return None if element is None else element.get(f"{W}val") in _ON


def _half_points(element: Any | None) -> float | None:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) / 2 if value.isdigit() else None


class Texts:
    """Reads paragraphs of one document, counting its lists."""

    def __init__(self, styles: Styles, numbering: Numbering, theme: Theme) -> None:
        """All three belong to the document."""
        self._styles = styles
        self._numbering = numbering
        self._theme = theme

    def is_title(self, element: Any) -> bool:
        """Whether a `w:p` element is set in the style of the document's title."""
        style = element.find(f"{W}pPr/{W}pStyle")
        return style is not None and self._styles.looks(style.get(f"{W}val")).title

    def read(self, element: Any) -> Paragraph:
        """The paragraph of a `w:p` element."""
        properties = element.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        looks = self._styles.looks(style.get(f"{W}val") if style is not None else None)
        own = read_looks(properties, None)
        out = Paragraph(looks=Looks(own.level or looks.level, looks.title, looks.bold, looks.size))
        shade = _shade(properties, self._theme)
        parts: list[tuple[str, bool, float]] = []
        for run in _runs(element):
            self._run(run, looks, out, parts)
        out.text = "".join(text for text, _, _ in parts).strip()
        lettered = [(len(t.strip()), bold, size) for t, bold, size in parts if any(c.isalnum() for c in t)]
        out.bold = bool(lettered) and all(bold for _, bold, _ in lettered)
        out.size = max(lettered, default=(0, False, looks.size or 0.0))[2]
        if shade:
            out.colours.add(shade)
        out.label = self._numbering.label(own.list_id or looks.list_id, own.list_level or looks.list_level)
        return out

    def _run(self, run: Any, looks: Looks, out: Paragraph, parts: list[tuple[str, bool, float]]) -> None:
        if run.tag.startswith(M):
            parts.append(("".join(t.text or "" for t in run.iter(f"{M}t")), False, looks.size or 0.0))
            return
        properties = run.find(f"{W}rPr")
        own = read_looks(None, properties)
        if own.hidden if own.hidden is not None else looks.hidden:
            out.hidden = out.hidden or any(t.text and t.text.strip() for t in run.iter(f"{W}t"))
            return
        text = "".join(self._content(run, _font(properties), out))
        bold = own.bold if own.bold is not None else bool(looks.bold)
        parts.append((text, bold, own.size or looks.size or 0.0))
        if text.strip():
            out.colours.update(_set_off(properties, text, self._theme))

    def _content(self, run: Any, font: str, out: Paragraph) -> Iterator[str]:
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if child.tag == f"{W}t":
                yield _symbols(child.text or "", font)
            elif child.tag == f"{W}sym":
                code = child.get(f"{W}char", "")
                yield plain(chr(0xF000 + int(code, 16) % 0x100), child.get(f"{W}font", "")) if code else ""
            elif child.tag in (f"{W}br", f"{W}cr"):
                page = child.get(f"{W}type") == "page"
                out.page_breaks += page
                yield " " if page or child.get(f"{W}type") == "column" else "\n"
            elif child.tag == f"{W}lastRenderedPageBreak":
                out.page_breaks += 1
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                yield " "
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                out.notes.append((name.removesuffix("Reference"), child.get(f"{W}id", "")))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                yield from self._drawn(child, out)

    def _drawn(self, element: Any, out: Paragraph) -> Iterator[str]:
        """Text boxes are set aside; a shape without text may be an arrow or a coloured mark."""
        if element.tag == f"{MC}AlternateContent":
            choice = element.find(f"{MC}Choice")
            element = choice if choice is not None else element
        held = [box for box in element.iter(f"{W}txbxContent") if not any(up.tag == f"{W}txbxContent" for up in box.iterancestors())]
        filled = [box for box in held if any(t.text and t.text.strip() for t in box.iter(f"{W}t"))]
        out.boxes.extend(filled)
        for shape in element.iter(f"{WPS}wsp"):
            if any(True for _ in shape.iter(f"{W}t")):
                continue
            look = shape.find(f"{WPS}spPr")
            geometry = look.find(f"{A}prstGeom") if look is not None else None
            turned = look.find(f"{A}xfrm") if look is not None else None
            degrees = int(turned.get("rot", "0")) / 60000 if turned is not None else 0.0
            mark = arrow(geometry.get("prst") if geometry is not None else None, degrees)
            colour = unless_white(solid(look, self._theme))
            if mark:
                yield mark
            elif colour:
                out.colours.add(colour)


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph that remain when all tracked changes are accepted."""
    for child in element:
        if child.tag == f"{W}r" or child.tag in (f"{M}oMath", f"{M}oMathPara"):
            yield child
        elif child.tag in _WITHIN:
            yield from _runs(child)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            yield from _runs(content) if content is not None else ()


def _font(properties: Any | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def _symbols(text: str, font: str) -> str:
    """Letters typed in a symbol font are its signs: "é" in Wingdings is an arrow."""
    if font.lower().startswith(_SYMBOLS):
        return plain("".join(chr(0xF000 + ord(c)) if 0x20 < ord(c) < 0x100 else c for c in text), font)
    return plain(text)


def _shade(properties: Any | None, theme: Theme) -> str | None:
    element = properties.find(f"{W}shd") if properties is not None else None
    return shading(element, theme)


def shading(element: Any | None, theme: Theme) -> str | None:
    """The fill of a `w:shd` element; None for white, automatic or none."""
    if element is None:
        return None
    solid_pattern = element.get(f"{W}val") == "solid"
    colour = hex_colour(element.get(f"{W}color" if solid_pattern else f"{W}fill"))
    if colour is None and not solid_pattern:
        colour = themed(element.get(f"{W}themeFill", ""), theme)
    return unless_white(colour)


def _set_off(properties: Any | None, text: str, theme: Theme) -> Iterator[str]:
    """The colour behind a run, or, of a run that is nothing but a sign such as a blob, its own."""
    if properties is None:
        return
    highlight = properties.find(f"{W}highlight")
    behind = named(highlight.get(f"{W}val", "")) if highlight is not None else shading(properties.find(f"{W}shd"), theme)
    own = properties.find(f"{W}color")
    if behind:
        yield behind
    elif own is not None and not any(c.isalnum() for c in text):
        colour = hex_colour(own.get(f"{W}val")) or themed(own.get(f"{W}themeColor", ""), theme)
        if colour:
            yield colour
