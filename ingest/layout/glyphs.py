"""Characters of symbol fonts, as what they look like.

Word processors print arrows and bullets with the fonts Wingdings and Symbol, whose characters PDF text gives as private-use
code points (U+F000 + the font's own code) or, as those of Dingbats, as the letters with these codes. Source of the codes: the fonts'
published character charts.
"""

from __future__ import annotations

import re

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "•", 0x9F: "•", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘",
    0xE7: "⬅", 0xE8: "➔", 0xE9: "⬆", 0xEA: "⬇", 0xEB: "⬉", 0xEC: "⬈", 0xED: "⬋", 0xEE: "⬊",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xF4: "⇳", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_3 = dict(zip(range(0x66, 0x76), "←→↑↓↖↗↙↘↔↕▲▼△▽◀▶", strict=True))
_DINGBATS = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼", 0x75: "◆", 0x76: "❖",
    0xD4: "➔", 0xD5: "→", 0xD6: "↔", 0xD7: "↕", 0xD8: "↘", 0xD9: "→", 0xDA: "↗", **dict.fromkeys(range(0xDB, 0xE9), "→"),
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xDB: "⇔", 0xDD: "⇑", 0xDF: "⇓"}

_FONTS = (("wingdings3", _WINGDINGS_3), ("wingdings", _WINGDINGS), ("dingbats", _DINGBATS))
_CODE = re.compile(r"\(cid:(\d{1,3})\)")  # a sign whose font does not say what it is, by its code
_SIGNS = 3  # characters: more are words, in a font that only borrowed the name

BULLETS = "•●▪■□◦○◆❖➢►▶✓✔–-*·‣⁃◼◾◻❑o"
_SURE_BULLETS = "•●▪■□◦○◆❖➢✓✔·‣⁃◼◾◻❑"


def plain(text: str, font: str = "") -> str:
    """The text with private-use symbol characters replaced by the Unicode character that looks the same."""
    chart = next((c for name, c in _FONTS if name in font.lower().replace("-", "").replace(" ", "")), None)
    if chart is not None:
        text = _CODE.sub(lambda m: chr(int(m[1])), text)
    if chart is not None and len(text) <= _SIGNS and all(0x20 < ord(c) <= 0xFF for c in text):
        return "".join(chart.get(ord(c), c) for c in text)
    if not any(0xF000 <= ord(c) <= 0xF0FF for c in text):
        return text
    if chart is not None:
        return "".join(_lookalike(c, (chart,)) for c in text)
    charts = (_SYMBOL, _WINGDINGS) if "symbol" in font.lower() else (_WINGDINGS, _SYMBOL)
    return "".join(_lookalike(c, charts) for c in text)


def _lookalike(char: str, charts: tuple[dict[int, str], ...]) -> str:
    code = ord(char) - 0xF000
    if not 0 <= code <= 0xFF:
        return char
    return next((chart[code] for chart in charts if code in chart), char)


def starts_with_bullet(text: str) -> bool:
    """Whether a printed line begins with a bullet glyph (a dash or a lone "o" counts only when a space follows)."""
    head = text.lstrip()
    return bool(head) and (head[0] in _SURE_BULLETS or (head[0] in BULLETS and head[1:2] == " "))


def without_bullet(text: str) -> str:
    """The line without its leading bullet."""
    head = text.lstrip()
    return head[1:].lstrip() if starts_with_bullet(head) else text
