"""Models that Ollama runs, by its own protocol, which unlike the OpenAI one that it also speaks takes the context size.

The only door to llama-index's Ollama.
"""

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


@dataclass
class Ollama:
    """A model that Ollama runs. `url` is its base, such as http://localhost:11434."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    context: int = 8192

    @property
    def name(self) -> str:
        """The model and its address."""
        return f"{self.model} at {shown(self.url)}"

    def complete(self, prompt: Prompt, schema: Schema | None = None, heard: Heard | None = None) -> str:
        """The reply, streamed from the server; see `Llm.complete`. JSON is bound to the schema by the server's grammar."""
        knock(self.url)
        hang_up = ExitStack()
        return gathered(
            within(prompt.seconds, lambda: self._pieces(prompt, schema, hang_up), lambda: self._late(prompt), hang_up.close), heard
        )

    def _late(self, prompt: Prompt) -> LlmError:
        return LlmTooSlow(f"{self.name} took longer than the {prompt.seconds:.0f} s it had")

    def _pieces(self, prompt: Prompt, schema: Schema | None, hang_up: ExitStack) -> Iterator[str]:
        try:
            import httpx
            import ollama
            from llama_index.core.base.llms.types import ChatMessage, MessageRole
            from llama_index.llms.ollama import Ollama as Server
        except ImportError:
            raise LlmMissing("the packages for language models are not installed: run `pip install 'planspoken[llm]'`") from None
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        client = ollama.Client(self.url, timeout=prompt.seconds, headers=headers, trust_env=proxied(self.url), follow_redirects=False)
        hang_up.callback(client.close)
        server = Server(
            model=self.model,
            base_url=self.url,
            temperature=0.0,
            context_window=self.context,
            request_timeout=prompt.seconds,
            additional_kwargs={"num_predict": prompt.tokens},
            is_function_calling_model=False,
            client=client,
        )
        messages = [ChatMessage(role=MessageRole.SYSTEM, content=prompt.system), ChatMessage(role=MessageRole.USER, content=prompt.user)]
        unreadable = (json.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError)  # what llama-index meets in a garbled reply
        ended = False
        try:
            for part in server.stream_chat(messages, **({"format": schema} if schema is not None else {})):
                if part.delta:
                    yield part.delta
                ended = ended or bool(isinstance(part.raw, dict) and part.raw.get("done"))
        except (ollama.ResponseError, ConnectionError, httpx.HTTPError, *unreadable) as error:
            raise self._told(error, prompt) from None
        if not ended:
            raise LlmCutOff(f"the reply of {self.name} broke off")

    def _told(self, error: Exception, prompt: Prompt) -> LlmError:
        """The library's error as ours, in one line."""
        import httpx
        import ollama

        if isinstance(error, httpx.TimeoutException):
            return self._late(prompt)
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            return LlmCutOff(f"the reply of {self.name} broke off")
        if isinstance(error, ConnectionError | httpx.TransportError):
            return LlmUnreachable(f"no language model server answers at {shown(self.url)}")
        if not isinstance(error, ollama.ResponseError):
            return LlmMalformed(f"{self.name} sent a reply that cannot be read")
        status, said = error.status_code, error.error.lower()
        if status in (401, 403):
            return LlmKeyRefused(f"the server at {shown(self.url)} does not accept the key: check PLANSPOKEN_LLM_API_KEY")
        if status == 429:
            return LlmBusy(f"the server at {shown(self.url)} takes no more questions for now (rate limit)")
        if "context" in said and ("exceed" in said or "too long" in said or "length" in said):
            return LlmContextFull(
                f"the evidence is too long for {self.name}: set PLANSPOKEN_LLM_CONTEXT to the context size it is run with"
            )
        if status == 404:
            return LlmFailed(f"Ollama at {shown(self.url)} does not hold the model {self.model}: run `ollama pull {self.model}`")
        return LlmFailed(f"the server at {shown(self.url)} answered with an error" + (f" ({status})" if status and status > 0 else ""))
