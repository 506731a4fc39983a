"""Serving: on this machine only, until it is stopped, and with one line where it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.errors import AppError
from app.serve import HOST, check_free
from index.embed import HashEncoder
from index.library import Library

SERVE = "import sys; from pathlib import Path; from app.serve import serve; sys.exit(serve(Path(sys.argv[1]), int(sys.argv[2]), False))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A process that serves the folder, up when it is given."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SERVE, str(folder), str(port)]
    process = subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == f"Planspoken is at http://localhost:{port} (Ctrl-C stops it)\n"
        yield process
    finally:
        process.terminate()
        process.communicate()


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AppError, match=rf"^port {port} cannot be used \(.+\): choose another with --port N"):
            check_free(port)


def test_it_serves_this_machine_only_and_ends_with_its_server(tmp_path: Path) -> None:
    Library.open(tmp_path / "library", create=True, encoder=HashEncoder()).close()
    port = free_port()
    with serving(tmp_path / "library", port) as process:
        assert urlopen(f"http://{HOST}:{port}/_stcore/health").read() == b"ok"
        with pytest.raises(AppError):
            check_free(port)
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=1)  # another address of this machine: bound to one, not to all
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    check_free(port)
