"""What the environment says of language models, made sense of. (It is read in app/settings.py, like all of it.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import AppError

ADDRESSES = {
    "openai": "http://localhost:8080/v1",
    "ollama": "http://localhost:11434",
}  # where llama.cpp's server and Ollama listen unless told
SECONDS = 30.0
CONTEXT = 8192
NAMES = tuple(
    f"PLANSPOKEN_LLM{rest}" for rest in ("", "_MODEL", "_BASE_URL", "_API_KEY", "_API_KEY_FILE", "_TIMEOUT", "_CONTEXT", "_KEEP_BACK")
)
_LEAST_CONTEXT = 2048  # with less there is no room for the rules, some evidence and a reply


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """Which model to ask, where, and on which terms; the key is left out when this is printed."""

    provider: str
    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = SECONDS
    context: int = CONTEXT
    kept_back: tuple[str, ...] = ()


def configured(values: Mapping[str, str]) -> LlmSettings | None:
    """The settings that start with PLANSPOKEN_LLM; None where it is not set, or `none`. AppError names the one that cannot be used."""
    given = {name: value.strip() for name, value in values.items() if name.startswith("PLANSPOKEN_LLM") and value.strip()}
    provider = given.get("PLANSPOKEN_LLM", "none").lower()
    if provider in ("none", "off"):
        return None
    if unknown := sorted(set(given) - set(NAMES)):  # a misspelt KEEP_BACK must not send what was meant to stay
        raise AppError(f"{unknown[0]} is not a setting: there are {', '.join(NAMES)}")
    if provider not in ADDRESSES:
        raise AppError(f"PLANSPOKEN_LLM={provider} is not a provider: give {', '.join(ADDRESSES)} or none")
    model = given.get("PLANSPOKEN_LLM_MODEL")
    if not model:
        raise AppError(f"PLANSPOKEN_LLM={provider} needs PLANSPOKEN_LLM_MODEL, the name of the model as its server knows it")
    return LlmSettings(
        provider=provider,
        url=_url(given.get("PLANSPOKEN_LLM_BASE_URL") or ADDRESSES[provider]),
        model=model,
        key=_key(given),
        seconds=_number(given, "PLANSPOKEN_LLM_TIMEOUT", SECONDS, 1, "a number of seconds from 1"),
        context=int(_number(given, "PLANSPOKEN_LLM_CONTEXT", CONTEXT, _LEAST_CONTEXT, f"a number of tokens from {_LEAST_CONTEXT}")),
        kept_back=tuple(p for part in given.get("PLANSPOKEN_LLM_KEEP_BACK", "").split(",") if (p := part.strip())),
    )


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise AppError(f"PLANSPOKEN_LLM_BASE_URL={text} is not an address: give one such as {ADDRESSES['openai']}")
    return text.rstrip("/")


def _key(given: Mapping[str, str]) -> str | None:
    path = given.get("PLANSPOKEN_LLM_API_KEY_FILE")
    if path is None:
        key = given.get("PLANSPOKEN_LLM_API_KEY")
        if key and not key.isascii():
            raise AppError("PLANSPOKEN_LLM_API_KEY has a character that no key can have: give it as the server's owner did")
        return key
    try:
        key = Path(path).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise AppError(f"PLANSPOKEN_LLM_API_KEY_FILE={path}: cannot be read as text") from None
    if not key or "\n" in key or not key.isascii():
        raise AppError(f"PLANSPOKEN_LLM_API_KEY_FILE={path}: one line with the key is expected")
    return key


def _number(given: Mapping[str, str], name: str, otherwise: float, least: float, expected: str) -> float:
    text = given.get(name)
    if text is None:
        return otherwise
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not least <= number < 1e9:
        raise AppError(f"{name}={text} cannot be used: give {expected}")
    return number
