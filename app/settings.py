"""The only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.llm.configured import LlmSettings, configured

# Without these the libraries underneath look for updates, models or a place to send usage figures to (measured).
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    # Not of the network: the model's threads sleep while they wait; spinning took four times the processor on a busy machine.
    "OMP_WAIT_POLICY": "PASSIVE",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. `library` is None where it names none: each command has its own default."""

    library: Path | None
    port: int
    open_browser: bool


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from PLANSPOKEN_LIBRARY, PORT and PLANSPOKEN_NO_BROWSER; AppError for a PORT that is none."""
    values = os.environ if environment is None else environment
    folder = values.get("PLANSPOKEN_LIBRARY", "").strip()
    return Settings(
        library=Path(folder) if folder else None,
        port=_port(values.get("PORT", "").strip() or "8501"),
        open_browser=not values.get("PLANSPOKEN_NO_BROWSER", "").strip(),
    )


def llm_settings(environment: Mapping[str, str] | None = None) -> LlmSettings | None:
    """The language model that PLANSPOKEN_LLM and its companions name, None for none; AppError for one that cannot be used."""
    return configured(os.environ if environment is None else environment)


def stay_offline() -> None:
    """Tells every library underneath to keep to this machine; to be called before any of them is imported."""
    for name, value in OFFLINE.items():
        os.environ.setdefault(name, value)


def environment_for(library: Path) -> dict[str, str]:
    """The environment of a process that is to serve this library."""
    return {**os.environ, **{k: os.environ.get(k, v) for k, v in OFFLINE.items()}, "PLANSPOKEN_LIBRARY": str(library.resolve())}


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise AppError(f"PORT={text} is not a port: give a number from 1 to 65535")
