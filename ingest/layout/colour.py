"""From a painted colour to the rating it stands for.

Hues are a guess at what the author meant, so a colour is only read where the column says that it holds ratings.
"""

from __future__ import annotations

import colorsys

from ingest.types import Rating


def rating_of_fill(fill: str | None) -> Rating | None:
    """R, A, G or B for a fill "#rrggbb"; None for white, grey, black, pale tints and hues that are none of the four."""
    if not fill:
        return None
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    degrees = hue * 360
    if saturation < 0.35 or value < 0.25:
        return None
    if degrees < 15 or degrees >= 335:
        return "R"
    if degrees < 66:
        return "A"
    if degrees < 170:
        return "G"
    return "B" if degrees < 260 else None
