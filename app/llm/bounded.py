"""Time limits that hold whatever a server does: trickle, go silent, or never take the call."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from app.llm.errors import LlmTooSlow, LlmUnreachable
from app.llm.types import Heard

KNOCK = 1.5  # seconds that a server has to take a connection


def within(
    seconds: float, pieces: Callable[[], Iterator[str]], late: Callable[[], Exception], stop: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """The pieces as they come, for at most so many seconds in all; then raises `late()`. `stop` is called at the end in any case.

    They are made in a thread of their own, which nobody waits for once the time is up: a limit on each read of a socket would start
    anew with every byte a server trickles.
    """
    made: SimpleQueue[tuple[str | None, Exception | None]] = SimpleQueue()
    over = Event()

    def make() -> None:
        try:
            for piece in pieces():
                if over.is_set():
                    return
                made.put((piece, None))
            made.put((None, None))
        except Exception as error:  # handed to the thread that waits, which raises it
            made.put((None, error))

    ends = time.monotonic() + seconds
    Thread(target=make, daemon=True).start()
    try:
        while True:
            left = ends - time.monotonic()
            if left <= 0:  # also where pieces come faster than they can be checked, and there is always one more
                raise late()
            try:
                piece, error = made.get(timeout=left)
            except Empty:
                raise late() from None
            if error is not None:
                raise error
            if piece is None:
                return
            yield piece
    finally:
        over.set()
        stop()


def gathered(pieces: Iterator[str], heard: Heard | None) -> str:
    """The pieces as one text, each handed on as it comes."""
    out: list[str] = []
    for piece in pieces:
        out.append(piece)
        if heard:
            heard(piece)
    return "".join(out)


def knock(url: str, seconds: float = KNOCK) -> None:
    """Raises LlmUnreachable where nothing takes a connection at the address; quick, since nothing heavy is imported for it.

    An address that is reached through a proxy is not tried.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if proxied(url):
        return
    port = parts.port or (443 if parts.scheme == "https" else 80)

    def connect() -> Iterator[str]:
        socket.create_connection((host, port), timeout=seconds).close()
        yield ""

    try:
        list(within(seconds, connect, lambda: LlmTooSlow("no connection")))
    except (OSError, LlmTooSlow):
        raise LlmUnreachable(f"no language model server answers at {shown(url)}") from None


def proxied(url: str) -> bool:
    """Whether the machine's settings send this address through a proxy; an address on this machine or network never goes through one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return not _near(host) and parts.scheme in getproxies() and not proxy_bypass(host)


def shown(url: str) -> str:
    """The address without anything secret in it: no user, no password, no query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "") + parts.path.rstrip("/")


def _near(host: str) -> bool:
    return "." not in host or host.startswith(("127.", "10.", "192.168.")) or host.endswith((".local", ".internal", ".lan"))
