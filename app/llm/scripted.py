"""The fake that ships with the seam: a model whose replies are written beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.llm.errors import LlmEmpty, LlmError
from app.llm.types import Heard, Prompt, Schema

Reply = str | LlmError
_PIECE = 9  # characters: pieces that break words and markers apart, as tokens do


@dataclass
class ScriptedLlm:
    """Gives what `reply` makes of each prompt, in small pieces, or raises it; `prompts` keeps all that was sent."""

    reply: Callable[[Prompt, Schema | None], Reply]
    name: str = "a scripted model"
    prompts: list[Prompt] = field(default_factory=list)

    @classmethod
    def saying(cls, *replies: Reply) -> ScriptedLlm:
        """One reply after the other; empty replies from then on."""
        left = list(replies)
        return cls(lambda prompt, schema: left.pop(0) if left else LlmEmpty("a scripted model has nothing more to say"))

    def complete(self, prompt: Prompt, schema: Schema | None = None, heard: Heard | None = None) -> str:
        """The scripted reply."""
        self.prompts.append(prompt)
        reply = self.reply(prompt, schema)
        if isinstance(reply, LlmError):
            raise reply
        if heard:
            for at in range(0, len(reply), _PIECE):
                heard(reply[at : at + _PIECE])
        return reply
