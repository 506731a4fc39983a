"""The colour a workbook cell shows: its own fill, or that of the conditional format that applies to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from ingest.readers.drawing import THEME_ORDER, Theme, hex_colour, tinted, unless_white

_REFERENCE = re.compile(r"^(\$?)([A-Z]{1,3})(\$?)(\d+)$")
_COMPARISON = re.compile(r"^(.+?)(<=|>=|<>|=|<|>)(.+)$", re.DOTALL)
_SEARCH = re.compile(r"^NOT\(ISERROR\(SEARCH\((.+?),(.+?)\)\)\)$", re.IGNORECASE)
_OPERATORS = {
    "equal": "=", "notEqual": "<>", "greaterThan": ">", "greaterThanOrEqual": ">=", "lessThan": "<", "lessThanOrEqual": "<=",
}  # fmt: skip
_SIGNS = ("3TrafficLights1", "3TrafficLights2", "3Signs", "3Symbols", "3Symbols2", "3Flags")
_LIGHTS = ("#ff0000", "#ffc000", "#00b050")  # Excel's traffic lights, from the lowest third upwards

_WIDEST = 50  # columns of one rule that are looked at

Plain = float | str | None


class Fills:
    """Reads the fills of one sheet's cells."""

    def __init__(self, sheet: Any, theme: Theme) -> None:
        """`theme` is the workbook's."""
        self._sheet = sheet
        self._theme = theme
        self._rules = [(area, rule) for area in sheet.conditional_formatting for rule in area.rules]
        self._rules.sort(key=lambda pair: pair[1].priority or 0)

    def materialise(self) -> None:
        """Give the empty cells that a conditional format colours a place in the sheet: among used rows, a file need not name them."""
        used = {r for r, _ in self._sheet._cells}
        for area in {id(area): area for area, _ in self._rules}.values():
            for part in area.sqref.ranges:
                for r in used & set(range(part.min_row, min(part.max_row, max(used, default=0)) + 1)):
                    for c in range(part.min_col, min(part.max_col, part.min_col + _WIDEST) + 1):
                        self._sheet.cell(r, c)

    def of(self, cell: Any) -> str | None:
        """The colour of a cell as "#rrggbb"; None for white, none, and rules that cannot be worked out here."""
        for area, rule in self._rules:
            if cell.coordinate in area.sqref and (colour := self._ruled(cell, area, rule)):
                return unless_white(colour)
        fill = cell.fill
        if fill is None or fill.fill_type is None:
            return None
        if fill.fill_type == "solid":
            return unless_white(self._colour(fill.fgColor))
        stops = getattr(fill, "stop", None)
        return unless_white(self._colour(stops[0].color)) if stops else None

    def _colour(self, colour: Any) -> str | None:
        if colour is None:
            return None
        base = None
        if colour.type == "rgb":
            base = hex_colour(colour.rgb)
        elif colour.type == "theme" and colour.theme is not None and colour.theme < len(THEME_ORDER):
            base = self._theme.get(THEME_ORDER[colour.theme])
        elif colour.type == "indexed" and colour.indexed is not None and colour.indexed < len(COLOR_INDEX):
            base = hex_colour(COLOR_INDEX[colour.indexed])
        return tinted(base, colour.tint) if base and colour.tint else base

    def _ruled(self, cell: Any, area: Any, rule: Any) -> str | None:
        """The colour a conditional format gives the cell; None where it does not apply."""
        if rule.type == "iconSet":
            return self._light(cell, area, rule)
        if not self._applies(cell, area, rule) or rule.dxf is None or rule.dxf.fill is None:
            return None
        fill = rule.dxf.fill
        return self._colour(fill.bgColor) or self._colour(fill.fgColor)  # a differential fill names its colour as background

    def _applies(self, cell: Any, area: Any, rule: Any) -> bool:
        value = _plain(cell.value)
        if rule.type == "containsText" and rule.text:
            return rule.text.lower() in str(cell.value or "").lower()
        if rule.type in ("beginsWith", "endsWith") and rule.text:
            said = str(cell.value or "").lower()
            return said.startswith(rule.text.lower()) if rule.type == "beginsWith" else said.endswith(rule.text.lower())
        operands = [self._operand(text, cell, area) for text in rule.formula]
        if rule.type == "cellIs" and operands and value is not None:
            if rule.operator in ("between", "notBetween") and len(operands) == 2:
                inside = _holds(value, ">=", operands[0]) and _holds(value, "<=", operands[1])
                return inside is (rule.operator == "between")
            return _holds(value, _OPERATORS.get(rule.operator, ""), operands[0])
        return bool(rule.type == "expression" and rule.formula and self._true(rule.formula[0].strip(), cell, area))

    def _true(self, formula: str, cell: Any, area: Any) -> bool:
        """Whether a simple formula holds: one comparison, AND or OR of such, a search for text. Any other counts as not."""
        joined = re.fullmatch(r"(AND|OR)\((.*)\)", formula, re.IGNORECASE | re.DOTALL)
        if joined:
            parts = [self._true(part.strip(), cell, area) for part in _arguments(joined[2])]
            return all(parts) if joined[1].upper() == "AND" else any(parts)
        sought = _SEARCH.match(formula)
        if sought:
            what, where = (self._operand(sought[i], cell, area) for i in (1, 2))
            return what is not None and str(what).lower() in str(where or "").lower()
        compared = _COMPARISON.match(formula)
        if compared is None:
            return False
        left, right = self._operand(compared[1], cell, area), self._operand(compared[3], cell, area)
        return left is not None and _holds(left, compared[2], right)

    def _operand(self, text: str, cell: Any, area: Any) -> Plain:
        """A literal, or the value of the cell that a reference means for this cell."""
        text = text.strip()
        if text.startswith('"') and text.endswith('"'):
            return text[1:-1]
        found = _REFERENCE.match(text)
        if found:
            first = coordinate_to_tuple(next(iter(area.sqref.ranges)).coord.partition(":")[0])
            row = int(found[4]) + (0 if found[3] else cell.row - first[0])
            column = coordinate_to_tuple(f"{found[2]}1")[1] + (0 if found[1] else cell.column - first[1])
            held = self._sheet._cells.get((row, column)) if row > 0 and column > 0 and get_column_letter(column) else None
            return _plain(held.value) if held is not None else ""
        try:
            return float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            return None

    def _light(self, cell: Any, area: Any, rule: Any) -> str | None:
        """The traffic light of an icon set of three, from its thresholds (ECMA-376 part 1, 18.3.1.49)."""
        icons = rule.iconSet
        value = _plain(cell.value)
        if icons is None or icons.iconSet not in _SIGNS or not isinstance(value, float) or len(icons.cfvo) != 3:
            return None
        values = sorted(self._numbers(area))
        bounds = [_bound(c, values) for c in icons.cfvo[1:]]
        if None in bounds:
            return None
        rank = sum(value >= bound for bound in bounds if bound is not None)
        return _LIGHTS[2 - rank if icons.reverse else rank]

    def _numbers(self, area: Any) -> Iterator[float]:
        for (row, column), held in self._sheet._cells.items():
            value = _plain(held.value)
            if isinstance(value, float) and f"{get_column_letter(column)}{row}" in area.sqref:
                yield value


def _bound(threshold: Any, values: list[float]) -> float | None:
    try:
        number = float(threshold.val)
    except (TypeError, ValueError):
        return None
    if threshold.type == "num":
        return number
    if threshold.type == "percent" and values:
        return values[0] + (values[-1] - values[0]) * number / 100
    if threshold.type == "percentile" and values:
        return values[min(len(values) - 1, round((len(values) - 1) * number / 100))]
    return None


def _plain(value: Any) -> Plain:
    """A value as Excel compares it: numbers and dates as numbers, else text; None for an empty cell."""
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value).upper()
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).total_seconds() / 86400
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return str(value)


def _holds(left: Plain, sign: str, right: Plain) -> bool:
    if left is None or right is None or isinstance(left, str) != isinstance(right, str):
        return sign == "<>"
    a, b = (left.lower(), right.lower()) if isinstance(left, str) and isinstance(right, str) else (left, right)
    equal = a == b
    less = not equal and (a < b)  # type: ignore[operator]
    return {"=": equal, "<>": not equal, "<": less, "<=": less or equal, ">": not less and not equal, ">=": not less}.get(sign, False)


def _arguments(text: str) -> list[str]:
    """The arguments of a function, parted at the commas that stand outside brackets and quotes."""
    out, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == '"'
        depth += (char == "(") - (char == ")") if not quoted else 0
        if char == "," and not depth and not quoted:
            out.append("")
        else:
            out[-1] += char
    return out
