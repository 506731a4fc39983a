"""Colours and shapes of Office drawings (DrawingML, ECMA-376 part 1, section 20.1): themes, tints, arrows."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Theme = Mapping[str, str]  # "accent1" → "#rrggbb"

THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_SAME = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2", "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2"}
_NAMED = {  # a:prstClr and w:highlight name colours as HTML does; only those that rate or do not
    "red": "#ff0000", "darkRed": "#8b0000", "green": "#00ff00", "darkGreen": "#006400", "lime": "#00ff00", "yellow": "#ffff00",
    "orange": "#ffa500", "gold": "#ffd700", "blue": "#0000ff", "darkBlue": "#00008b", "black": "#000000", "white": "#ffffff",
}  # fmt: skip
_TURNS = "→↘↓↙←↖↑↗"  # clockwise from the right, in steps of 45 degrees
_ARROWS = {
    "rightArrow": 0, "notchedRightArrow": 0, "stripedRightArrow": 0, "chevron": 0, "homePlate": 0, "downArrow": 2, "leftArrow": 4,
    "upArrow": 6,
}  # fmt: skip
_BOTH_WAYS = {"leftRightArrow": 0, "upDownArrow": 2}


def theme_of(xml: bytes | str | None) -> Theme:
    """The colours a theme part names; empty where there is none or it cannot be parsed."""
    if not xml:
        return {}
    try:
        root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return {}
    scheme = root.find(f".//{A}clrScheme")
    found = {} if scheme is None else {etree.QName(c).localname: _plain(c[0]) for c in scheme if len(c)}
    return {name: colour for name, colour in found.items() if colour}


def solid(element: Any, theme: Theme) -> str | None:
    """The colour of an element's own `a:solidFill`, as "#rrggbb"; None without one."""
    fill = element.find(f"{A}solidFill") if element is not None else None
    return coloured(fill[0], theme) if fill is not None and len(fill) else None


def coloured(element: Any, theme: Theme) -> str | None:
    """The colour that `a:srgbClr`, `a:schemeClr`, `a:sysClr` or `a:prstClr` stands for, its tints and shades applied."""
    name = etree.QName(element).localname
    base = themed(element.get("val", ""), theme) if name == "schemeClr" else _plain(element)
    if base is None:
        return None
    for change in element:
        amount = int(change.get("val", "100000")) / 100000
        base = _changed(base, etree.QName(change).localname, amount)
    return base


def themed(name: str, theme: Theme) -> str | None:
    """The theme's colour of this name ("accent2", "tx1" …)."""
    return theme.get(_SAME.get(name, name))


def named(name: str) -> str | None:
    """The colour of a preset name ("red", "darkGreen"), None for one that is not known to rate anything."""
    return _NAMED.get(name)


def tinted(colour: str, tint: float) -> str:
    """A workbook's tint: from -1 (black) over 0 (unchanged) to 1 (white), on lightness (ECMA-376 part 1, 18.8.19)."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return _hex(colorsys.hls_to_rgb(hue, light * (1 + tint) if tint < 0 else light * (1 - tint) + tint, saturation))


def hex_colour(text: str | None) -> str | None:
    """ "#rrggbb" for six or eight hexadecimal digits (the first two of eight are opacity), else None."""
    digits = (text or "").strip().lstrip("#")[-6:]
    return f"#{digits.lower()}" if len(digits) == 6 and all(c in "0123456789abcdefABCDEF" for c in digits) else None


def unless_white(colour: str | None) -> str | None:
    """The colour, None for (nearly) white: an unpainted cell."""
    return None if colour is None or min(_parts(colour)) > 0.94 else colour


def arrow(shape: str | None, rotation: float = 0.0, flipped_down: bool = False) -> str | None:
    """The arrow character that a preset shape looks like, turned clockwise by `rotation` degrees; None for any other shape."""
    if shape in _BOTH_WAYS:
        return "↕" if (_BOTH_WAYS[shape] + round(rotation / 45)) % 4 == 2 else "↔"
    if shape not in _ARROWS:
        return None
    turn = (_ARROWS[shape] + round(rotation / 45)) % 8
    return _TURNS[-turn % 8 if flipped_down else turn]


def _plain(element: Any) -> str | None:
    name = etree.QName(element).localname
    if name == "srgbClr":
        return hex_colour(element.get("val"))
    if name == "sysClr":
        return hex_colour(element.get("lastClr"))
    return named(element.get("val", "")) if name == "prstClr" else None


def _changed(colour: str, how: str, amount: float) -> str:
    if how == "tint":
        return _hex(tuple(c * amount + (1 - amount) for c in _parts(colour)))
    if how == "shade":
        return _hex(tuple(c * amount for c in _parts(colour)))
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    if how == "lumMod":
        light *= amount
    elif how == "lumOff":
        light += amount
    elif how == "satMod":
        saturation *= amount
    return _hex(colorsys.hls_to_rgb(hue, min(1.0, light), min(1.0, saturation)))


def _parts(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(max(0.0, min(1.0, p)) * 255):02x}" for p in parts)
