"""The seam to a language model: one method. What is sent is a Prompt; what comes back is text, and nothing but text."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Protocol
from unicodedata import normalize

from app.llm.errors import LlmEmpty, LlmError, LlmTooSlow

Schema = Mapping[str, object]
Heard = Callable[[str], None]

CHARACTERS_A_TOKEN = 3  # fewer than any tokeniser has in English prose, more than in tables of figures: on the safe side together


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: the rules (`system`) and the matter (`user`); at most `tokens` are wanted back, within `seconds`."""

    system: str
    user: str
    tokens: int
    seconds: float

    @property
    def size(self) -> int:
        """An upper estimate of its length in tokens, the reply included."""
        return (len(self.system) + len(self.user)) // CHARACTERS_A_TOKEN + self.tokens


class Llm(Protocol):
    """A language model. It has no tools and no memory: each call stands alone."""

    @property
    def name(self) -> str:
        """Which model this is and where it runs, as the answer says it."""
        ...

    def complete(self, prompt: Prompt, schema: Schema | None = None, heard: Heard | None = None) -> str:
        """The whole reply; `heard` is given each piece as it comes. With `schema` JSON of that form is asked for, not promised.

        Raises LlmError, after `prompt.seconds` at the latest.
        """
        ...


@dataclass(frozen=True, slots=True)
class Model:
    """A language model and the terms it is asked on: `seconds` for all it does for one question, `context` in tokens.

    `kept_back` are patterns of file names (`*` and `?`) of documents that nothing of is sent.
    """

    llm: Llm
    seconds: float = 30.0
    context: int = 8192
    kept_back: tuple[str, ...] = ()

    def may_see(self, document: str) -> bool:
        """Whether anything of the document of this file name may be sent."""
        return not any(named_by(pattern, document) for pattern in self.kept_back)


def named_by(pattern: str, document: str) -> bool:
    """Whether a pattern names the document: only `*` and `?` stand for others, case and the way accents are stored do not matter."""
    name, wanted = (normalize("NFC", text).casefold() for text in (document, pattern))
    return fnmatchcase(name, wanted.replace("[", "[[]"))


@dataclass(slots=True)
class Turn:
    """A model's help with one question: all calls within one limit, and no further call after one that failed."""

    model: Model
    failed: LlmError | None = None
    _ends: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.model.seconds

    def complete(self, system: str, user: str, tokens: int, schema: Schema | None = None, heard: Heard | None = None) -> str:
        """The model's reply in what is left of the time. Raises LlmError."""
        if self.failed:
            raise self.failed
        left = self._ends - time.monotonic()
        try:
            if left <= 0:
                raise LlmTooSlow(f"{self.model.llm.name} took longer than the {self.model.seconds:g} s it is given")
            reply = self.model.llm.complete(Prompt(system, user, tokens, left), schema, heard)
            if not reply.strip():
                raise LlmEmpty(f"{self.model.llm.name} gave an empty reply")
        except LlmError as error:
            self.failed = error
            raise
        return reply
