"""Run as a script by test_offline.py: planspoken commands under a hook that notes and stops every call to another machine.

Arguments: the library folder, then files to ingest. The last line printed is JSON: how many calls were seen, and those to the outside.
The hook cannot be taken off, and calls are noted as well as stopped, so that a library that swallows the error is still found out.
"""

from __future__ import annotations

import json
import socket
import sys

seen: list[str] = []
outside: list[str] = []


def _is_here(host: object) -> bool:
    return host in (None, "", b"", "localhost", b"localhost", "::1", "0.0.0.0", "::") or str(host).startswith("127.")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Stops a connection, a datagram or a look-up that is not for this machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        made, address = arguments[0], arguments[1]
        assert isinstance(made, socket.socket)
        if made.family not in (socket.AF_INET, socket.AF_INET6):
            return
        host = address[0] if isinstance(address, tuple) else address
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    seen.append(event)
    if not _is_here(host):
        outside.append(f"{event} {host}")
        raise ConnectionError(f"{event} {host} is not allowed here")


def main() -> None:
    """Builds a library and asks two questions: one for records, one for passages."""
    from eval.command import planspoken

    library, *files = sys.argv[1:]
    for arguments in (
        ["ingest", *files],
        ["ask", "Which measures are below target?"],
        ["ask", "Why is progress slow?", "--json"],
        ["doctor"],
    ):
        sys.argv = ["planspoken", *arguments, "--library", library]
        try:
            planspoken()
        except SystemExit as end:
            if end.code:
                raise


if __name__ == "__main__":
    sys.addaudithook(watch)
    try:
        socket.getaddrinfo("example.org", 443)
    except ConnectionError:
        outside.clear()
    else:
        raise AssertionError("the hook does not stop calls")
    main()
    print(json.dumps({"seen": len(seen), "outside": outside}))
