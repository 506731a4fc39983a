"""The providers of language models. To add one: a class with `complete`, and its name here; settings and `doctor` are built from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.llm.configured import LlmSettings
from app.llm.ollama import Ollama
from app.llm.openai_like import OpenAiLike
from app.llm.types import Llm, Model


@dataclass(frozen=True, slots=True)
class Provider:
    """One way to reach a model: what it is, and the class made from (base address, model, key, context size)."""

    help: str
    open: Callable[[str, str, str | None, int], Llm]


PROVIDERS: dict[str, Provider] = {
    "openai": Provider("any server that speaks OpenAI's chat protocol", OpenAiLike),
    "ollama": Provider("Ollama", Ollama),
}


def open_model(settings: LlmSettings | None) -> Model | None:
    """The model that the settings name, on their terms; None where they name none. No server is asked for anything yet."""
    if settings is None:
        return None
    llm = PROVIDERS[settings.provider].open(settings.url, settings.model, settings.key, settings.context)
    return Model(llm, settings.seconds, settings.context, settings.kept_back)
