"""Any server that speaks OpenAI's chat protocol: a hosted one, vLLM, llama.cpp, LM Studio. The only door to llama-index's OpenAILike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from app.llm.bounded import gathered, knock, proxied, shown, within
from app.llm.errors import (
    LlmBusy,
    LlmContextFull,
    LlmCutOff,
    LlmError,
    LlmFailed,
    LlmKeyRefused,
    LlmMalformed,
    LlmMissing,
    LlmTooSlow,
    LlmUnreachable,
)
from app.llm.types import Heard, Prompt, Schema

_NO_KEY = "none"  # without any, the client would send what OPENAI_API_KEY holds to whatever server is configured
_FORM_REFUSED = (400, 415, 422, 500, 501)  # what servers answer to a way of asking for JSON that they do not know (llama.cpp's: 500)
_TOO_LONG = (
    "context length",
    "context window",
    "context_length",
    "context size",
    "maximum context",
    "too many tokens",
    "exceeds the available",
)


@dataclass
class OpenAiLike:
    """A model behind an OpenAI-compatible endpoint. `url` is its base, such as http://localhost:8080/v1."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    context: int = 8192
    _form: int = field(default=0, init=False)  # the way of asking for JSON that this server was found to take

    @property
    def name(self) -> str:
        """The model and its address."""
        return f"{self.model} at {shown(self.url)}"

    def complete(self, prompt: Prompt, schema: Schema | None = None, heard: Heard | None = None) -> str:
        """The reply, streamed from the server; see `Llm.complete`.

        Servers differ in how JSON of a form is asked for: the standard way first, then llama.cpp's, then by the prompt alone.
        """
        knock(self.url)
        hang_up = ExitStack()
        return gathered(
            within(prompt.seconds, lambda: self._pieces(prompt, schema, hang_up), lambda: self._late(prompt), hang_up.close), heard
        )

    def _late(self, prompt: Prompt) -> LlmError:
        return LlmTooSlow(f"{self.name} took longer than the {prompt.seconds:.0f} s it had")

    def _pieces(self, prompt: Prompt, schema: Schema | None, hang_up: ExitStack) -> Iterator[str]:
        forms = _forms(schema)
        for at in range(min(self._form, len(forms) - 1), len(forms)):
            try:
                yield from self._asked(prompt, forms[at], hang_up)
            except _FormRefused as refused:
                if at + 1 == len(forms):
                    raise refused.told from None
            else:
                self._form = max(self._form, at)
                return

    def _asked(self, prompt: Prompt, form: dict[str, object], hang_up: ExitStack) -> Iterator[str]:
        try:
            import httpx
            import openai
            from llama_index.core.base.llms.types import ChatMessage, MessageRole
            from llama_index.llms.openai_like import OpenAILike
        except ImportError:
            raise LlmMissing("the packages for language models are not installed: run `pip install 'planspoken[llm]'`") from None
        client = httpx.Client(timeout=prompt.seconds, trust_env=proxied(self.url), follow_redirects=False)
        hang_up.callback(client.close)
        server = OpenAILike(
            model=self.model,
            api_base=self.url,
            api_key=self.key or _NO_KEY,
            is_chat_model=True,
            is_function_calling_model=False,
            context_window=self.context,
            max_tokens=prompt.tokens,
            temperature=0.0,
            max_retries=0,
            timeout=prompt.seconds,
            http_client=client,  # type: ignore[call-arg]  # a plain parameter of __init__, which pydantic does not show
        )
        messages = [ChatMessage(role=MessageRole.SYSTEM, content=prompt.system), ChatMessage(role=MessageRole.USER, content=prompt.user)]
        unreadable = (json.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError)  # what llama-index meets in a garbled reply
        ended = False
        try:
            for part in server.stream_chat(messages, **form):
                if part.delta:
                    yield part.delta
                choices = getattr(part.raw, "choices", None)
                ended = ended or bool(choices and choices[0].finish_reason)
        except (openai.OpenAIError, httpx.HTTPError, *unreadable) as error:
            told = self._told(error, prompt)
            if form and isinstance(error, openai.APIStatusError) and type(told) is LlmFailed and error.status_code in _FORM_REFUSED:
                raise _FormRefused(told) from None
            raise told from None
        if not ended:
            raise LlmCutOff(f"the reply of {self.name} broke off")

    def _told(self, error: Exception, prompt: Prompt) -> LlmError:
        """The library's error as ours, in one line, without anything secret the server may have sent back."""
        import httpx
        import openai

        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(error, openai.APITimeoutError) or isinstance(cause, httpx.TimeoutException):
            return self._late(prompt)
        if isinstance(cause, httpx.RemoteProtocolError | httpx.ReadError):
            return LlmCutOff(f"the reply of {self.name} broke off")
        if isinstance(error, openai.APIConnectionError) or isinstance(cause, httpx.TransportError):
            return LlmUnreachable(f"no language model server answers at {shown(self.url)}")
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return LlmKeyRefused(f"the server at {shown(self.url)} does not accept the key: check PLANSPOKEN_LLM_API_KEY")
        if isinstance(error, openai.RateLimitError):
            return LlmBusy(f"the server at {shown(self.url)} takes no more questions for now (rate limit)")
        if isinstance(error, openai.APIError):
            return self._refused(error)
        return LlmMalformed(f"{self.name} sent a reply that cannot be read")

    def _refused(self, error: Exception) -> LlmError:
        said = str(error).lower()
        if any(words in said for words in _TOO_LONG):
            return LlmContextFull(
                f"the evidence is too long for {self.name}: set PLANSPOKEN_LLM_CONTEXT to the context size it is run with"
            )
        status = getattr(error, "status_code", None)
        if status == 404:
            return LlmFailed(f"the server at {shown(self.url)} does not know the model {self.model} (404)")
        return LlmFailed(f"the server at {shown(self.url)} answered with an error" + (f" ({status})" if status else ""))


class _FormRefused(Exception):
    """The server refused this way of asking for JSON; `told` is what it answered."""

    def __init__(self, told: LlmError) -> None:
        super().__init__(str(told))
        self.told = told


def _forms(schema: Schema | None) -> list[dict[str, object]]:
    """The ways of asking for JSON, as arguments of the request; the last is to rely on the prompt, which states the form as well."""
    if schema is None:
        return [{}]
    standard = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}
    return [{"response_format": standard}, {"response_format": {"type": "json_object", "schema": schema}}, {}]
