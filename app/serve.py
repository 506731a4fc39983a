"""The Streamlit front end as a process of its own, bound to this machine."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.request import ProxyHandler, build_opener

from app.errors import AppError
from app.settings import environment_for

HOST = "127.0.0.1"
PATIENCE = 60  # seconds for the server to come up; one second is usual
PAGE = Path(__file__).with_name("chat.py")
STREAMLIT_FLAGS = {
    "server.address": HOST,  # without it Streamlit listens on every interface and looks up its outside address
    "server.headless": "true",  # otherwise the first run stops at a question for an e-mail address
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": "false",  # they would take the error to search engines
    "client.showErrorDetails": "none",  # what goes wrong is worded in the page; the traceback stays in the terminal
    "logger.level": "warning",
    "runner.magicEnabled": "false",
    "theme.light.textColor": "#1a1a1a",  # Streamlit's own grey for captions has a contrast of 3.9, below the 4.5 of WCAG AA
    "theme.light.primaryColor": "#1d4e89",  # its own red would say "missed" where nothing is
    "theme.light.linkColor": "#1d4e89",
    "theme.dark.primaryColor": "#4178be",  # white words stand on it
    "theme.dark.linkColor": "#8ab4f8",
}


def serve(library: Path, port: int, open_browser: bool) -> int:
    """Serves the chat over the library folder until it is stopped, and returns 0; prints the address once the server answers.

    AppError where the port is taken or the server does not come up.
    """
    check_free(port)
    try:
        with _running(library, port) as server:
            _wait_until_up(server, port)
            address = f"http://localhost:{port}"
            print(f"Planspoken is at {address} (Ctrl-C stops it)", flush=True)
            if open_browser and not _opened(address):
                print("No browser could be opened here: open that address yourself.", flush=True)
            server.wait()
    except KeyboardInterrupt:
        print("stopped", flush=True)
    return 0


def check_free(port: int) -> None:
    """AppError where something else listens on the port, or it may not be used."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # where it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise AppError(f"port {port} cannot be used ({error.strerror}): choose another with --port N, or PORT=N for the demo") from None


@contextmanager
def _running(library: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server process; however this ends, also by a signal to stop, it ends with it."""
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), f"--server.port={port}"]
    command += [f"--{name}={value}" for name, value in STREAMLIT_FLAGS.items()]
    before = signal.signal(signal.SIGTERM, _interrupt)
    server = subprocess.Popen(command, env=environment_for(library), stdout=subprocess.DEVNULL)
    try:
        yield server
    finally:
        signal.signal(signal.SIGTERM, before)
        server.terminate()
        server.wait()


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    """Returns when the server says that it is ready. AppError where it ends first or does not come up."""
    direct = build_opener(ProxyHandler({}))  # a proxy in the environment is for the outside
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AppError(f"the chat could not be started (exit code {server.returncode}): `planspoken doctor` says what is wrong")
        try:
            direct.open(f"http://{HOST}:{port}/_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AppError(f"the chat did not come up within {PATIENCE} seconds: `planspoken doctor` says what is wrong")


def _opened(address: str) -> bool:
    """Opens the address in a browser with a window; one that would take over this terminal does not count."""
    try:
        browser = webbrowser.get()
        return type(browser) is not webbrowser.GenericBrowser and browser.open(address)
    except webbrowser.Error:
        return False


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
