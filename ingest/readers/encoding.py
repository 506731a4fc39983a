"""From bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK_AT = 4096  # bytes from which is told whether a file is text
_STRAY = 0.1  # share of NUL and control characters up to which a file is still text
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def is_text(data: bytes) -> bool:
    """Whether the bytes are text: marked as Unicode, UTF-16 without a mark, or an eight-bit text with few stray control characters."""
    head = data[:_LOOK_AT]
    if head.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    if _wide(head):
        return True
    strays = sum(1 for b in head if b < 32 and b not in (9, 10, 11, 12, 13))
    return strays <= _STRAY * len(head)


def decoded(data: bytes) -> tuple[str, str | None]:
    """The text of a file, and a note where characters had to be dropped or the encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace"))
    wide = _wide(data[:_LOOK_AT])
    if wide:
        return _clean(data.decode(wide, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(data.decode("cp1252", "replace"))


def _clean(text: str) -> tuple[str, str | None]:
    kept, dropped = _CONTROL.subn("", text)
    lost = kept.count("\ufffd")
    notes = [f"{dropped} NUL or control characters left out"] if dropped else []
    notes += [f"{lost} characters could not be decoded"] if lost else []
    return kept, "; ".join(notes) or None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte of Western text is NUL."""
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None
