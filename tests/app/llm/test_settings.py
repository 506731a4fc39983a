"""Which model, where, on which terms: from the environment, off unless it says so, shown by doctor."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import AppError
from app.llm.configured import LlmSettings
from app.llm.ollama import Ollama
from app.llm.openai_like import OpenAiLike
from app.llm.providers import PROVIDERS, open_model
from app.llm.scripted import ScriptedLlm
from app.llm.types import Model
from app.settings import llm_settings
from tests.app.llm.server import Script, dead_address, served
from tests.conftest import Planspoken

NAMED = {"PLANSPOKEN_LLM": "openai", "PLANSPOKEN_LLM_MODEL": "tiny"}


@pytest.mark.parametrize(
    "environment", [{}, {"PLANSPOKEN_LLM": ""}, {"PLANSPOKEN_LLM": "none"}, {"PLANSPOKEN_LLM_MODEL": "tiny", "OPENAI_API_KEY": "k"}]
)
def test_off_unless_named(environment: dict[str, str]) -> None:
    assert llm_settings(environment) is None
    assert open_model(llm_settings(environment)) is None


def test_the_defaults() -> None:
    assert llm_settings(NAMED) == LlmSettings("openai", "http://localhost:8080/v1", "tiny", None, 30.0, 8192, ())
    model = open_model(llm_settings({**NAMED, "PLANSPOKEN_LLM": "ollama"}))
    assert model is not None
    assert isinstance(model.llm, Ollama)
    assert model.llm.name == "tiny at http://localhost:11434"


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("sesame\n")
    found = llm_settings(
        {
            **NAMED,
            "PLANSPOKEN_LLM_BASE_URL": "https://user:pass@models.example:8443/v1/",
            "PLANSPOKEN_LLM_API_KEY": "not this one",
            "PLANSPOKEN_LLM_API_KEY_FILE": str(tmp_path / "key"),
            "PLANSPOKEN_LLM_TIMEOUT": "7.5",
            "PLANSPOKEN_LLM_CONTEXT": "32768",
            "PLANSPOKEN_LLM_KEEP_BACK": "secret-*.pdf, exempt*",
        }
    )
    assert found is not None
    assert (found.key, found.seconds, found.context, found.kept_back) == ("sesame", 7.5, 32768, ("secret-*.pdf", "exempt*"))
    model = open_model(found)
    assert model is not None
    assert isinstance(model.llm, OpenAiLike)
    assert "sesame" not in f"{found!r} {model!r} {model.llm.name}"
    assert "pass" not in model.llm.name
    assert not model.may_see("EXEMPT report.docx")
    assert model.may_see("plan.pdf")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PLANSPOKEN_LLM": "gpt"}, "PLANSPOKEN_LLM=gpt is not a provider: give openai, ollama or none"),
        ({"PLANSPOKEN_LLM_MODEL": " "}, "needs PLANSPOKEN_LLM_MODEL"),
        ({"PLANSPOKEN_LLM_BASE_URL": "localhost:8080"}, "is not an address"),
        ({"PLANSPOKEN_LLM_BASE_URL": "http://host:port/v1"}, "is not an address"),
        ({"PLANSPOKEN_LLM_TIMEOUT": "soon"}, "PLANSPOKEN_LLM_TIMEOUT=soon cannot be used"),
        ({"PLANSPOKEN_LLM_TIMEOUT": "nan"}, "cannot be used"),
        ({"PLANSPOKEN_LLM_CONTEXT": "12"}, "give a number of tokens from 2048"),
        ({"PLANSPOKEN_LLM_API_KEY_FILE": "/nowhere/key"}, "cannot be read"),
        ({"PLANSPOKEN_LLM_API_KEY": "schlüssel"}, "PLANSPOKEN_LLM_API_KEY has a character"),
        ({"PLANSPOKEN_LLM_KEEPBACK": "secret*"}, "PLANSPOKEN_LLM_KEEPBACK is not a setting: there are .*PLANSPOKEN_LLM_KEEP_BACK"),
    ],
    ids=lambda v: str(v)[:40],
)
def test_what_cannot_be_used_is_named(changed: dict[str, str], said: str) -> None:
    with pytest.raises(AppError, match=said):
        llm_settings({**NAMED, **changed})


@pytest.mark.parametrize(
    ("pattern", "document", "kept"),
    [
        ("plan [restricted].pdf", "plan [restricted].pdf", True),
        ("plan [restricted].pdf", "plan r.pdf", False),
        ("Café*", "cafe\u0301 review.pdf", True),
        ("plan-?.pdf", "PLAN-2.PDF", True),
        ("plan-?.pdf", "plan-12.pdf", False),
    ],
)
def test_a_name_keeps_back_the_document_of_that_name(pattern: str, document: str, kept: bool) -> None:
    assert Model(ScriptedLlm.saying(), kept_back=(pattern,)).may_see(document) is not kept


def test_every_provider_has_an_address_to_start_from() -> None:
    for name in PROVIDERS:
        assert llm_settings({"PLANSPOKEN_LLM": name, "PLANSPOKEN_LLM_MODEL": "m"}) is not None


def test_doctor_asks_the_model_for_a_word(planspoken: Planspoken, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    off = planspoken("doctor", "--library", sample_folder)
    assert "no language model is configured" in off.out

    for name, value in NAMED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PLANSPOKEN_LLM_API_KEY", "sesame")
    with served(Script(reply=lambda body: '{"ready": true}' if "response_format" in body else "ready", key="sesame")) as script:
        monkeypatch.setenv("PLANSPOKEN_LLM_BASE_URL", script.openai)
        on = planspoken("doctor", "--library", sample_folder)
    assert on.code == 0, on.out
    assert "it answers, in" in on.out
    assert "JSON of a given form: kept to" in on.out
    assert "sesame" not in on.out + on.err
    assert "Saltmere" not in str(script.requests), "nothing of the library is sent"

    monkeypatch.setenv("PLANSPOKEN_LLM_KEEP_BACK", "self-evaluation*, secrt*")
    monkeypatch.setenv("PLANSPOKEN_LLM_BASE_URL", dead_address())
    dead = planspoken("doctor", "--library", sample_folder)
    assert "KEEP_BACK names 'secrt*', which no document" in dead.out
    assert "names 'self-evaluation*'" not in dead.out
    assert dead.code == 1
    assert "no language model server answers" in dead.out


def test_asking_through_the_command_line(planspoken: Planspoken, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off and on differ in the words only; `--explain` sends nothing and shows all."""
    question = "What percentage of child in need visits were in timescale in Q2 2025/26?"
    off = planspoken("ask", question, "--library", sample_folder)
    for name, value in NAMED.items():
        monkeypatch.setenv(name, value)
    with served(Script(reply=lambda body: "Child in need visits were at 79% in Q2 2025/26, against a 90% target [1].")) as script:
        monkeypatch.setenv("PLANSPOKEN_LLM_BASE_URL", script.openai)
        shown = planspoken("ask", question, "--explain", "--library", sample_folder)
        assert not script.requests
        assert "Would be sent to tiny at" in shown.out
        assert off.out.rstrip() in shown.out

        on = planspoken("ask", question, "--library", sample_folder)
        assert len(script.requests) == 1
        assert script.requests[0]["messages"][1]["content"] in shown.out
    assert on.out.startswith("Child in need visits were at 79% in Q2 2025/26, against a 90% target. [1]\n")
    assert "worded by tiny at http://127.0.0.1" in on.out

    wrong = planspoken("ask", question, "--library", sample_folder)
    assert wrong.code == 0
    assert "worded by rule: no language model server answers" in wrong.out
    assert off.out.rstrip().splitlines()[0] in wrong.out
    monkeypatch.setenv("PLANSPOKEN_LLM", "gpt")
    assert planspoken("ask", question, "--library", sample_folder).code == 1
