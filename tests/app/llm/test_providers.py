"""The two providers against a real server that the test starts: every reply, and everything that can go wrong with one."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.llm.bounded import within
from app.llm.errors import (
    LlmBusy,
    LlmContextFull,
    LlmCutOff,
    LlmError,
    LlmFailed,
    LlmKeyRefused,
    LlmMalformed,
    LlmTooSlow,
    LlmUnreachable,
)
from app.llm.ollama import Ollama
from app.llm.openai_like import OpenAiLike
from app.llm.types import Llm, Prompt
from tests.app.llm.server import Script, dead_address, served

ROOT = Path(__file__).parents[3]
PROMPT = Prompt("You word things.", "Word this.", 100, 20.0)
TEXT = "A reply that is long enough to come in several pieces [1]."
FORM = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}

Opened = Callable[[Script], Llm]


def openai(script: Script, key: str | None = None) -> Llm:
    return OpenAiLike(script.openai, "scripted", key)


def ollama(script: Script, key: str | None = None) -> Llm:
    return Ollama(script.base, "scripted", key)


@pytest.fixture(params=[openai, ollama], ids=["openai", "ollama"])
def provider(request: pytest.FixtureRequest) -> Callable[..., Llm]:
    """Each provider in turn: they keep one contract."""
    found: Callable[..., Llm] = request.param
    return found


def test_a_reply_is_streamed(provider: Callable[..., Llm]) -> None:
    heard: list[str] = []
    with served(Script(reply=lambda body: TEXT)) as script:
        reply = provider(script).complete(PROMPT, heard=heard.append)
    assert reply == TEXT == "".join(heard)
    assert len(heard) > 2
    body = script.requests[0]
    assert [m["content"] for m in body["messages"]] == [PROMPT.system, PROMPT.user]
    assert body["stream"] is True
    assert not body.get("tools")


def test_the_key_is_sent_to_the_server_and_no_other_one(provider: Callable[..., Llm], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "another-service-s-key")
    with served(Script(reply=lambda body: TEXT, key="ours")) as script:
        assert provider(script, "ours").complete(PROMPT) == TEXT
        with pytest.raises(LlmKeyRefused):
            provider(script).complete(PROMPT)
    assert not any("another-service" in value for headers in script.headers for value in headers.values())
    assert "ours" not in repr(provider(script, "ours"))


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("unauthorised", LlmKeyRefused),
        ("forbidden", LlmKeyRefused),
        ("rate limit", LlmBusy),
        ("server error", LlmFailed),
        ("no model", LlmFailed),
        ("context", LlmContextFull),
        ("cut", LlmCutOff),
        ("unended", LlmCutOff),
        ("malformed", LlmMalformed),
        ("redirect", LlmFailed),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(provider: Callable[..., Llm], trouble: str, error: type[LlmError]) -> None:
    with served(Script(reply=lambda body: TEXT, trouble=trouble, elsewhere=dead_address())) as script, pytest.raises(error) as said:
        provider(script, "a-secret-key").complete(PROMPT)
    assert "\n" not in str(said.value)
    assert "a-secret-key" not in str(said.value)
    assert len(script.requests) == 1, "nothing is asked again"


@pytest.mark.parametrize("trouble", ["silent", "slow"])
def test_a_server_that_takes_too_long_is_left(provider: Callable[..., Llm], trouble: str) -> None:
    with served(Script(reply=lambda body: TEXT * 20, trouble=trouble)) as script, pytest.raises(LlmTooSlow):
        provider(script).complete(Prompt("", "", 10, 1.0))


def test_a_server_that_trickles_is_left() -> None:
    """Each byte starts a limit on reading anew: only one on the whole call ends this."""
    with served(Script(trouble="trickle")) as script, pytest.raises(LlmTooSlow):
        openai(script).complete(Prompt("", "", 10, 1.0))


def test_a_server_that_never_stops_is_left() -> None:
    """Where pieces come faster than they are taken there is always one more: only the clock ends this."""
    stopped = threading.Event()

    def endless() -> Iterator[str]:
        try:
            while True:
                yield "word "
        finally:
            stopped.set()

    with pytest.raises(LlmTooSlow):
        for _ in within(0.2, endless, lambda: LlmTooSlow("too slow")):
            pass
    assert stopped.wait(10), "and nothing goes on making them"


def test_an_unknown_model_is_not_asked_in_other_ways() -> None:
    """What the server does not know is the model, not the way of asking for JSON, which is asked for as before once it does."""
    with served(Script(reply=lambda body: '{"a": 1}', trouble="no model")) as script:
        llm = openai(script)
        with pytest.raises(LlmFailed, match="does not know the model"):
            llm.complete(PROMPT, FORM)
        script.trouble = None
        assert llm.complete(PROMPT, FORM) == '{"a": 1}'
    assert [body["response_format"]["type"] for body in script.requests] == ["json_schema", "json_schema"]


def test_an_empty_reply_is_empty(provider: Callable[..., Llm]) -> None:
    with served(Script(trouble="empty")) as script:
        assert provider(script).complete(PROMPT) == ""


def test_a_login_page_is_no_reply(provider: Callable[..., Llm]) -> None:
    with served(Script(trouble="html")) as script, pytest.raises((LlmMalformed, LlmCutOff)):
        provider(script).complete(PROMPT)


def test_no_server(provider: Callable[..., Llm]) -> None:
    with pytest.raises(LlmUnreachable, match="no language model server answers at http://127"):
        provider(Script(base=dead_address())).complete(PROMPT)


def test_a_dead_address_costs_nothing_heavy() -> None:
    """Two seconds of imports are spent only where someone answers; and none of them to open a model that is not asked."""
    script = (
        "import sys\nfrom app.llm.errors import LlmError\nfrom app.llm.openai_like import OpenAiLike\nfrom app.llm.types import Prompt\n"
        f"try: OpenAiLike({dead_address() + '/v1'!r}, 'm').complete(Prompt('', '', 1, 30))\n"
        "except LlmError as error:\n"
        "    print(type(error).__name__, [n for n in ('llama_index', 'openai', 'httpx', 'ollama') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout == "LlmUnreachable []\n"


def test_a_dead_endpoint_costs_under_three_seconds() -> None:
    """Addresses set aside for documentation take no connection and refuse none (RFC 5737)."""
    start = time.monotonic()
    for address in (f"{dead_address()}/v1", "http://192.0.2.1:9/v1"):
        with pytest.raises(LlmUnreachable):
            OpenAiLike(address, "m").complete(PROMPT)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("forms", "asked"),
    [
        (("json_schema",), ["json_schema", "json_schema"]),
        (("json_object",), ["json_schema", "json_object", "json_object"]),
        ((), ["json_schema", "json_object", None, None]),
    ],
    ids=["standard", "llama.cpp", "by the prompt"],
)
def test_json_is_asked_for_the_way_the_server_takes_it(forms: tuple[str, ...], asked: list[str | None]) -> None:
    with served(Script(reply=lambda body: '{"a": 1}', forms=forms)) as script:
        llm = openai(script)
        assert [llm.complete(PROMPT, FORM) for _ in range(2)] == ['{"a": 1}'] * 2
    assert [(body.get("response_format") or {}).get("type") for body in script.requests] == asked


def test_ollama_is_given_the_form_and_the_context() -> None:
    with served(Script(reply=lambda body: '{"a": 1}')) as script:
        assert Ollama(script.base, "scripted", context=4096).complete(PROMPT, FORM) == '{"a": 1}'
    body = script.requests[0]
    assert body["format"] == FORM
    assert (body["options"]["num_ctx"], body["options"]["num_predict"]) == (4096, 100)
