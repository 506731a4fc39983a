"""Words with their boxes, and the printed lines they form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.types import Box


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word: text, box and size in points. `rising`: 1 when set upwards, -1 downwards, 0 upright.

    `confidence`: 0 to 100 where the word was recognised on a picture.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    rising: int = 0
    confidence: float | None = None

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the box."""
        return ((self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2)


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words grouped into printed lines, top to bottom, each from left to right.

    Words share a line when one's middle lies within the other's height: superscripts ("15 th") stay on their line.
    """
    if words and all(w.rising for w in words):
        return _sideways_lines(words)
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.centre[1], w.box[0])):
        line = next((known for known in reversed(lines[-3:]) if _same_line(known, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    for line in lines:
        line.sort(key=lambda w: w.box[0])
    return lines


def _sideways_lines(words: list[Word]) -> list[list[Word]]:
    """Lines of text set upwards (from left to right) or downwards (from right to left), as in narrow column headers."""
    way = words[0].rising
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: way * w.centre[0]):
        if lines and lines[-1][0].box[0] <= word.centre[0] <= lines[-1][0].box[2]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: -way * w.centre[1]) for line in lines]


def _same_line(line: list[Word], word: Word) -> bool:
    top = min(w.box[1] for w in line)
    bottom = max(w.box[3] for w in line)
    middle = word.centre[1]
    own = sum(w.centre[1] for w in line) / len(line)
    return top <= middle <= bottom and word.box[1] <= own <= word.box[3]


def mended(words: list[Word]) -> list[Word]:
    """The words in their order, those put together again that were only split by a change of font (an apostrophe, a bold letter)."""
    out: list[Word] = []
    for word in words:
        if out and _touch(out[-1], word):
            last = out[-1]
            box = (last.box[0], min(last.box[1], word.box[1]), word.box[2], max(last.box[3], word.box[3]))
            out[-1] = replace(last, text=last.text + word.text, box=box, size=max(last.size, word.size), bold=last.bold and word.bold)
        else:
            out.append(word)
    return out


def _touch(a: Word, b: Word) -> bool:
    """Whether b follows a on its line without room for a space: less than an eighth of the type size."""
    if a.rising or b.rising:
        return False
    gap = b.box[0] - a.box[2]
    level = abs(a.box[3] - b.box[3]) < 0.35 * max(a.size, b.size, 1.0)
    return level and -0.5 * a.size < gap < 0.12 * max(a.size, b.size)


def least_sure(words: list[Word]) -> float | None:
    """The lowest confidence of recognised words; None where none was recognised on a picture."""
    return min((w.confidence for w in words if w.confidence is not None), default=None)


def holds(box: Box, word: Word) -> bool:
    """Whether the word's middle lies in the box."""
    x, y = word.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
