"""A server for the tests with OpenAI's and Ollama's protocols, that does what a script says: answers, refuses, trickles, breaks off.

It is a real server on a port of this machine, so that what is tested is the real client. Every request is kept.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

Body = dict[str, Any]


@dataclass
class Script:
    """What the server does. `reply` makes the text of a reply; `trouble` names what goes wrong instead.

    Troubles: "unauthorised", "forbidden", "rate limit", "server error", "no model", "context", "silent" (takes the call and says nothing),
    "trickle" (a byte now and then, never an end), "slow" (a piece at a time with pauses), "cut" (breaks off in mid-reply), "unended" (ends
    without saying so), "malformed" (no JSON in the stream), "empty", "redirect" (to `elsewhere`), "html".
    `forms` are the ways of asking for JSON it takes: "json_schema", "json_object"; any other is refused with an error.
    """

    reply: Callable[[Body], str] = lambda body: "Nothing."
    trouble: str | None = None
    forms: tuple[str, ...] = ("json_schema", "json_object")
    key: str | None = None
    elsewhere: str = ""
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    base: str = ""

    @property
    def openai(self) -> str:
        """The base address of the OpenAI protocol."""
        return f"{self.base}/v1"


_ERRORS = {
    "unauthorised": (401, "invalid api key"),
    "forbidden": (403, "not allowed"),
    "rate limit": (429, "rate limit reached"),
    "server error": (500, "something broke"),
    "no model": (404, "model not found"),
    "context": (400, "This model's maximum context length is 2048 tokens"),
}


@contextmanager
def served(script: Script) -> Iterator[Script]:
    """The server, running the script on a free port while the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(_app(script), host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=0))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    script.base = f"http://127.0.0.1:{port}"
    try:
        yield script
    finally:
        server.should_exit = server.force_exit = True
        thread.join(timeout=5)


def dead_address() -> str:
    """An address of this machine that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def _app(script: Script) -> Starlette:
    async def openai_chat(request: Request) -> Response:
        body = await _taken(script, request)
        if refused := _refused(script, request, body):
            return refused
        return StreamingResponse(_sse(script, _text(script, body)), media_type="text/event-stream")

    async def ollama_chat(request: Request) -> Response:
        body = await _taken(script, request)
        if refused := _refused(script, request, body):
            return refused
        return StreamingResponse(_ndjson(script, _text(script, body)), media_type="application/x-ndjson")

    async def models(request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "scripted", "object": "model"}]})

    return Starlette(
        routes=[
            Route("/v1/chat/completions", openai_chat, methods=["POST"]),
            Route("/v1/models", models),
            Route("/api/chat", ollama_chat, methods=["POST"]),
        ]
    )


async def _taken(script: Script, request: Request) -> Body:
    body: Body = json.loads(await request.body())
    script.requests.append(body)
    script.headers.append(dict(request.headers))
    if script.trouble == "silent":
        await anyio.sleep(60)
    return body


def _refused(script: Script, request: Request, body: Body) -> Response | None:
    trouble = script.trouble or ""
    if script.key and request.headers.get("authorization") != f"Bearer {script.key}":
        trouble = "unauthorised"
    asked = (body.get("response_format") or {}).get("type")
    if asked and asked not in script.forms and not trouble:
        return JSONResponse({"error": {"message": "response_format.type is not supported", "type": "invalid_request_error"}}, 500)
    if trouble == "redirect":
        return RedirectResponse(script.elsewhere, 307)
    if trouble == "html":
        return Response("<html>Please log in</html>", media_type="text/html")
    if trouble not in _ERRORS:
        return None
    status, said = _ERRORS[trouble]
    error = said if request.url.path.startswith("/api/") else {"message": said, "type": "error", "code": trouble}
    return JSONResponse({"error": error}, status)


def _text(script: Script, body: Body) -> str:
    return "" if script.trouble == "empty" else script.reply(body)


async def _pieces(script: Script, text: str) -> AsyncIterator[str]:
    """The reply piece by piece; a break or a trickle where the script says so."""
    for at in range(0, len(text), 12):
        if script.trouble == "cut" and at >= len(text) // 2:
            raise ConnectionResetError("the script breaks off here")
        if script.trouble == "slow":
            await anyio.sleep(0.4)
        yield text[at : at + 12]


async def _sse(script: Script, text: str) -> AsyncIterator[bytes]:
    while script.trouble == "trickle":
        yield b": still thinking\n\n"
        await anyio.sleep(0.1)
    if script.trouble == "malformed":
        yield b"data: {not json\n\n"
        return
    async for piece in _pieces(script, text):
        yield _event({"role": "assistant", "content": piece}, None)
    if script.trouble == "unended":
        return
    yield _event({}, "stop")
    yield b"data: [DONE]\n\n"


def _event(delta: Body, reason: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
    return f"data: {json.dumps(event)}\n\n".encode()


async def _ndjson(script: Script, text: str) -> AsyncIterator[bytes]:
    while script.trouble == "trickle":
        yield b"\n"
        await anyio.sleep(0.1)
    if script.trouble == "malformed":
        yield b"{not json\n"
        return
    async for piece in _pieces(script, text):
        yield _line(piece, False)
    if script.trouble != "unended":
        yield _line("", True)


def _line(piece: str, done: bool) -> bytes:
    line = {"model": "scripted", "created_at": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": piece}, "done": done}
    return (json.dumps(line | ({"done_reason": "stop"} if done else {})) + "\n").encode()
