"""What the environment says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import AppError
from app.settings import OFFLINE, Settings, environment_for, read_settings, stay_offline


@pytest.mark.parametrize(
    ("environment", "settings"),
    [
        ({}, Settings(None, 8501, True)),
        ({"PLANSPOKEN_LIBRARY": " ", "PORT": "", "PLANSPOKEN_NO_BROWSER": ""}, Settings(None, 8501, True)),
        ({"PLANSPOKEN_LIBRARY": "plans", "PORT": "9000", "PLANSPOKEN_NO_BROWSER": "1"}, Settings(Path("plans"), 9000, False)),
    ],
)
def test_settings(environment: dict[str, str], settings: Settings) -> None:
    assert read_settings(environment) == settings


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8501.0", "²"])
def test_a_bad_port_is_named(port: str) -> None:
    with pytest.raises(AppError, match="PORT="):
        read_settings({"PORT": port})


def test_offline_settings_give_way_to_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OFFLINE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "true")
    stay_offline()
    assert {name: os.environ[name] for name in OFFLINE} == {**OFFLINE, "TOKENIZERS_PARALLELISM": "true"}


def test_the_served_library_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert environment_for(Path("library"))["PLANSPOKEN_LIBRARY"] == str(tmp_path.resolve() / "library")
