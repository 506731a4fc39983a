"""Charts as inline SVG: bars from 0 to 100%, every bar with its figure in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.results import Figure

LABEL, BAR, VALUE, ROW, SCALE = 250, 420, 60, 22, 20  # widths and heights in pixels
COLOURS = ("#2f5d8a", "#b8621b", "#5b7f3b")


def bars(title: str, found: Sequence[tuple[str, Figure]]) -> str:
    """A bar a figure, with its interval as a line."""
    parts = []
    for n, (name, figure) in enumerate(found):
        y = SCALE + n * ROW
        middle = y + ROW / 2
        parts.append(_bar(name, y, figure.mean, COLOURS[0], ROW - 8))
        low, high = LABEL + BAR * figure.low, LABEL + BAR * figure.high
        parts.append(
            f'<path class="interval" d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8"/>'
        )
    return _svg(title, parts, len(found) * ROW)


def grouped(title: str, found: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """For each name a bar a kind, in the kind's colour, with a legend under the chart."""
    parts, y = [], SCALE
    for name, values in found:
        for n, (_, value) in enumerate(values):
            parts.append(_bar(name if n == 0 else "", y, value, COLOURS[n], ROW - 10))
            y += ROW - 4
        y += 6 if len(values) > 1 else 0
    kinds = [kind for kind, _ in found[0][1]] if found else []
    legend = "".join(f'<span style="border-left:0.8em solid {COLOURS[n]}">{escape(kind)}</span>' for n, kind in enumerate(kinds))
    return _svg(title, parts, y - SCALE) + f'<p class="legend">{legend}</p>'


def _bar(name: str, y: float, value: float, colour: str, height: float) -> str:
    middle = y + ROW / 2 + 4
    label = f'<text x="{LABEL - 8}" y="{middle:.1f}" text-anchor="end">{escape(name)}</text>' if name else ""
    bar = f'<rect x="{LABEL}" y="{y + 4:.1f}" width="{BAR * value:.1f}" height="{height:.1f}" fill="{colour}"/>'
    return f'{label}{bar}<text x="{LABEL + BAR + VALUE}" y="{middle:.1f}" text-anchor="end">{100 * value:.1f}%</text>'


def _svg(title: str, parts: Sequence[str], height: float) -> str:
    lines = "".join(
        f'<path class="grid" d="M{LABEL + BAR * n / 4:.1f} {SCALE}v{height:.1f}"/>'
        f'<text class="scale" x="{LABEL + BAR * n / 4:.1f}" y="{SCALE - 6}" text-anchor="middle">{25 * n}%</text>'
        for n in range(5)
    )
    width = LABEL + BAR + VALUE + 4
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg role="img" aria-label="{escape(title)}; the figures are in the table below" '
        f'viewBox="0 0 {width} {SCALE + height + 4:.0f}" width="{width}">{lines}{"".join(parts)}</svg></figure>'
    )
